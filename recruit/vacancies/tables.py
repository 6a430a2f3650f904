"""A vacancy and what it asks for. The database fixes the criteria once scoring has opened."""

from decimal import Decimal
from enum import StrEnum

from piccolo.columns import (
    Array,
    Boolean,
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

from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.tables import Person, Unit
from competences.role_profiles.tables import RoleProfile


class State(StrEnum):
    """Where a vacancy is on its way."""

    DRAFT = "draft"
    OPEN = "open"
    SCORING = "scoring"
    DECIDED = "decided"
    CLOSED = "closed"


class Vacancy(Table, help_text="A post, or several alike, to be filled."):
    id: Serial
    title = Varchar(length=160)
    unit = ForeignKey(Unit, null=True, on_delete=OnDelete.restrict)
    manager = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, help_text="Hiring manager.")
    profile = ForeignKey(RoleProfile, null=True, on_delete=OnDelete.restrict)
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.restrict)
    posts = SmallInt(default=1)
    closes_on = Date(null=True, default=None)
    text = Text()
    state = Varchar(length=12, default=State.DRAFT.value, choices=State, index=True)
    scoring_opened_at = Timestamptz(null=True, default=None)
    revealed_at = Timestamptz(null=True, default=None, help_text="The seal is lifted from then on.")
    revealed_early = Text(help_text="Why the manager lifted the seal early; empty when all were in.")
    signed_at = Timestamptz(null=True, default=None, help_text="The decision is final from then on.")
    signed_by = Text(help_text="Name of the person who decided, as it was.")
    version_number = Integer(default=1, help_text="Rises with each edit; a stale form is a conflict.")

    has_posts = Check(posts >= 1)


class Criterion(Table, help_text="One competence as this vacancy asks for it."):
    id: Serial
    vacancy = ForeignKey(Vacancy, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    weight = Numeric(digits=(4, 2), default=Decimal("1"))
    weight_reason = Text()
    required_level = SmallInt(default=3)
    gate = Boolean(default=False)
    learnable = Boolean(default=False)
    assessed_by = Array(
        base_column=Varchar(length=12), help_text="application, interview, exercise, references"
    )

    criterion_competence_once = Unique([vacancy, competence])
    weight_positive = Check(weight > 0)
    level_on_scale = Check((required_level >= 1) & (required_level <= 5))
    unequal_weight_has_reason = Check((weight == 1) | (weight_reason != ""))
