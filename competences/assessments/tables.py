"""One person's levels as one assessor saw them: one table for panels, self, managers and trainers."""

from enum import StrEnum

from piccolo.columns import (
    JSONB,
    Boolean,
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
from competences.people.tables import Person


class Kind(StrEnum):
    """Who assessed, and in what setting."""

    PANEL = "panel"  # one member of an interview panel, about an applicant
    AGREED = "agreed"  # what a panel agreed; the first levels of a new colleague


class Assessment(Table, help_text="Levels given by one assessor on one occasion."):
    id: Serial
    kind = Varchar(length=12, choices=Kind)
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.cascade, help_text="Null for an applicant.")
    assessor = ForeignKey(Person, null=True, on_delete=OnDelete.restrict)
    started_at = Timestamptz(null=True, default=None)
    submitted_at = Timestamptz(null=True, default=None, help_text="From then on it is locked.")


class Rating(Table, help_text="One competence in one assessment."):
    id: Serial
    assessment = ForeignKey(Assessment, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    level = SmallInt(null=True, default=None, help_text="1..5; null until rated, never 0.")
    no_evidence = Boolean(default=False, help_text="Said so: not asked, or cannot judge.")
    evidence = Text(help_text="What the person said or did. The applicant may read it.")
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
