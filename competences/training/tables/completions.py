"""Who has completed what, until when; what was asked for; the way to one's own calendar."""

from enum import StrEnum

from piccolo.columns import (
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from competences.people.tables import Person
from competences.training.tables.courses import Course, CourseVersion
from competences.training.tables.sessions import Enrolment, Outcome


class Origin(StrEnum):
    """How a completion came here."""

    SESSION = "session"  # a trainer signed an outcome
    RECORDED = "recorded"  # of our own, written down by hand: it counts, and has no certificate
    EXTERNAL = "external"  # a certificate from elsewhere; counts once somebody has checked it
    IMPORTED = "imported"


class Completion(Table, help_text="Somebody completed a course version. Earlier ones are kept."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    version = ForeignKey(CourseVersion, null=False, on_delete=OnDelete.restrict)
    completed_on = Date()
    expires_on = Date(null=True, default=None, help_text="The last day in date; null for no end of its own.")
    origin = Varchar(length=12, choices=Origin)
    outcome = ForeignKey(Outcome, null=True, default=None, on_delete=OnDelete.set_null)
    issuer = Varchar(length=160, default="", help_text="Who gave an external certificate.")
    statement = Varchar(length=80, null=True, default=None, unique=True, help_text="Id of an xAPI statement.")
    checked_at = Timestamptz(null=True, default=None, help_text="When somebody saw the external certificate.")
    checked_by = Text(help_text="Name as it was.")
    code = Varchar(length=32, unique=True, help_text="What a certificate is verified by.")
    recorded_at = Timestamptz()
    recorded_by = Text(help_text="Name as it was.")
    withdrawn_at = Timestamptz(
        null=True, default=None, help_text="It was wrong, and does not count any more."
    )
    withdrawn_by = Text(help_text="Name as it was.")
    withdrawn_reason = Text()

    ends_after_it_began = Check(expires_on.is_null() | (expires_on >= completed_on))
    withdrawn_has_reason = Check(withdrawn_at.is_null() | (withdrawn_reason != ""))


class CertificateFile(Table, help_text="The paper of an external certificate."):
    id: Serial
    completion = ForeignKey(Completion, null=False, unique=True, on_delete=OnDelete.cascade)
    name = Varchar(length=160)
    kind = Varchar(length=8, help_text="pdf, docx, odt, jpg or png, by its content.")
    size = Integer()
    content = Bytea()


class CourseRequest(Table, help_text="Somebody asks for a course; the line manager answers."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    course = ForeignKey(Course, null=False, on_delete=OnDelete.cascade)
    why = Text()
    asked_at = Timestamptz()
    answered_at = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null)
    approved = Boolean(null=True, default=None)
    answer = Text(help_text="Why not, or from when.")
    enrolment = ForeignKey(
        Enrolment, null=True, default=None, on_delete=OnDelete.set_null, help_text="Where it led to."
    )

    refusal_has_words = Check(approved.is_null() | (approved == True) | (answer != ""))  # noqa: E712


class CalendarLink(
    Table, help_text="The secret address of somebody's calendar feed; a new one ends the old."
):
    id: Serial
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.cascade)
    token = Varchar(length=64, unique=True, help_text="Digest of the secret; the secret itself is nowhere.")
    made_at = Timestamptz()
