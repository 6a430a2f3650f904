"""A member's own scorecard. Everybody else's is behind the seal, in sealed.py."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.assessments.rules import Sheet
from competences.errors import NotFound
from competences.frameworks.queries import NO_WORDS, words_of
from competences.people.reach import Reach
from competences.text import _
from recruit.panels.tables import Scorecard
from recruit.scorecards.rules import Item


@dataclass(frozen=True, slots=True)
class Card:
    """One's own scorecard and where it stands."""

    id: int
    member_id: int
    assessment_id: int
    vacancy_id: int
    title: str
    version_id: int
    application_id: int
    applicant: str
    adjustments: str
    withdrawn: bool
    starts_at: datetime | None
    ends_at: datetime | None
    submitted_at: datetime | None
    recused_at: datetime | None
    revealed_at: datetime | None
    state: str

    @property
    def open(self) -> bool:
        """Whether levels may still be saved."""
        closed = self.submitted_at or self.recused_at or self.revealed_at
        return not closed and not self.withdrawn and self.state == "scoring"


_CARD = """
SELECT s.id, s.member AS member_id, s.assessment AS assessment_id, v.id AS vacancy_id, v.title,
       v.version AS version_id, ap.id AS application_id, ap.name AS applicant, ap.adjustments,
       ap.withdrawn_at IS NOT NULL AS withdrawn, i.starts_at, i.ends_at, a.submitted_at, s.recused_at,
       v.revealed_at, v.state
FROM scorecard s
JOIN panel_member m ON m.id = s.member
JOIN assessment a ON a.id = s.assessment
JOIN application ap ON ap.id = s.application
JOIN vacancy v ON v.id = ap.vacancy
LEFT JOIN interview i ON i.application = ap.id
WHERE s.id = {} AND m.person = {} AND m.left_at IS NULL AND m.declared_at IS NOT NULL
"""


async def own(actor: Actor, reach: Reach, scorecard_id: int) -> Card:
    """Return the actor's own scorecard.

    Raises:
        NotFound: it is not theirs, they have left the panel, or they have not declared.
    """
    rows = await Scorecard.raw(_CARD, scorecard_id, actor.person_id) if reach and actor.person_id else []
    if not rows:
        raise NotFound(_("There is no such scorecard, or it is not yours."))
    return Card(**rows[0])


_ITEMS = """
SELECT c.id AS competence_id, c.code, c.name, c.definition, d.code AS domain_code, d.name AS domain_name,
       k.required_level, k.gate, k.learnable, k.assessed_by,
       r.level, coalesce(r.no_evidence, false) AS no_evidence, coalesce(r.evidence, '') AS evidence,
       coalesce(r.version, 0) AS version, r.saved_at
FROM criterion k
JOIN competence c ON c.id = k.competence
JOIN domain d ON d.id = c.domain
LEFT JOIN rating r ON r.competence = c.id AND r.assessment = {}
WHERE k.vacancy = {}
ORDER BY d.position, c.position
"""


async def sheet(card: Card) -> Sheet[Item]:
    """Return the items of one's own card, with anchors and questions."""
    rows = await Scorecard.raw(_ITEMS, card.assessment_id, card.vacancy_id)
    words = await words_of(card.version_id)
    items = []
    for row in rows:
        anchors, questions = words.get(row["competence_id"], NO_WORDS)
        items.append(Item(**row, anchors=anchors, questions=questions))
    return Sheet(items)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Whether another member has submitted for this applicant, nothing more."""

    name: str
    own: bool
    recused: bool
    submitted: bool


_COLLEAGUES = """
SELECT p.name, m.id = {} AS own, s.recused_at IS NOT NULL AS recused, a.submitted_at IS NOT NULL AS submitted
FROM panel_member m JOIN person p ON p.id = m.person
LEFT JOIN scorecard s ON s.member = m.id AND s.application = {}
LEFT JOIN assessment a ON a.id = s.assessment
WHERE m.vacancy = {} AND m.left_at IS NULL ORDER BY m.id
"""


async def colleagues(card: Card) -> list[Colleague]:
    """Return the panel as the rail of a scorecard shows it."""
    rows = await Scorecard.raw(_COLLEAGUES, card.member_id, card.application_id, card.vacancy_id)
    return [Colleague(**row) for row in rows]


async def started(member_id: int, application_id: int) -> int | None:
    """Return the id of a member's scorecard for an application, if they have begun."""
    found = await Scorecard.select(Scorecard.id).where(
        Scorecard.member == member_id, Scorecard.application == application_id
    )
    return found[0]["id"] if found else None
