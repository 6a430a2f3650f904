"""A member's own scorecard. Everybody else's is behind the seal, in sealed.py."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from competences.actor import Actor
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.panels.tables import Scorecard
from recruit.scorecards.rules import Item, Question


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


@dataclass(frozen=True)
class Sheet:
    """All items of a scorecard, in framework order."""

    items: list[Item]

    @cached_property
    def domains(self) -> list["DomainCount"]:
        """The domains that this vacancy asks for, with how many items are answered."""
        groups = groupby(self.items, key=lambda item: (item.domain_code, item.domain_name))
        return [
            DomainCount(code, name, sum(item.answered for item in rows), len(rows))
            for (code, name), group in groups
            for rows in [list(group)]
        ]

    @property
    def done(self) -> int:
        """How many items are answered, "no evidence" included."""
        return sum(item.answered for item in self.items)

    def within(self, domain: str) -> list[Item]:
        """The items of one domain; NotFound for a domain that the vacancy does not ask for."""
        found = [item for item in self.items if item.domain_code.lower() == domain.lower()]
        if not found:
            raise NotFound(_("This vacancy asks for nothing in that part of the framework."))
        return found

    def after(self, domain: str) -> "DomainCount | None":
        """The domain that follows, or None after the last."""
        codes = [entry.code.lower() for entry in self.domains]
        place = codes.index(domain.lower()) + 1
        return self.domains[place] if place < len(codes) else None


@dataclass(frozen=True, slots=True)
class DomainCount:
    """A step of the scorecard."""

    code: str
    name: str
    done: int
    of: int


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

_WORDS = """
SELECT c.id, (SELECT array_agg(a.text ORDER BY a.level) FROM anchor a WHERE a.competence = c.id) AS anchors,
       coalesce((SELECT jsonb_agg(jsonb_build_array(q.kind, q.text, q.follow_ups) ORDER BY q.position)
                 FROM question q WHERE q.competence = c.id), '[]') AS questions
FROM competence c JOIN framework_version v ON v.id = c.version
WHERE c.version = {} AND v.state <> 'draft'
"""

# Published versions never change (the database sees to it), so their words are read once a process.
Words = tuple[tuple[str, ...], tuple[Question, ...]]
_words: dict[int, dict[int, Words]] = {}


async def sheet(card: Card) -> Sheet:
    """Return the items of one's own card, with anchors and questions."""
    rows = await Scorecard.raw(_ITEMS, card.assessment_id, card.vacancy_id)
    words = await _words_of(card.version_id)
    blank: Words = ((), ())
    items = []
    for row in rows:
        anchors, questions = words.get(row["competence_id"], blank)
        items.append(Item(**row, anchors=anchors, questions=questions))
    return Sheet(items)


async def _words_of(version_id: int) -> dict[int, Words]:
    if version_id not in _words:
        rows = await Scorecard.raw(_WORDS, version_id)
        if not rows:
            return {}
        _words[version_id] = {
            row["id"]: (
                tuple(row["anchors"] or ()),
                tuple(Question(*entry) for entry in json.loads(row["questions"])),
            )
            for row in rows
        }
    return _words[version_id]


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
