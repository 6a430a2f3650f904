"""Reads of people and units."""

from competences.people.queries.records import (
    SEEN,
    PersonRow,
    PersonView,
    UnitRow,
    count_people,
    leads,
    led,
    managers,
    people,
    person,
    seen_by,
    unit,
    units,
)
from competences.people.queries.teams import PRESENT, Member, led_people, present, units_of

__all__ = [
    "PRESENT",
    "SEEN",
    "Member",
    "PersonRow",
    "PersonView",
    "UnitRow",
    "count_people",
    "leads",
    "led",
    "led_people",
    "managers",
    "people",
    "person",
    "present",
    "seen_by",
    "unit",
    "units",
    "units_of",
]
