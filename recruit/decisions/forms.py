"""What a post about a decision means."""

from dataclasses import dataclass, field
from datetime import date

from competences.text import _
from recruit.decisions.tables import Outcome
from recruit.web.forms import Post

MOST = 999_999_999


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """What the manager writes for one applicant. A draft may have gaps; the signature may not."""

    outcome: str
    reasons: str
    departure_reason: str
    reserve_until: date | None
    version: int


def outcome(post: Post, key: int) -> OutcomeDraft:
    """Read the draft for application `key`."""
    draft = OutcomeDraft(
        outcome=post.one_of(f"outcome-{key}", list(Outcome)),
        reasons=post.text(f"reasons-{key}", limit=4000),
        departure_reason=post.text(f"departure-{key}", limit=4000),
        reserve_until=post.day(f"until-{key}"),
        version=post.whole("version", low=0, high=MOST, empty=0),
    )
    post.check()
    return draft


@dataclass(frozen=True, slots=True)
class Signature:
    """The typed name, and when each appointed applicant starts, where that is known."""

    name: str
    starts: dict[int, date | None] = field(default_factory=dict)


def signature(post: Post, appointed: list[int]) -> Signature:
    """Read a signature."""
    signed = Signature(
        post.text("name", required=_("Type your full name to sign."), limit=200),
        {key: post.day(f"starts-{key}") for key in appointed},
    )
    post.check()
    return signed


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it was typed over version `version`."""

    text: str
    version: int


def letter(post: Post) -> LetterDraft:
    """Read a letter."""
    draft = LetterDraft(
        post.text("text", required=_("Write the letter."), limit=20_000),
        post.whole("version", low=0, high=MOST, empty=0),
    )
    post.check()
    return draft
