"""Where a talk stands: when it was held, who confirmed, who sees it differently."""

from competences.assessments.rules.rounds import Place
from competences.assessments.rules.talks import Talk
from competences.assessments.tables import Talk as TalkTable

_TALK = """
SELECT held_on, person_confirmed_at, manager_confirmed_at, person_dissent, manager_dissent, version
FROM talk WHERE participant = {}
"""


async def talk_of(here: Place) -> Talk:
    """Return the talk of two who have shared; ask `side` first who they are."""
    rows = await TalkTable.raw(_TALK, here.participant_id) if here.lifted else []
    return Talk(**rows[0]) if rows else Talk(None, None, None, "", "", 0)
