"""Courses, their sessions, what came of them, and who may work alone."""

from competences.training.tables.completions import (
    CalendarLink,
    CertificateFile,
    Completion,
    CourseRequest,
)
from competences.training.tables.courses import (
    Course,
    CourseLevel,
    CourseRequirement,
    CourseTrainer,
    CourseVersion,
    Material,
    Prerequisite,
)
from competences.training.tables.lone_work import (
    LoneWorkChange,
    LoneWorkException,
    LoneWorkNeed,
)
from competences.training.tables.sessions import (
    Attendance,
    CourseSession,
    Enrolment,
    Outcome,
    SessionDay,
    SessionTrainer,
    TrainerAbsence,
)

__all__ = [
    "Attendance",
    "CalendarLink",
    "CertificateFile",
    "Completion",
    "Course",
    "CourseLevel",
    "CourseRequest",
    "CourseRequirement",
    "CourseSession",
    "CourseTrainer",
    "CourseVersion",
    "Enrolment",
    "LoneWorkChange",
    "LoneWorkException",
    "LoneWorkNeed",
    "Material",
    "Outcome",
    "Prerequisite",
    "SessionDay",
    "SessionTrainer",
    "TrainerAbsence",
]
