"""What is written in a plan. All of it is sealed; tables hold only days and who sees to what.

A body is JSON, sealed for one place: table, column, row and plan. What was moved elsewhere does not open.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

import msgspec

from competences.sealing.rules import Changed, opened, seal
from competences.text import _

B = TypeVar("B")


class Raised(StrEnum):
    """How it came up that support would help."""

    SELF = "self"  # the worker said so
    CONVERSATION = "conversation"  # it came up in a talk, and the worker wanted it


class Basis(StrEnum):
    """On what legal basis the plan is kept."""

    CONSENT = "consent"
    EMPLOYMENT = "employment"  # duties of the employer under employment law


class MeasureKind(StrEnum):
    """What may be done: a closed list, so that it can be counted on to mean the same."""

    SUPERVISION = "supervision"
    TANDEM = "tandem"
    CASE_MATCHING = "case-matching"
    OPT_OUT = "opt-out"
    MEDIA = "media"
    DISCLOSURE = "disclosure"
    SECURITY = "security"
    ADVICE = "advice"  # on vetting, law or debt
    CAREER = "career"
    OTHER = "other"


class TalkKind(StrEnum):
    """What a talk was for."""

    CHECK_IN = "check-in"
    DEBRIEF = "debrief"
    EARLY_TALK = "early-talk"  # something was noticed, and is asked about plainly
    WAY_BACK = "way-back"  # what comes next after a setback


class Choice(StrEnum):
    """What somebody answered to a suggestion."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    POSTPONED = "postponed"


class Ended(StrEnum):
    """Why a plan is closed."""

    WITHDRAWN = "withdrawn"  # consent withdrawn
    AGREED = "agreed"  # both agree that it has done its work
    LEFT = "left"  # the worker leaves


@dataclass(frozen=True, slots=True)
class CaseMirror:
    """The worker said that a case is close to their own past: which reference, never in what way."""

    reference: str
    said_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBody:
    """What a plan rests on. `words` are the worker's own; only they change them."""

    raised: Raised
    basis: Basis
    basis_text: str  # exactly as it was shown
    proposed_by: str
    why: str = ""  # what whoever proposed it says
    basis_on: date | None = None  # when the worker agreed to it
    words: str = ""
    words_on: date | None = None
    signs: str = ""
    call: str = ""
    way_back: str = ""
    cases: tuple[CaseMirror, ...] = ()
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class ReaderBody:
    """Why somebody may read, and who named them."""

    reason: str
    named_by: str


@dataclass(frozen=True, slots=True)
class NeedBody:
    """A need, as the catalogue had it when it was taken up, and what the worker says to it."""

    version_id: int | None
    code: str
    title: str
    words: str = ""
    raised_by: str = ""
    agreed_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class MeasureBody:
    """What is done, and in which words the team is told once the worker agreed to them."""

    kind: MeasureKind
    title: str
    what: str
    need: str = ""  # uid of the need that it is for
    in_place: bool = False
    result: str = ""
    team_words: str = ""
    about_cases: bool = False
    arrangement_id: int | None = None


@dataclass(frozen=True, slots=True)
class CheckInBody:
    """A talk: short, and agreed between the two."""

    kind: TalkKind
    by: str
    note: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class FlagBody:
    """What was answered to a suggestion, and on what it rested then."""

    rule: str
    rests_on: str
    choice: Choice | None = None
    reason: str = ""
    by: str = ""
    answer: str = ""  # the worker's


@dataclass(frozen=True, slots=True)
class EntryBody:
    """One line of the log: who did what."""

    actor_id: int | None
    actor: str
    event: str
    about: str = ""  # uid of the part that it concerns


def place(table: str, uid: str, plan_uid: str) -> str:
    """Return the place that a body is bound to."""
    return f"{table}/body/{uid}/{plan_uid}"


def entry_uid(at: datetime) -> str:
    """Return what tells one entry of the log from another: its time, to the microsecond."""
    return at.astimezone(UTC).isoformat()


def sealed_body(key: bytes, body: object, where: str) -> bytes:
    """Return a body as JSON, sealed for its place."""
    return seal(key, msgspec.json.encode(body), where)


def opened_body(kind: type[B], key: bytes, sealed: bytes, where: str) -> B:
    """Return a body from what was sealed.

    Raises:
        Changed: it is not as it was written, or no body of this kind.
    """
    try:
        return msgspec.json.decode(opened(key, sealed, where), type=kind)
    except msgspec.DecodeError as error:
        raise Changed(_("A text of this plan was written by a newer version of Recruit.")) from error
