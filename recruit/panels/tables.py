"""Who scores, when, what they declared first, and which scorecards that makes."""

from enum import StrEnum

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from competences.assessments.tables import Assessment
from competences.people.tables import Person
from recruit.applications.tables import Application
from recruit.vacancies.tables import Vacancy


class Conflict(StrEnum):
    """What a member declared about their ties to applicants."""

    NONE = "none"
    MITIGATED = "mitigated"
    WITHDRAWS = "withdraws"


class PanelMember(Table, help_text="A scorer on a vacancy's panel."):
    id: Serial
    vacancy = ForeignKey(Vacancy, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    chair = Boolean(default=False)
    invited_at = Timestamptz()
    declared_at = Timestamptz(null=True, default=None, help_text="Accepted confidentiality and declared.")
    conflict = Varchar(length=12, default="", help_text="none, mitigated, withdraws; empty until declared.")
    mitigation = Text(help_text="How a declared tie is dealt with.")
    left_at = Timestamptz(
        null=True, default=None, help_text="Withdrew or was taken off: no access from then."
    )

    member_person_once = Unique([vacancy, person])


class Interview(Table, help_text="An application that the panel meets and scores."):
    id: Serial
    application = ForeignKey(Application, null=False, unique=True, on_delete=OnDelete.cascade)
    starts_at = Timestamptz(null=True, default=None)
    ends_at = Timestamptz(null=True, default=None)
    place = Varchar(length=160, default="")


class Scorecard(Table, help_text="Joins a panel member, an application and an assessment."):
    id: Serial
    member = ForeignKey(PanelMember, null=False, on_delete=OnDelete.cascade)
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    assessment = ForeignKey(Assessment, null=False, unique=True, on_delete=OnDelete.cascade)
    recused_at = Timestamptz(null=True, default=None, help_text="The member does not score this applicant.")
    recusal = Text(help_text="Why, in the member's words.")

    scorecard_member_once = Unique([member, application])
