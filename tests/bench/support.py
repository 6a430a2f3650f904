"""A support plan with something in each part, twelve talks and a year of openings; a support lead who reads it."""

from datetime import UTC, date, datetime, timedelta

from competences.people.tables import Person
from competences.support.commands import check_ins
from competences.support.commands.reading import open_plan
from competences.support.rules.bodies import TalkKind
from competences.support.rules.talks import TalkDraft
from recruit import database
from recruit.access import Role
from tests import make
from tests.make import support

_SIGNED_IN = """
UPDATE account SET password = m.password, email = {} FROM account m
WHERE account.person = {} AND m.email = 'mara.keller@demo.example'
"""


async def with_plan(email: str) -> int:
    """Add them; return the plan. The lead signs in with `email`."""
    async with database.pool():
        lead = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
        await Person.raw(_SIGNED_IN, email, lead.id)
        worker, reader = await make.person("Daniel Rask"), await make.person("Nils Bauer")
        made = await support.filled(lead, worker, reader)
        keeper, now = await make.actor(lead), datetime.now(UTC)
        for weeks in range(12):
            day = date.today() - timedelta(weeks=weeks)
            draft = TalkDraft(TalkKind.CHECK_IN, day, "Good week.", "", date.today() + timedelta(weeks=1))
            await check_ins.record_check_in(keeper, support.ring(), made.id, draft, now)
        for _opening in range(200):
            await open_plan(keeper, support.ring(), made.id, now)
    return made.id
