"""What may be shared with which kind of partner: shut until somebody opens it."""

from collections.abc import Collection
from enum import StrEnum
from itertools import product

from competences.errors import Conflict
from competences.text import _


class Partner(StrEnum):
    """Kinds of organisations outside."""

    FUNDER = "funder"
    MINISTRY = "ministry"
    POLICE = "police"
    PRISON = "prison"
    MUNICIPALITY = "municipality"
    RESEARCH = "research"
    MEDIA = "media"


class Subject(StrEnum):
    """What could be shared about staff. Support plans are not among them: they are shared with nobody outside."""

    STAFFING = "staffing"  # how many people work in which unit
    TRAINING = "training"  # how many are in date with what is required of them
    SUPERVISION = "supervision"  # to how many supervision was given in time
    INCIDENTS = "incidents"  # how many incidents of which kind in a quarter
    NAMES = "names"  # who works here


PAIRS = tuple(product(Partner, Subject))


def check_shared(subjects: Collection[Subject]) -> None:
    """Refuse a report of nothing.

    Raises:
        Conflict: no subject may be shared with funders.
    """
    if not subjects:
        raise Conflict(
            _(
                "Nothing may be shared with funders. The privacy officer sets on the page Sharing what may; until"
                " then no report can be drawn up."
            )
        )
