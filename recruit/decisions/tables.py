"""What a named person decided about each applicant. The database fixes it once it is signed."""

from enum import StrEnum

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from competences.people.tables import Person
from recruit.applications.tables import Application


class Outcome(StrEnum):
    """What can be decided about an applicant."""

    APPOINT = "appoint"
    APPOINT_WITH_PLAN = "appoint_with_plan"
    RESERVE = "reserve"
    DECLINE = "decline"


class Decision(Table, help_text="The outcome for one applicant, with reasons."):
    id: Serial
    application = ForeignKey(Application, null=False, unique=True, on_delete=OnDelete.cascade)
    outcome = Varchar(length=20, choices=Outcome)
    reasons = Text(help_text="The applicant may read this.")
    departure_reason = Text(help_text="Why it departs from the gates or the order; empty if it does not.")
    reserve_until = Date(null=True, default=None)
    decided_by = Text(help_text="Name of the person, as it was.")
    decided_at = Timestamptz()
    person = ForeignKey(
        Person, null=True, on_delete=OnDelete.set_null, help_text="Whom the applicant became."
    )
    version = Integer(default=1)


class Letter(Table, help_text="Feedback to one applicant, from the agreed text."):
    id: Serial
    application = ForeignKey(Application, null=False, unique=True, on_delete=OnDelete.cascade)
    text = Text()
    written_at = Timestamptz()
    version = Integer(default=1)
