"""What is chosen from a list: duties, gatherings, incidents, and the four words for a workload."""

from enum import StrEnum


class Duty(StrEnum):
    """What is offered to somebody, or confirmed of them."""

    CHECK_UP = "check-up"  # yearly, by a forensic psychologist
    SUPERVISION = "supervision"
    COACHING = "coaching"
    ADDRESS = "address"  # that the home address is concealed; the address itself is nowhere
    REAL_NAME = "real-name"  # that the person works under their own name


class Gathering(StrEnum):
    """What a team meets for."""

    TEAM_MEETING = "team-meeting"  # of several professions
    SAFE_SPACE = "safe-space"


class Load(StrEnum):
    """How somebody says that their workload is."""

    ROOM = "room"
    RIGHT = "right"
    MUCH = "much"
    TOO_MUCH = "too-much"


class Incident(StrEnum):
    """What kind of thing happened to staff; not who did it, nor what was said."""

    THREAT = "threat"
    VIOLENCE = "violence"
    CLIENT_CRISIS = "client-crisis"
    EXPOSURE = "exposure"  # name, face or address became known
    NEWS = "news"  # an attack or a trial that everybody hears of
