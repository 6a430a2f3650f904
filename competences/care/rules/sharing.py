"""What may be shared with which kind of partner: shut until somebody opens it."""

from enum import StrEnum
from itertools import product


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
