"""What is taught, to reach what, and for whom it is required."""

from piccolo.columns import (
    Array,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.frameworks.tables import Competence
from competences.people.tables import Person, Unit
from competences.role_profiles.tables import RoleProfile


class Course(Table, help_text="A course through all its versions."):
    id: Serial
    code = Varchar(length=12, unique=True, help_text="As the catalogue names it: T04.")
    retired = Boolean(default=False, help_text="Not offered any more; completions stay.")


class CourseVersion(Table, help_text="What a course is at a time. A published version never changes."):
    id: Serial
    course = ForeignKey(Course, null=False, on_delete=OnDelete.cascade)
    number = SmallInt()
    title = Varchar(length=120)
    aims = Text()
    outline = Text(help_text="What is done in it, one line each.")
    hours = Numeric(digits=(5, 2))
    refresh_months = SmallInt(null=True, default=None, help_text="Null: a completion has no end of its own.")
    earlier_until = Date(
        null=True, default=None, help_text="Completions of earlier versions end on this day; null: they stay."
    )
    moderated = Boolean(default=False, help_text="A second trainer looks at each outcome before it counts.")
    assessed_by = Array(base_column=Varchar(length=12), help_text="observation, test, role-play, work-sample")
    capacity = SmallInt(default=12, help_text="What a session begins with.")
    published_at = Timestamptz(null=True, default=None, help_text="Null while it is a draft.")
    edition = Integer(default=1, help_text="Rises with each edit of a draft; a stale form is a conflict.")

    course_version_number_once = Unique([course, number])
    hours_positive = Check(hours > 0)
    refresh_in_range = Check(refresh_months.is_null() | ((refresh_months >= 1) & (refresh_months <= 120)))


class CourseLevel(
    Table, help_text="What level of a competence a course version is to reach, and what shows it."
):
    id: Serial
    version = ForeignKey(CourseVersion, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    level = SmallInt()
    criteria = Text(help_text="What somebody does who has reached it, against the anchor of that level.")

    course_level_competence_once = Unique([version, competence])
    level_on_scale = Check((level >= 1) & (level <= 5))


class Prerequisite(Table, help_text="A course that has to be in date before this one begins."):
    id: Serial
    version = ForeignKey(CourseVersion, null=False, on_delete=OnDelete.cascade)
    course = ForeignKey(Course, null=False, on_delete=OnDelete.restrict)

    prerequisite_once = Unique([version, course])


class Material(Table, help_text="A link or a file that belongs to a course version."):
    id: Serial
    version = ForeignKey(CourseVersion, null=False, on_delete=OnDelete.cascade)
    title = Varchar(length=160)
    url = Text(help_text="Empty for a file.")
    name = Varchar(length=160, default="", help_text="As the file was called; empty for a link.")
    kind = Varchar(length=8, default="", help_text="pdf, docx, odt, jpg or png, by its content.")
    size = Integer(default=0)
    content = Bytea(null=True, default=None)
    added_at = Timestamptz()

    link_or_file = Check(((url != "") & (name == "")) | ((url == "") & (name != "")))


class CourseTrainer(Table, help_text="Who may teach a course."):
    id: Serial
    course = ForeignKey(Course, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)

    course_trainer_once = Unique([course, person])


class CourseRequirement(
    Table, help_text="Who has to have a course: all in a role, all in a unit, or those in a role there."
):
    id: Serial
    course = ForeignKey(Course, null=False, on_delete=OnDelete.cascade)
    profile = ForeignKey(RoleProfile, null=True, default=None, on_delete=OnDelete.cascade)
    unit = ForeignKey(Unit, null=True, default=None, on_delete=OnDelete.cascade)
    deadline_days = SmallInt(
        default=90, help_text="After the first day in the role, else in the organisation."
    )
    before_lone_work = Boolean(default=False, help_text="No lone work while it is missing or out of date.")

    for_somebody = Check(profile.is_not_null() | unit.is_not_null())
    deadline_in_range = Check((deadline_days >= 0) & (deadline_days <= 1095))
