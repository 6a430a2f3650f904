"""Competence frameworks. The database refuses every change to a version that is not a draft."""

from enum import StrEnum

from piccolo.columns import (
    Array,
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


class State(StrEnum):
    """The life of a version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Kind(StrEnum):
    """How a competence counts when somebody is appointed."""

    GATE = "gate"
    ESSENTIAL = "essential"
    TRAINABLE = "trainable"


class Framework(Table, help_text="A family of versions under one name."):
    id: Serial
    key = Varchar(length=60, unique=True)
    title = Varchar(length=160)
    description = Text()


class FrameworkVersion(Table, help_text="What assessments refer to. Published ones never change."):
    id: Serial
    framework = ForeignKey(Framework, null=False, on_delete=OnDelete.restrict)
    number = SmallInt()
    state = Varchar(length=12, default=State.DRAFT.value, choices=State)
    note = Text(help_text="What changed and why.")
    published_at = Timestamptz(null=True, default=None)

    version_number_once = Unique([framework, number])


class Domain(Table, help_text="One of the parts of a version: characteristics, attitude and so on."):
    id: Serial
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.cascade)
    code = Varchar(length=8)
    name = Varchar(length=80)
    definition = Text()
    position = SmallInt()

    domain_code_once = Unique([version, code])


class Competence(Table, help_text="What a person shows, in one version."):
    id: Serial
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.cascade)
    domain = ForeignKey(Domain, null=False, on_delete=OnDelete.cascade)
    code = Varchar(length=8)
    name = Varchar(length=80)
    definition = Text()
    kind = Varchar(length=12, choices=Kind)
    learnable = Boolean(default=False, help_text="Can be learnt in post.")
    minimum = SmallInt(default=3, help_text="Suggested level, 1..5.")
    indicators = Array(base_column=Text())
    warning_signs = Array(base_column=Text())
    position = SmallInt()

    competence_code_once = Unique([version, code])
    minimum_on_scale = Check((minimum >= 1) & (minimum <= 5))


class Anchor(Table, help_text="What one level of one competence looks like."):
    id: Serial
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.cascade)
    level = SmallInt()
    text = Text()

    anchor_level_once = Unique([competence, level])
    level_on_scale = Check((level >= 1) & (level <= 5))


class Question(Table, help_text="An interview question for one competence."):
    id: Serial
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.cascade)
    kind = Varchar(length=12, help_text="behavioural or situational")
    text = Text()
    follow_ups = Array(base_column=Text())
    position = Integer()
