"""Who cannot begin a course yet. The other sections of the board follow from the overview of the matrix."""

from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.standing import STANDING, standing_filling
from competences.training.tables import Completion

_WAITING = f"""
WITH {STANDING} SELECT course, array_agg(person) AS people FROM waiting GROUP BY course
"""  # noqa: S608  constants only


async def waiting(actor: Actor, reach: Reach, today: date) -> dict[int, tuple[int, ...]]:
    """Return for each course of whom it is required while another that comes first is not in date."""
    if not reach:
        return {}
    rows = await Completion.raw(_WAITING, *standing_filling(actor, reach, today))
    return {row["course"]: tuple(row["people"]) for row in rows}
