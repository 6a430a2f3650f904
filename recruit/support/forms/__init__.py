"""What posts about support mean."""

from recruit.support.forms.catalogue import need_text
from recruit.support.forms.parts import (
    answer,
    arrangement,
    choice,
    measure,
    need,
    next_day,
    reader,
    talk,
    team_words,
)
from recruit.support.forms.plans import (
    agreement,
    emergency,
    ended,
    hold,
    lead,
    own_proposal,
    proposal,
    references,
    words,
)
from recruit.support.forms.texts import edition

__all__ = [
    "agreement",
    "answer",
    "arrangement",
    "choice",
    "edition",
    "emergency",
    "ended",
    "hold",
    "lead",
    "measure",
    "need",
    "need_text",
    "next_day",
    "own_proposal",
    "proposal",
    "reader",
    "references",
    "talk",
    "team_words",
    "words",
]
