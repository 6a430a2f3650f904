"""Levels from a spreadsheet: one locked assessment for each person, day and framework version."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby

from competences.actor import Actor
from competences.assessments.events import LevelsImported
from competences.assessments.rules.imported import BroughtLevel
from competences.assessments.tables import Assessment, Kind, Rating
from competences.audit.commands import command
from competences.errors import Conflict
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.text import _

BATCH = 500


@command
async def import_levels(
    actor: Actor, reach: Reach, levels: Sequence[BroughtLevel], now: datetime
) -> LevelsImported:
    """Keep levels of people whom the actor leads; with Reach.ALL, of anybody who works here.

    Args:
        now: In the time zone in which the levels have their days.

    Raises:
        Conflict: somebody is not, or no longer, among these people, or there is nothing to keep.
    """
    ids = sorted({one.person_id for one in levels})
    rows = await Person.raw(_LED, ids, *people.seen_by(actor, reach), reach is Reach.ALL, actor.person_id)
    if not ids or len(rows) != len(ids):
        raise Conflict(_("Who works here, or whom you lead, has changed. Look at the import again."))
    made: list[Assessment] = []
    given: list[Rating] = []
    for (person, version, day), group in groupby(sorted(levels, key=_key), key=_key):
        at = min(now, datetime.combine(day, time(12), now.tzinfo))
        row = Assessment(
            kind=Kind.IMPORTED.value, version=version, person=person, assessor=actor.person_id, started_at=at
        )
        await row.save()
        made.append(row)
        given += [
            Rating(
                assessment=row.id, competence=one.competence_id, level=one.level, evidence=one.evidence, saved_at=now
            )
            for one in group
        ]  # fmt: skip
    for start in range(0, len(given), BATCH):
        await Rating.insert(*given[start : start + BATCH])
    await Assessment.raw(
        "UPDATE assessment SET submitted_at = started_at WHERE id = ANY({}::int[])", [row.id for row in made]
    )
    return LevelsImported(subject_id=made[0].id, people=len(ids), competences=len(given))


# One's own level is nothing that one brings along, unless nobody leads one.
_LED = f"""
SELECT p.id FROM person p WHERE p.id = ANY({{}}::int[]) AND {people.SEEN} AND p.external = ''
  AND ({{}} OR p.id <> {{}} OR p.manager IS NULL)
"""  # noqa: S608  constants only


def _key(one: BroughtLevel) -> tuple[int, int, date]:
    return one.person_id, one.version_id, one.given_on
