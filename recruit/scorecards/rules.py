"""What makes a scorecard whole, and when two saves meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from competences.scoring.scale import NEED_EVIDENCE
from competences.text import _


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask: kind is behavioural or situational."""

    kind: str
    text: str
    follow_ups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One criterion on a scorecard with what was saved for it."""

    competence_id: int
    code: str
    name: str
    definition: str
    domain_code: str
    domain_name: str
    required_level: int
    gate: bool
    learnable: bool
    assessed_by: Sequence[str]
    level: int | None
    no_evidence: bool
    evidence: str
    version: int
    saved_at: datetime | None
    anchors: Sequence[str]
    questions: Sequence[Question]

    @property
    def answered(self) -> bool:
        """A level, or "no evidence" said on purpose."""
        return self.level is not None or self.no_evidence

    @property
    def problem(self) -> str:
        """What is missing before this can be submitted, or ""."""
        if not self.answered:
            return _("Choose a level, or say that there is no evidence.")
        if self.level in NEED_EVIDENCE and not self.evidence.strip():
            return _("Write what you saw or heard. Levels 1, 2 and 5 need evidence.")
        return ""

    @property
    def print_(self) -> str:
        """A short fingerprint of what was shown, so that an untouched item is not taken for a change."""
        return fingerprint(self.level, self.no_evidence, self.evidence)


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody wants to save for one criterion; `version` is what they had seen, 0 for nothing."""

    competence_id: int
    level: int | None
    no_evidence: bool
    evidence: str
    version: int


def fingerprint(level: int | None, no_evidence: bool, evidence: str) -> str:
    """Return twelve characters that change with the answer."""
    text = f"{0 if no_evidence else level}|{evidence}"
    return blake2b(text.encode(), digest_size=6).hexdigest()


def same(item: Item, mark: Mark) -> bool:
    """Return whether saving `mark` would change nothing: then it is no conflict either."""
    return (item.level, item.no_evidence, item.evidence) == (mark.level, mark.no_evidence, mark.evidence)


def problems(items: Sequence[Item]) -> dict[str, str]:
    """Return what keeps a scorecard from being submitted: field name to sentence."""
    return {
        f"level-{item.competence_id}"
        if not item.answered
        else f"evidence-{item.competence_id}": f"{item.name}: {item.problem}"
        for item in items
        if item.problem
    }
