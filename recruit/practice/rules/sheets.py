"""What somebody gives for a case, and when that may be submitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from competences.scoring.scale import NEED_EVIDENCE
from competences.text import _


@dataclass(frozen=True, slots=True)
class Given:
    """One competence as one member sees it: a level 1..5, or no evidence, or nothing yet."""

    level: int | None = None
    no_evidence: bool = False
    note: str = ""

    @property
    def chosen(self) -> str:
        """The value of the radio button: "1" to "5", "0" for no evidence, "" for nothing."""
        return "0" if self.no_evidence else str(self.level or "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form holds, by competence code; `version` is what its writer had seen, 0 for nothing."""

    version: int
    given: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Item:
    """A competence of a case with its anchors, lowest first, and what one has given for it."""

    code: str
    name: str
    definition: str
    anchors: Sequence[str]
    own: Given


def problems(items: Sequence[Item]) -> dict[str, str]:
    """Return what keeps these from being submitted: field to sentence. The rules of a real scorecard hold."""
    found = {}
    for item in items:
        if not item.own.chosen:
            found[f"level-{item.code}"] = _(
                "%(name)s: choose a level, or say that there is no evidence.", name=item.name
            )
        elif item.own.level in NEED_EVIDENCE and not item.own.note:
            found[f"note-{item.code}"] = _(
                "%(name)s: write what was said. Levels 1, 2 and 5 need evidence.", name=item.name
            )
    return found
