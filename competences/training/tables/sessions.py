"""When a course is held, who is on the list, who came and what came of it."""

from enum import StrEnum

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.assessments.tables import Assessment
from competences.people.tables import Person
from competences.training.tables.courses import CourseVersion


class Place(StrEnum):
    """How somebody stands on the list of a session."""

    BOOKED = "booked"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """What came of a session for one person. Attended alone says nothing of what somebody can do (rule 15)."""

    ATTENDED = "attended"
    COMPLETED = "completed"
    NOT_YET = "not-yet"


class CourseSession(Table, help_text="One time that a course is held, on one day or several."):
    id: Serial
    version = ForeignKey(CourseVersion, null=False, on_delete=OnDelete.restrict)
    zone = Varchar(length=60, help_text="Time zone of the place, such as Europe/Berlin.")
    place = Varchar(length=160, default="")
    link = Text(help_text="Where to join from elsewhere.")
    capacity = SmallInt()
    series = Integer(null=True, default=None, help_text="The first session of a recurring series.")
    uid = Varchar(length=64, unique=True, help_text="What calendars know it by.")
    sequence = Integer(default=0, help_text="Rises with each change that calendars have to take over.")
    cancelled_at = Timestamptz(null=True, default=None)
    cancelled_reason = Text()
    made_at = Timestamptz()
    edition = Integer(default=1, help_text="Rises with each edit; a stale form is a conflict.")

    capacity_in_range = Check((capacity >= 1) & (capacity <= 500))


class SessionDay(Table, help_text="From when until when a session runs on one of its days."):
    id: Serial
    session = ForeignKey(CourseSession, null=False, on_delete=OnDelete.cascade)
    starts_at = Timestamptz()
    ends_at = Timestamptz()

    in_order = Check(ends_at > starts_at)


class SessionTrainer(Table, help_text="Who leads a session."):
    id: Serial
    session = ForeignKey(CourseSession, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)

    session_trainer_once = Unique([session, person])


class TrainerAbsence(Table, help_text="From when until when a trainer holds no session."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    from_on = Date()
    until_on = Date(help_text="The last day.")

    in_order = Check(until_on >= from_on)


class Enrolment(
    Table, help_text="One person, or one guest of a partner organisation, on the list of a session."
):
    id: Serial
    session = ForeignKey(CourseSession, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.cascade)
    guest = Varchar(
        length=160, default="", help_text="Name of somebody from a partner; empty for a colleague."
    )
    organisation = Varchar(length=160, default="")
    place = Varchar(length=12, choices=Place)
    turn = Integer(help_text="Order on the list of this session: whoever comes later has a higher one.")
    joined_at = Timestamptz()

    one_or_the_other = Check((person.is_not_null() & (guest == "")) | (person.is_null() & (guest != "")))
    person_once_on_a_list = Unique([session, person])
    turn_once = Unique([session, turn])


class Attendance(Table, help_text="Whether somebody was there on one day of a session."):
    id: Serial
    enrolment = ForeignKey(Enrolment, null=False, on_delete=OnDelete.cascade)
    day = ForeignKey(SessionDay, null=False, on_delete=OnDelete.cascade)
    present = Boolean()
    taken_at = Timestamptz(help_text="When it was tapped, on the device that it was tapped on.")
    recorded_at = Timestamptz(help_text="When it arrived here.")
    recorded_by = Text(help_text="Name as it was.")

    attendance_once = Unique([enrolment, day])


class Outcome(
    Table, help_text="What a trainer saw of one person. It counts once signed, and looked at where asked."
):
    id: Serial
    enrolment = ForeignKey(Enrolment, null=False, on_delete=OnDelete.cascade)
    result = Varchar(length=12, choices=Result)
    assessed_by = Varchar(length=12, default="", help_text="observation, test, role-play or work-sample.")
    evidence = Text(help_text="One sentence of what was seen. The person reads it.")
    trainer = ForeignKey(Person, null=True, on_delete=OnDelete.set_null)
    assessment = ForeignKey(
        Assessment, null=True, default=None, on_delete=OnDelete.set_null,
        help_text="The levels observed; of kind trainer.",
    )  # fmt: skip
    signed_at = Timestamptz()
    moderator = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null)
    moderated_at = Timestamptz(null=True, default=None)
    moderation = Text(help_text="What the second trainer says.")
    corrected_at = Timestamptz(null=True, default=None)
    corrected_by = Text(help_text="Name as it was.")
    corrected_reason = Text()

    attended_has_no_levels = Check((result != "attended") | assessment.is_null())
    assessed_has_words = Check((result == "attended") | ((evidence != "") & (assessed_by != "")))
    corrected_has_reason = Check(corrected_at.is_null() | (corrected_reason != ""))
