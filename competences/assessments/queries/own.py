"""One's own assessment in a round. What others wrote is behind the seal, in sealed.py."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.queries.places import LIFTED, READ_BEFORE
from competences.assessments.rules import Item, Sheet
from competences.assessments.rules.rounds import why_closed
from competences.assessments.tables import Assessment
from competences.errors import NotFound
from competences.frameworks.queries import NO_WORDS, words_of
from competences.frameworks.rules.own_words import in_own_words
from competences.people.reach import Reach
from competences.scoring.scale import NEED_EVIDENCE
from competences.text import _


@dataclass(frozen=True, slots=True)
class Own:
    """One's own assessment of somebody, perhaps oneself, and where it stands."""

    id: int
    kind: str
    participant_id: int
    round_id: int
    title: str
    opens_on: date
    closes_on: date
    person_id: int
    person: str
    manager: str | None
    profile: str
    version_id: int
    submitted_at: datetime | None
    lifted: bool

    def locked(self, today: date) -> str:
        """Return why nothing may be written any more, or ""."""
        if self.submitted_at is not None:
            return _("You have shared this. It does not change any more.")
        if self.kind == "peer" and self.lifted:
            return _("The talk has begun, so this is not needed any more.")
        return why_closed(self.opens_on, self.closes_on, today)


#: Whether an assessment `a` is the actor's own still: a manager who does not lead the person any more loses it.
MINE = """a.assessor = {} AND (a.kind = 'self' AND a.assessor = p.id OR a.kind = 'peer'
          OR a.kind = 'manager' AND {} >= 2 AND p.manager = a.assessor)"""


def mine(actor: Actor, reach: Reach) -> tuple[object, ...]:
    """Return what fills the places of MINE."""
    return actor.person_id, int(reach)


_OWN = f"""
SELECT a.id, a.kind, t.id AS participant_id, o.id AS round_id, o.title, o.opens_on, o.closes_on,
       p.id AS person_id, p.name AS person, m.name AS manager, r.title AS profile, t.version AS version_id,
       a.submitted_at, CASE WHEN a.kind = 'peer' THEN {READ_BEFORE} ELSE {LIFTED} END AS lifted
FROM assessment a JOIN participant t ON t.id = a.participant JOIN round o ON o.id = t.round
JOIN person p ON p.id = t.person LEFT JOIN person m ON m.id = p.manager JOIN role_profile r ON r.id = t.profile
WHERE a.id = {{}} AND {MINE}
"""  # noqa: S608  constants only


async def own(actor: Actor, reach: Reach, assessment_id: int) -> Own:
    """Return the actor's own assessment in a round.

    Raises:
        NotFound: it is not theirs.
    """
    rows = await Assessment.raw(_OWN, assessment_id, *mine(actor, reach)) if reach and actor.person_id else []
    if not rows:
        raise NotFound(_("There is no such assessment, or it is not yours."))
    return Own(**rows[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Item):
    """One competence that is asked about; its target is None until a level is given, and for colleagues.

    `words` says whether examples are asked for: a colleague's would tell who wrote them. `first_person` says
    whether the anchors speak as "I".
    """

    required_level: int | None
    gate: bool
    words: bool
    first_person: bool

    @property
    def problem(self) -> str:
        """What is missing before this can be shared, or ""."""
        if not self.answered:
            return _("Choose a level, or say that you cannot say yet.")
        if self.words and self.level in NEED_EVIDENCE and not self.evidence.strip():
            return _("Give an example. Levels 1, 2 and 5 need one.")
        return ""


# The target is not even read before there is an answer that it could sway (rule 14).
_ITEMS = """
SELECT c.id AS competence_id, c.code, c.name, c.definition, d.code AS domain_code, d.name AS domain_name,
       CASE WHEN r.level IS NOT NULL AND {} THEN g.required_level END AS required_level,
       g.gate AND r.level IS NOT NULL AND {} AS gate,
       r.level, coalesce(r.no_evidence, false) AS no_evidence, coalesce(r.evidence, '') AS evidence,
       coalesce(r.support, false) AS support, coalesce(r.version, 0) AS version, r.saved_at
FROM target g JOIN competence c ON c.id = g.competence JOIN domain d ON d.id = c.domain
LEFT JOIN rating r ON r.competence = c.id AND r.assessment = {}
WHERE g.participant = {} ORDER BY d.position, c.position, c.code
"""


async def sheet(card: Own) -> Sheet[Asked]:
    """Return the items of one's own assessment, with anchors; about oneself in the first person if possible."""
    words = card.kind != "peer"
    rows = await Assessment.raw(_ITEMS, words, words, card.id, card.participant_id)
    anchors = await words_of(card.version_id)
    asked = []
    for row in rows:
        plain, _questions = anchors.get(row["competence_id"], NO_WORDS)
        own_words = in_own_words(plain) if card.kind == "self" else ()
        asked.append(Asked(**row, words=words, anchors=own_words or plain, first_person=bool(own_words)))
    return Sheet(asked)
