"""What a trainer may sign of somebody, and what has to be said for it (rule 15)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from competences.text import _
from competences.training.rules.attendance import Presence

ATTENDED, COMPLETED, NOT_YET = RESULTS = ("attended", "completed", "not-yet")


@dataclass(frozen=True, slots=True)
class ObservedLevel:
    """The level of one competence that a trainer saw; None for no evidence."""

    competence_id: int
    level: int | None


@dataclass(frozen=True, slots=True)
class OutcomeDraft:
    """What came of a session for one person, as a trainer typed it."""

    result: str
    assessed_by: str = ""
    evidence: str = ""
    levels: tuple[ObservedLevel, ...] = ()

    @property
    def assessed(self) -> bool:
        """Whether anything was looked at beyond being there."""
        return self.result != ATTENDED


def result_name(result: str) -> str:
    """Return a result in the reader's language."""
    return {ATTENDED: _("Attended"), COMPLETED: _("Completed"), NOT_YET: _("Not yet")}[result]


def why_not(result: str, presence: Presence) -> str:
    """Return why somebody who came so often cannot have this result, or ""."""
    if not presence.some:
        return _("Nobody who was not there has an outcome. Take attendance first.")
    if result == COMPLETED and not presence.whole:
        return _("Only who was there on every day completes the course. Take attendance of all days first.")
    return ""


def wrong(draft: OutcomeDraft, asked: Mapping[int, int], methods: Collection[str]) -> dict[str, str]:
    """Return what is missing in an outcome, by field; nothing where it can be signed.

    Args:
        asked: The level that the course version is to reach in each competence, by id; empty for a guest, whose
            levels nobody keeps.
        methods: How the course version is assessed.
    """
    if draft.result not in RESULTS:
        return {"result": _("Choose what came of it.")}
    if not draft.assessed:
        return {}
    found: dict[str, str] = {}
    if draft.assessed_by not in methods:
        found["assessed_by"] = _("Choose how it was assessed.")
    if not draft.evidence.strip():
        found["evidence"] = _("Write one sentence on what you saw. The person reads it.")
    given = {row.competence_id: row.level for row in draft.levels}
    for key, level in asked.items():
        if key not in given or (given[key] is not None and given[key] not in range(1, 6)):
            found[f"level-{key}"] = _("Choose the level that you saw, or “No evidence”.")
        elif draft.result == COMPLETED and (given[key] or 0) < level:
            found[f"level-{key}"] = _(
                "The course is to reach level %(level)s here. Where it was not seen, the outcome is “Not yet”.",
                level=level,
            )
    return found
