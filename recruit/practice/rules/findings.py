"""How one member's levels stand next to the authors' and the panel's, in order and in sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from competences.scoring.aggregate import mean, spread
from competences.text import _, _n
from recruit.practice.rules.cases import Expected
from recruit.practice.rules.sheets import Given, Item

APART = 2  # levels from which it is worth talking first
FEWEST = 3  # competences below which an average says nothing


@dataclass(frozen=True, slots=True)
class Compared:
    """One competence: the authors' level and, in seat order, what each member gave (None: not submitted)."""

    item: Item
    expected: Expected
    voices: tuple[Given | None, ...]

    @property
    def levels(self) -> tuple[int | None, ...]:
        """A level or None for each seat."""
        return tuple(voice.level if voice else None for voice in self.voices)

    @property
    def difference(self) -> int | None:
        """How many levels one's own lies above the authors'; None where one of the two gave none."""
        own, theirs = self.item.own.level, self.expected.level
        return None if own is None or theirs is None else own - theirs

    @property
    def apart(self) -> int:
        """How many levels lie between the lowest and the highest of authors and members."""
        return spread([self.expected.level, *self.levels])

    @property
    def evidence_differs(self) -> bool:
        """Whether either oneself or the authors saw evidence and the other none."""
        return (self.item.own.level is None) != (self.expected.level is None)


def in_order(rows: Iterable[Compared]) -> list[Compared]:
    """Return what to talk about first: the widest apart, then where only one side saw evidence."""
    return sorted(rows, key=lambda row: (-row.apart if row.apart >= APART else 0, not row.evidence_differs))


def findings(rows: Sequence[Compared]) -> list[str]:
    """Return in sentences how one's own levels stand towards the authors'."""
    found = [row.difference for row in rows if row.difference is not None]
    if not found:
        said = [_("There is no competence for which both you and the authors gave a level.")]
    else:
        said = [
            _n(
                "You and the authors both gave a level for %(count)s competence; for %(same)s it is the same.",
                "You and the authors both gave a level for %(count)s competences; for %(same)s it is the same.",
                len(found),
                same=found.count(0),
            )
        ]
    if len(found) >= FEWEST:
        said.append(_on_average(mean(found) or 0.0))
    if far := sum(abs(value) >= APART for value in found):
        said.append(
            _n(
                "For %(count)s competence you lie two levels apart or more: read the reason there first.",
                "For %(count)s competences you lie two levels apart or more: read the reasons there first.",
                far,
            )
        )
    if unseen := sum(row.evidence_differs for row in rows):
        said.append(
            _n(
                "For %(count)s competence only you or only the authors saw evidence.",
                "For %(count)s competences only you or only the authors saw evidence.",
                unseen,
            )
        )
    return said


def _on_average(difference: float) -> str:
    """Return a mean difference in levels, own minus authors', in words."""
    higher = difference > 0
    size = abs(difference)
    if size < 0.25:
        return _("On average you scored neither higher nor lower than the authors.")
    if size < 0.75:
        return (
            _("On average you scored about half a level higher than the authors.")
            if higher
            else _("On average you scored about half a level lower than the authors.")
        )
    if size < 1.25:
        return (
            _("On average you scored about one level higher than the authors.")
            if higher
            else _("On average you scored about one level lower than the authors.")
        )
    return (
        _("On average you scored well over one level higher than the authors.")
        if higher
        else _("On average you scored well over one level lower than the authors.")
    )


def panel_finding(rows: Sequence[Compared], submitted: int) -> str:
    """Return in a sentence how the members who have submitted stand towards each other."""
    if submitted < 2:
        return _("Nobody else has submitted yet. Their levels appear here when they have.")
    wide = sum(spread(row.levels) >= APART for row in rows)
    if not wide:
        return _n(
            "%(count)s member has submitted; nowhere do the levels lie two apart or more.",
            "%(count)s members have submitted; nowhere do their levels lie two apart or more.",
            submitted,
        )
    return _n(
        "%(members)s members have submitted; for %(count)s competence their levels lie two apart or more.",
        "%(members)s members have submitted; for %(count)s competences their levels lie two apart or more.",
        wide,
        members=submitted,
    )
