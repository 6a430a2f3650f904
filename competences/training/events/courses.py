"""What the log says of courses."""

from dataclasses import dataclass

from competences.audit.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDrafted(Event):
    """A version of a course was begun."""

    name = "course.drafted"
    subject = "course"
    version_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDraftChanged(Event):
    """A draft has other words."""

    name = "course.draft-changed"
    subject = "course"
    version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDraftDeleted(Event):
    """A draft that was never published is gone, and the course with it where it had nothing else."""

    name = "course.draft-deleted"
    subject = "course"
    version_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePublished(Event):
    """A version of a course became fixed and can be held."""

    name = "course.published"
    subject = "course"
    version_id: int
    code: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRetired(Event):
    """A course is not offered any more, or is again."""

    name = "course.retired"
    subject = "course"
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequired(Event):
    """A role or a unit has to have a course; 0 for any role or any unit."""

    name = "course.required"
    subject = "course"
    profile_id: int
    unit_id: int
    deadline_days: int
    before_lone_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRequirementRemoved(Event):
    """A role or a unit does not have to have a course any more."""

    name = "course.requirement-removed"
    subject = "course"
    profile_id: int
    unit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTrainerAdded(Event):
    """Somebody may teach a course."""

    name = "course.trainer-added"
    subject = "course"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseTrainerRemoved(Event):
    """Somebody may not teach a course any more."""

    name = "course.trainer-removed"
    subject = "course"
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialAdded(Event):
    """A link or a file was added to a version; `kind` is empty for a link."""

    name = "course.material-added"
    subject = "course"
    material: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRemoved(Event):
    """A link or a file was taken away from a version."""

    name = "course.material-removed"
    subject = "course"
    material: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneWorkNeedsSet(Event):
    """Which levels a role asks for before lone work is said anew."""

    name = "role-profile.lone-work-needs-set"
    subject = "role_profile"
    competences: int
