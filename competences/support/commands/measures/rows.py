"""A measure's row, opened and written back. Part of the commands."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

from competences.care.commands.arrangements import end_arrangement
from competences.errors import Conflict, NotFound
from competences.support.queries.plans import Plan
from competences.support.rules.bodies import MeasureBody
from competences.support.tables import Measure
from competences.text import _


async def measure(found: Plan, measure_id: int, edition: int) -> tuple[Measure, MeasureBody]:
    """Return a measure that has not ended, as the form showed it.

    Raises:
        NotFound: the plan has no such measure.
        Conflict: it has ended, or somebody changed it since.
    """
    row = await Measure.objects().where(Measure.id == measure_id, Measure.plan == found.id).first()
    if row is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if row.done_on is not None or row.edition != edition:
        raise Conflict(_("Somebody else changed this while you were editing. Look at it again first."))
    return row, found.open(MeasureBody, "measure", row.uid, row.body)


async def write(found: Plan, row: Measure, body: MeasureBody) -> None:
    """Write a measure back. Part of the commands."""
    row.body = found.seal("measure", row.uid, body)
    row.edition += 1
    await row.save()


async def untold(found: Plan, body: MeasureBody, today: date) -> MeasureBody:
    """End what the team is told, and return the body without it. Part of the commands."""
    if body.arrangement_id is not None:
        with suppress(NotFound):  # the worker may have ended it themselves
            await end_arrangement(found.person_id, body.arrangement_id, today)
    return replace(body, arrangement_id=None)
