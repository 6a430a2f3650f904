"""How the actor stands to somebody in a round. Nothing here tells what anybody answered.

A talk is between the person and whoever leads them now. When somebody else leads them, the former line manager
loses sight, and the new one assesses for themselves: the seal is lifted for the new two once these two have
shared, and what is confirmed or said against it starts anew (the database sees to that). A talk that both have
confirmed stays with the two who held it, under their names; a later line manager reads the levels it gave.
"""

from competences.actor import Actor
from competences.assessments.rules.rounds import Place
from competences.assessments.tables import Participant
from competences.errors import NotFound
from competences.people.reach import Reach
from competences.text import _

#: For statements in which `t` is the participant: whether the person and any line manager have shared, so that
#: somebody may have read what colleagues gave.
READ_BEFORE = """(SELECT count(DISTINCT x.kind) = 2 FROM assessment x WHERE x.participant = t.id
             AND x.kind IN ('self', 'manager') AND x.submitted_at IS NOT NULL)"""

#: Who the other side of the talk is: with whom it was confirmed, else whoever leads the person `p` now.
OTHER = """coalesce((SELECT y.assessor FROM assessment y WHERE y.participant = t.id AND y.kind = 'talk'
                    AND y.submitted_at IS NOT NULL), p.manager)"""

#: Whether these two have shared, so that the seal is lifted.
LIFTED = f"""(SELECT count(*) = 2 FROM assessment x WHERE x.participant = t.id AND x.submitted_at IS NOT NULL
              AND (x.kind = 'self' OR x.kind = 'manager' AND x.assessor = {OTHER}))"""  # noqa: S608  constants only

#: Whether the actor is the person or their line manager now; `p` is the person. `between` fills it.
BETWEEN = "(p.id = {} OR ({} >= 2 AND p.manager = {}))"


def between(actor: Actor, reach: Reach) -> tuple[object, ...]:
    """Return what fills the places of BETWEEN."""
    return actor.person_id, int(reach), actor.person_id


_PLACE = f"""
SELECT t.id AS participant_id, o.id AS round_id, o.title, o.opens_on, o.closes_on, o.peers, p.id AS person_id,
       p.name AS person, m.id AS manager_id, m.name AS manager, r.title AS profile, v.id AS version_id, v.framework AS framework_id,
       f.title AS framework, v.number,
       (SELECT max(a.submitted_at) FROM assessment a WHERE a.participant = t.id AND a.kind = 'self') AS self_shared_at,
       (SELECT max(a.submitted_at) FROM assessment a WHERE a.participant = t.id AND a.kind = 'manager'
            AND a.assessor = m.id) AS manager_shared_at,
       {{}} IN (p.id, coalesce(m.id, 0)) AS of_two, {READ_BEFORE} AS read_before,
       CASE WHEN p.id = {{}} THEN 'self' WHEN {BETWEEN} THEN 'manager' ELSE 'peer' END AS kind
FROM participant t JOIN round o ON o.id = t.round JOIN person p ON p.id = t.person
LEFT JOIN person m ON m.id = {OTHER} JOIN role_profile r ON r.id = t.profile
JOIN framework_version v ON v.id = t.version JOIN framework f ON f.id = v.framework
WHERE t.id = {{}} AND ({BETWEEN} OR EXISTS (
    SELECT FROM assessment a WHERE a.participant = t.id AND a.kind = 'peer' AND a.assessor = {{}}))
"""  # noqa: S608  constants only


async def place(actor: Actor, reach: Reach, participant_id: int) -> Place:
    """Return how the actor stands to somebody in a round: as the person, their line manager or a peer.

    Raises:
        NotFound: there is no such participant, or the actor is none of these to them.
    """
    me, sides = actor.person_id, between(actor, reach)
    rows = (
        await Participant.raw(_PLACE, me, me, *sides, participant_id, *sides, me)
        if reach and me is not None
        else []
    )
    if not rows:
        raise NotFound(_("There is no such assessment, or it is not yours."))
    return Place(**rows[0])


async def side(actor: Actor, reach: Reach, participant_id: int) -> Place:
    """Return the same for the two whose talk it is; colleagues who were asked find nothing."""
    here = await place(actor, reach, participant_id)
    if here.kind == "peer":
        raise NotFound(_("There is no such talk, or it is not yours."))
    return here
