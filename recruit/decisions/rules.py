"""When a decision departs from what the panel found: never forbidden, always explained (rule 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from competences.text import _, _n
from recruit.comparison.rules import Scored, Standing

APPOINTED = ("appoint", "appoint_with_plan")
CHOSEN = (*APPOINTED, "reserve")


@dataclass(frozen=True, slots=True)
class Decided:
    """What is drafted, or signed, for one applicant; version 0 for nothing yet."""

    outcome: str = ""
    reasons: str = ""
    departure_reason: str = ""
    reserve_until: date | None = None
    version: int = 0
    by: str = ""
    at: datetime | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Candidate:
    """An applicant when deciding. `standing` goes by agreed levels; `open` criteria are not agreed yet."""

    standing: Standing
    open: int = 0
    decided: Decided = field(default_factory=Decided)

    @property
    def application_id(self) -> int:
        """The application."""
        return self.standing.application_id

    @property
    def name(self) -> str:
        """The applicant."""
        return self.standing.name

    @property
    def level(self) -> float | None:
        """The overall level, rounded so that the order of adding up makes no difference."""
        value = self.standing.overall.value
        return None if value is None else round(value, 6)

    @property
    def appointed(self) -> bool:
        """Whether the draft appoints them, with a plan or without."""
        return self.decided.outcome in APPOINTED

    @property
    def to_learn(self) -> list[Scored]:
        """Criteria to be learnt in post, below what is needed or without evidence: the induction plan."""
        return [
            row for row in self.standing.criteria if row.asked.learnable and (row.under or row.level is None)
        ]

    @property
    def short(self) -> list[Scored]:
        """Criteria below what is needed that cannot be learnt in post, gates apart."""
        return [
            row
            for row in self.standing.criteria
            if row.under and not row.asked.learnable and not row.asked.gate
        ]


def departures(candidates: Sequence[Candidate], posts: int) -> dict[int, list[str]]:
    """Return, for each application whose outcome needs an explanation, why: one sentence each.

    The posts go to the appointments in the order of `candidates`; those beyond have to be explained.
    """
    found: dict[int, list[str]] = {}
    beyond = [row for row in candidates if row.appointed][posts:]
    for row in candidates:
        sentences = [*_gates(row), *_order(row, candidates)]
        if row in beyond:
            sentences.append(_n("There is %(count)s post only.", "There are %(count)s posts only.", posts))
        if sentences:
            found[row.application_id] = sentences
    return found


def _gates(row: Candidate) -> list[str]:
    if row.decided.outcome not in CHOSEN:
        return []
    return [_("A gate is not met: %(name)s.", name=gate.asked.name) for gate in row.standing.unmet]


def _order(row: Candidate, others: Sequence[Candidate]) -> list[str]:
    """An appointment passes over whoever has a higher agreed level and no gate unmet."""
    if not row.appointed or row.level is None:
        return []
    return [
        _("%(name)s has a higher agreed level and is not appointed.", name=other.name)
        for other in others
        if not other.appointed and not other.standing.unmet and (other.level or 0) > row.level
    ]


def not_ready(candidates: Sequence[Candidate], explained: Mapping[int, Sequence[str]]) -> list[str]:
    """Return what keeps the decision from being signed, one sentence each."""
    if not candidates:
        return [_("Nobody was interviewed.")]
    return [
        sentence for row in candidates for sentence in _lacks(row, bool(explained.get(row.application_id)))
    ]


def _lacks(row: Candidate, departs: bool) -> list[str]:
    decided, lacks = row.decided, []
    if not decided.outcome and not decided.reasons:
        lacks.append(_("%(name)s: choose an outcome and write the reasons.", name=row.name))
    elif not decided.outcome:
        lacks.append(_("%(name)s: choose an outcome.", name=row.name))
    elif not decided.reasons:
        lacks.append(_("%(name)s: write the reasons.", name=row.name))
    if decided.outcome == "reserve" and decided.reserve_until is None:
        lacks.append(_("%(name)s: say until when the reserve holds.", name=row.name))
    if row.appointed and row.open:
        lacks.append(
            _n(
                "%(name)s: %(count)s criterion is not agreed yet.",
                "%(name)s: %(count)s criteria are not agreed yet.",
                row.open,
                name=row.name,
            )
        )
    if departs and not decided.departure_reason:
        lacks.append(_("%(name)s: explain why you depart from gates or order.", name=row.name))
    return lacks


@dataclass(frozen=True, slots=True)
class Point:
    """One agreed criterion as a letter tells it: its reason or "", and whether it speaks for the applicant."""

    name: str
    reason: str
    strength: bool


def composed(title: str, manager: str, row: Candidate, points: Sequence[Point]) -> str:
    """Return a first text for the feedback letter: kind, plain, strengths first, no numbers."""
    strong = [point for point in points if point.strength]
    parts = [
        _("Dear %(name)s,", name=row.name),
        _(
            "thank you for applying for “%(title)s”, and for the time and openness that you gave us.",
            title=title,
        ),
        _outcome_told(row.decided),
        row.decided.reasons,
        _told(_("What spoke for you:"), strong),
        _told(_("Where you could still grow:"), [point for point in points if not point.strength]),
        _("If you would like to talk about this, or to see what was written about you, please tell us."),
        _("Kind regards"),
        manager,
    ]
    return "\n\n".join(part for part in parts if part)


def _outcome_told(decided: Decided) -> str:
    if decided.outcome in APPOINTED:
        return _("We are glad to offer you the post.")
    if decided.outcome == "reserve":
        return _("We could not offer you the post this time, and would like to keep you on our reserve list.")
    return _("We have decided not to offer you the post. This was not an easy choice.")


def _told(head: str, points: Sequence[Point]) -> str:
    lines = (f"– {point.name}: {point.reason}" if point.reason else f"– {point.name}" for point in points)
    return "\n".join([head, *lines]) if points else ""
