"""Development plans: a person's actions. An action ends in what came of it, not in a tick."""

from enum import StrEnum

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from competences.assessments.tables import Participant
from competences.frameworks.tables import Competence
from competences.people.tables import Person


class Step(StrEnum):
    """What kind of step closes a gap."""

    COURSE = "course"
    SHADOWING = "shadowing"
    COACHING = "coaching"
    READING = "reading"
    SUPERVISION = "supervision"
    OTHER = "other"


class Source(StrEnum):
    """Where an action came from."""

    TALK = "talk"
    GAP = "gap"
    INDUCTION = "induction"


class PlanAction(Table, help_text="One step of a person's development plan."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=True, on_delete=OnDelete.restrict)
    step = Varchar(length=12, choices=Step)
    source = Varchar(length=12, choices=Source)
    what = Text()
    participant = ForeignKey(
        Participant,
        null=True,
        default=None,
        on_delete=OnDelete.set_null,
        help_text="In whose talk it was agreed.",
    )
    owner = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, help_text="Who sees to it.")
    due_on = Date(null=True, default=None)
    added_at = Timestamptz()
    added_by = Text(help_text="Name as it was.")
    ended_at = Timestamptz(null=True, default=None)
    dropped = Boolean(default=False, help_text="Ended without being done.")
    result = Text(help_text="What came of it: what the person now does, or why it was dropped.")
    version = Integer(default=1, help_text="Rises with each edit; a stale form is a conflict.")

    ended_has_result = Check(ended_at.is_null() | (result != ""))
