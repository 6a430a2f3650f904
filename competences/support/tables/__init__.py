"""Support plans. Whatever has words is sealed; in clear are only days, and who sees to what."""

from competences.support.tables.catalogue import Need, NeedVersion
from competences.support.tables.log import SupportEntry, SupportHead
from competences.support.tables.plans import (
    CheckIn,
    EmergencyNotice,
    Flag,
    LegalHold,
    Measure,
    PlanNeed,
    PlanReader,
    SupportPlan,
)

__all__ = [
    "CheckIn",
    "EmergencyNotice",
    "Flag",
    "LegalHold",
    "Measure",
    "Need",
    "NeedVersion",
    "PlanNeed",
    "PlanReader",
    "SupportEntry",
    "SupportHead",
    "SupportPlan",
]
