"""What a role asks for."""

from decimal import Decimal

from piccolo.columns import (
    Array,
    Boolean,
    Date,
    ForeignKey,
    Numeric,
    OnDelete,
    Serial,
    SmallInt,
    Text,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.tables import Person


class RoleProfile(Table, help_text="The competences of a role, as vacancies start from it."):
    id: Serial
    title = Varchar(length=120)
    version = ForeignKey(FrameworkVersion, null=False, on_delete=OnDelete.restrict)
    purpose = Text()
    retired = Boolean(default=False)


class ProfileCriterion(Table, help_text="One competence as a role asks for it."):
    id: Serial
    profile = ForeignKey(RoleProfile, null=False, on_delete=OnDelete.cascade)
    competence = ForeignKey(Competence, null=False, on_delete=OnDelete.restrict)
    weight = Numeric(digits=(4, 2), default=Decimal("1"))
    weight_reason = Text()
    required_level = SmallInt(default=3)
    gate = Boolean(default=False)
    learnable = Boolean(default=False)
    assessed_by = Array(
        base_column=Varchar(length=12), help_text="application, interview, exercise, references"
    )

    profile_competence_once = Unique([profile, competence])
    weight_positive = Check(weight > 0)
    level_on_scale = Check((required_level >= 1) & (required_level <= 5))
    unequal_weight_has_reason = Check((weight == 1) | (weight_reason != ""))


class RoleHolder(Table, help_text="Who works in a role, from when until when. One role at a time."):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade)
    profile = ForeignKey(RoleProfile, null=False, on_delete=OnDelete.restrict)
    from_on = Date()
    until_on = Date(null=True, default=None, help_text="The last day; null while it lasts.")

    in_order = Check(until_on.is_null() | (until_on >= from_on))
