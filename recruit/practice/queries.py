"""Reads of practice. Before one's own submission nobody sees what others gave, nor the authors' levels."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.panels.queries import Seat, member_seat, seat
from recruit.practice.rules.cases import VIGNETTES, Case, Vignette, vignette
from recruit.practice.rules.findings import Compared
from recruit.practice.rules.sheets import Given, Item
from recruit.practice.tables import PracticeScorecard


@dataclass(frozen=True, slots=True)
class Practising:
    """A member of the panel and the cases that they submitted, nothing more."""

    id: int
    name: str
    own: bool
    submitted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """All cases, and who has submitted which. `begun` are one's own drafts."""

    here: Seat
    cases: list[Case]
    members: list[Practising]
    begun: frozenset[str]

    @property
    def own(self) -> frozenset[str]:
        """The cases that the reader has submitted."""
        return next((member.submitted for member in self.members if member.own), frozenset())


_MEMBERS = """
SELECT m.id, p.name, coalesce(m.id = {}, false) AS own,
       array_agg(s.vignette) FILTER (WHERE s.submitted_at IS NOT NULL) AS submitted
FROM panel_member m JOIN person p ON p.id = m.person LEFT JOIN practice_scorecard s ON s.member = m.id
WHERE m.vacancy = {} AND m.left_at IS NULL GROUP BY m.id, p.id ORDER BY m.id
"""


async def overview(actor: Actor, reach: Reach, vacancy_id: int) -> Overview:
    """Return the cases and who has practised, for members and the manager.

    Raises:
        NotFound: the actor neither manages the vacancy nor sits on its panel.
    """
    here = await seat(actor, reach, vacancy_id)
    begun = await PracticeScorecard.select(PracticeScorecard.vignette).where(
        PracticeScorecard.member == (here.member_id or 0), PracticeScorecard.submitted_at.is_null()
    )
    return Overview(
        here,
        [vignette(key).case for key in VIGNETTES],
        await _members(here),
        frozenset(row["vignette"] for row in begun),
    )


async def _members(here: Seat) -> list[Practising]:
    """Return the active members in seat order, as the comparison draws them."""
    rows = await PracticeScorecard.raw(_MEMBERS, here.member_id, here.vacancy_id)
    return [Practising(row["id"], row["name"], row["own"], frozenset(row["submitted"] or ())) for row in rows]


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One's own scores for a case, and where they stand. Holds nothing of anybody else."""

    here: Seat
    case: Case
    items: list[Item]
    version: int
    saved_at: datetime | None
    submitted_at: datetime | None

    @property
    def given(self) -> dict[str, Given]:
        """What was saved, by competence code."""
        return {item.code: item.own for item in self.items}


# The vacancy's own version where it is one of this framework, else the newest that was published.
_ASKED = """
SELECT c.code, c.name, c.definition,
       (SELECT array_agg(a.text ORDER BY a.level) FROM anchor a WHERE a.competence = c.id) AS anchors
FROM competence c JOIN domain d ON d.id = c.domain
WHERE c.code = ANY({}) AND c.version = (
    SELECT v.id FROM framework_version v JOIN framework f ON f.id = v.framework
    WHERE f.key = 'exit-worker' AND v.state <> 'draft'
    ORDER BY v.id = {} DESC, v.state = 'published' DESC, v.number DESC LIMIT 1)
ORDER BY d.position, c.position
"""

_OWN = """
SELECT s.version, s.saved_at, s.submitted_at, r.code, r.level, r.no_evidence, r.note
FROM practice_scorecard s LEFT JOIN practice_rating r ON r.scorecard = s.id
WHERE s.member = {} AND s.vignette = {}
"""


async def own_sheet(actor: Actor, reach: Reach, vacancy_id: int, key: str) -> OwnSheet:
    """Return what the actor gave for a case, empty before they begin.

    A member may practise before declaring: a case holds nothing of any applicant (rule 2 guards those).

    Raises:
        NotFound: the actor does not sit on this panel, or there is no such case.
    """
    here = await member_seat(actor, reach, vacancy_id)
    chosen = _vignette(key)
    rows = await PracticeScorecard.raw(_OWN, here.member_id, key)
    given = {row["code"]: Given(row["level"], row["no_evidence"], row["note"]) for row in rows if row["code"]}
    asked = await PracticeScorecard.raw(_ASKED, list(chosen.expected), here.version_id)
    items = [Item(**row, own=given.get(row["code"], Given())) for row in asked]
    if not rows:
        return OwnSheet(here, chosen.case, items, 0, None, None)
    saved = rows[0]
    return OwnSheet(here, chosen.case, items, saved["version"], saved["saved_at"], saved["submitted_at"])


def _vignette(key: str) -> Vignette:
    if key not in VIGNETTES:
        raise NotFound(_("There is no such written case."))
    return vignette(key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case after one's own submission: everybody's levels beside the authors'."""

    sheet: OwnSheet
    members: list[Practising]
    rows: list[Compared]

    @property
    def submitted(self) -> int:
        """How many members have submitted this case."""
        return sum(self.sheet.case.key in member.submitted for member in self.members)


# The seal: rows come only when the reader's own scorecard is submitted, and only submitted ones.
_VOICES = """
SELECT s.member, r.code, r.level, r.no_evidence, r.note
FROM practice_scorecard mine
JOIN panel_member me ON me.id = mine.member
JOIN panel_member m ON m.vacancy = me.vacancy AND m.left_at IS NULL
JOIN practice_scorecard s ON s.member = m.id AND s.vignette = mine.vignette AND s.submitted_at IS NOT NULL
JOIN practice_rating r ON r.scorecard = s.id
WHERE mine.member = {} AND mine.vignette = {} AND mine.submitted_at IS NOT NULL
"""


async def outcome(actor: Actor, reach: Reach, vacancy_id: int, key: str) -> Outcome:
    """Return a case with the levels of the authors and of all who have submitted it.

    Raises:
        NotFound: as own_sheet.
        Conflict: the actor has not submitted this case.
    """
    sheet = await own_sheet(actor, reach, vacancy_id, key)
    if sheet.submitted_at is None:
        raise Conflict(_("You see the other levels after you have submitted your own."))
    members = await _members(sheet.here)
    rows = await PracticeScorecard.raw(_VOICES, sheet.here.member_id, key)
    voices = {
        (row["member"], row["code"]): Given(row["level"], row["no_evidence"], row["note"]) for row in rows
    }
    expected = _vignette(key).expected
    compared = [
        Compared(item, expected[item.code], tuple(voices.get((member.id, item.code)) for member in members))
        for item in sheet.items
    ]
    return Outcome(sheet, members, compared)
