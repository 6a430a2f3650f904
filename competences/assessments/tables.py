"""One person's levels as one assessor saw them: one table for panels, self, managers and trainers."""

from enum import StrEnum

from piccolo.columns import (
    JSONB,
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

from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.tables import Person, Unit
from competences.role_profiles.tables import RoleProfile


class Kind(StrEnum):
    """Who assessed, and in what setting."""

    PANEL = "panel"  # one member of an interview panel, about an applicant
    AGREED = "agreed"  # what a panel agreed; the first levels of a new colleague
    SELF = "self"  # somebody about themselves; sealed, and never in hiring (rule 14)
    MANAGER = "manager"  # the line manager in a round; sealed likewise
    PEER = "peer"  # a colleague in a round; shown only as a range of three or more
    TALK = "talk"  # what the person and their manager agreed in the talk
    TRAINER = "trainer"  # what a trainer observed
    IMPORTED = "imported"  # brought over from a spreadsheet


#: Kinds that give a person's level. What somebody thinks of themselves, or a manager alone, does not.
LEVELS_FROM = (Kind.AGREED, Kind.TALK, Kind.TRAINER, Kind.IMPORTED)


class Round(Table, help_text="An occasion on which people assess themselves and are assessed."):
    id: Serial
    title = Varchar(length=120)
    unit = ForeignKey(Unit, null=True, on_delete=OnDelete.restrict, help_text="Null: people chosen by name.")
    opens_on = Date()
    closes_on = Date()
    peers = Boolean(default=False, help_text="Whether colleagues are asked as well.")
    opened_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null)
    opened_at = Timestamptz(
        null=True, default=None, help_text="From then on people and targets stay as they are."
    )

    in_order = Check(closes_on >= opens_on)


class Participant(Table, help_text="One person in a round, with the role as it was when the round opened."):
    id: Serial
    round = ForeignKey(Round, null=False, on_delete=OnDelete.cascade)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    manager = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, help_text="Who assesses and talks.")
    profile = ForeignKey(RoleProfile, null=False, on_delete=OnDelete.restrict)
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.restrict)

    participant_once = Unique([round, person])


class Target(
    Table, help_text="What the role asked for when the round opened; a later edit does not reach it."
):
    id: Serial
    participant = ForeignKey(Participant, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    required_level = SmallInt()
    gate = Boolean(default=False)
    learnable = Boolean(default=False)

    target_competence_once = Unique([participant, competence])
    level_on_scale = Check((required_level >= 1) & (required_level <= 5))


class Assessment(Table, help_text="Levels given by one assessor on one occasion."):
    id: Serial
    kind = Varchar(length=12, choices=Kind)
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.cascade, help_text="Null for an applicant.")
    assessor = ForeignKey(Person, null=True, on_delete=OnDelete.restrict)
    participant = ForeignKey(
        Participant, null=True, default=None, on_delete=OnDelete.cascade, help_text="In a round: whose."
    )
    started_at = Timestamptz(null=True, default=None)
    submitted_at = Timestamptz(null=True, default=None, help_text="From then on it is locked.")


class Rating(Table, help_text="One competence in one assessment."):
    id: Serial
    assessment = ForeignKey(Assessment, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    level = SmallInt(null=True, default=None, help_text="1..5; null until rated, never 0.")
    no_evidence = Boolean(default=False, help_text="Said so: not asked, or cannot judge.")
    evidence = Text(help_text="What the person said or did. The applicant may read it.")
    support = Boolean(default=False, help_text="The person would like support here.")
    version = Integer(default=1, help_text="Rises with each save; a stale one is a conflict.")
    saved_at = Timestamptz()

    rating_competence_once = Unique([assessment, competence])
    level_on_scale = Check(level.is_null() | ((level >= 1) & (level <= 5)))
    no_evidence_has_no_level = Check((no_evidence == False) | level.is_null())  # noqa: E712


class Submission(Table, help_text="An assessment as it was handed in; each version is kept."):
    id: Serial
    assessment = ForeignKey(Assessment, null=False, on_delete=OnDelete.cascade)
    number = SmallInt()
    submitted_at = Timestamptz()
    ratings = JSONB()
    reopened_at = Timestamptz(null=True, default=None)
    reopened_by = Text()
    reopened_reason = Text()

    submission_number_once = Unique([assessment, number])


class Talk(
    Table, help_text="Person and manager compare their views; what they agree is an assessment of kind talk."
):
    id: Serial
    participant = ForeignKey(Participant, null=False, unique=True, on_delete=OnDelete.cascade)
    held_on = Date(null=True, default=None)
    person_confirmed_at = Timestamptz(null=True, default=None)
    manager_confirmed_at = Timestamptz(null=True, default=None)
    person_dissent = Text(help_text="What the person sees differently; the levels stand beside it.")
    manager_dissent = Text()
    version = Integer(default=1, help_text="Rises with each edit; who confirms, confirms what they saw.")


class Supersession(Table, help_text="A level that no longer counts, and why; the level itself stays."):
    id: Serial
    rating = ForeignKey(Rating, null=False, unique=True, on_delete=OnDelete.cascade)
    at = Timestamptz()
    by = Text(help_text="Name as it was.")
    reason = Text()
