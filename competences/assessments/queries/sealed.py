"""The seal (rule 14). Whatever shows how somebody was seen in a round by another, asks here.

The person and their line manager see each other's views once both have shared; nobody else ever does. Who that
is when the line manager changes, places.py says. What colleagues gave is a range of at least three, of nobody in
particular: where all gave the same, a range would say what each gave, so it is only said that they lie close;
and whoever was one of them, and leads the person since, is told nothing.
"""

from typing import Any

from competences.actor import Actor
from competences.assessments.queries.places import BETWEEN, OTHER, between
from competences.assessments.rules.rounds import FEWEST_PEERS, Place
from competences.assessments.rules.talks import Range, TalkItem, View
from competences.assessments.tables import Assessment
from competences.people.reach import Reach
from competences.text import _

# The two inner joins on what was shared are the seal, whoever calls; a line manager needs to be the one who did.
_VIEWS = f"""
SELECT c.id AS competence_id, c.code, c.name, c.definition, d.code AS domain_code, d.name AS domain_name,
       g.required_level, g.gate,
       s.level AS s_level, coalesce(s.no_evidence, false) AS s_none, coalesce(s.evidence, '') AS s_words,
       coalesce(s.support, false) AS s_support,
       m.level AS m_level, coalesce(m.no_evidence, false) AS m_none, coalesce(m.evidence, '') AS m_words,
       q.low, q.high, q.peers,
       k.level, coalesce(k.no_evidence, false) AS no_evidence, coalesce(k.evidence, '') AS evidence,
       coalesce(k.version, 0) AS version, k.saved_at
FROM participant t JOIN person p ON p.id = t.person
JOIN assessment sa ON sa.participant = t.id AND sa.kind = 'self' AND sa.submitted_at IS NOT NULL
JOIN assessment ma ON ma.participant = t.id AND ma.kind = 'manager' AND ma.submitted_at IS NOT NULL
    AND ma.assessor = {OTHER}
JOIN target g ON g.participant = t.id
JOIN competence c ON c.id = g.competence JOIN domain d ON d.id = c.domain
LEFT JOIN rating s ON s.assessment = sa.id AND s.competence = c.id
LEFT JOIN rating m ON m.assessment = ma.id AND m.competence = c.id
LEFT JOIN assessment ka ON ka.participant = t.id AND ka.kind = 'talk'
LEFT JOIN rating k ON k.assessment = ka.id AND k.competence = c.id
LEFT JOIN (SELECT a.participant, r.competence, nullif(min(r.level), max(r.level)) AS low,
                  nullif(max(r.level), min(r.level)) AS high, count(r.level) AS peers
           FROM assessment a JOIN rating r ON r.assessment = a.id
           WHERE a.kind = 'peer' AND a.submitted_at IS NOT NULL
           GROUP BY a.participant, r.competence HAVING count(r.level) >= {FEWEST_PEERS}) q
    ON q.participant = t.id AND q.competence = c.id
        AND NOT EXISTS (SELECT FROM assessment x WHERE x.participant = t.id AND x.kind = 'peer'
                        AND x.assessor = {{}} AND x.submitted_at IS NOT NULL)
WHERE t.id = {{}} AND {BETWEEN} AND {{}} IN (p.id, ma.assessor)
ORDER BY d.position, c.position, c.code
"""  # noqa: S608  constants only


async def views_of(actor: Actor, reach: Reach, participant_id: int) -> list[TalkItem]:
    """Return how the two see each competence, and what they agreed so far; nothing where the seal holds."""
    me = actor.person_id
    rows = (
        await Assessment.raw(_VIEWS, me, participant_id, *between(actor, reach), me) if reach and me else []
    )
    return [_item(row) for row in rows]


def _item(row: dict[str, Any]) -> TalkItem:
    own = View(row.pop("s_level"), row.pop("s_none"), row.pop("s_words"), row.pop("s_support"))
    manager = View(row.pop("m_level"), row.pop("m_none"), row.pop("m_words"))
    low, high, count = row.pop("low"), row.pop("high"), row.pop("peers")
    peers = Range(low, high, count) if count else None
    return TalkItem(**row, own=own, manager=manager, peers=peers, anchors=())


def why_sealed(here: Place) -> str:
    """Return the sentence for somebody who asks before both have shared, or after a talk of other two."""
    if here.manager_id is None:
        return _("Nobody leads you at present. The talk can go on once you have a line manager.")
    if not here.of_two:
        return _(
            "%(name)s held this talk. The page of the person shows the levels it gave.",
            name=here.manager or "",
        )
    if here.self_shared_at is None and here.manager_shared_at is None:
        return _("Neither of you has shared yet. Both views open together, once both have.")
    waiting = here.person if here.self_shared_at is None else here.manager or ""
    return _("%(name)s has not shared yet. Both views open together, once both have.", name=waiting)
