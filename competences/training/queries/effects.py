"""Levels before and after courses, of groups. Nobody's own level leaves this module."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from competences.actor import Actor
from competences.assessments.queries import GivenRow, levels_given
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.rules.effects import Effect, Given, before_and_after, effect
from competences.training.tables import Completion


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One competence that a course builds. `effect` is None where too few people have a level before and after."""

    course_id: int
    course: str
    code: str
    competence: str
    completed: int
    effect: Effect | None


# What the newest published version builds, and who completed any version when; the outcome's own levels by id.
_BUILT = """
SELECT DISTINCT ON (v.course, c.code) v.course AS course_id, n.title AS course, f.framework AS framework_id, c.code,
       c.name AS competence
FROM course_version v JOIN course_level l ON l.version = v.id JOIN competence c ON c.id = l.competence
JOIN framework_version f ON f.id = c.version
JOIN (SELECT DISTINCT ON (course) course, id, title FROM course_version WHERE published_at IS NOT NULL
      ORDER BY course, number DESC) n ON n.id = v.id
ORDER BY v.course, c.code
"""

_DONE = f"""
SELECT v.course AS course_id, c.person AS person_id, c.completed_on, o.assessment AS assessment_id
FROM completion c JOIN course_version v ON v.id = c.version JOIN person p ON p.id = c.person
LEFT JOIN outcome o ON o.id = c.outcome
WHERE c.withdrawn_at IS NULL AND (c.origin <> 'external' OR c.checked_at IS NOT NULL) AND {people.SEEN}
ORDER BY c.completed_on DESC, c.id DESC
"""  # noqa: S608  constants only


async def effects(actor: Actor, reach: Reach, zone: tzinfo) -> list[EffectRow]:
    """Return, for each course and competence that it builds, how levels before and after differ.

    Each person counts once: by the newest completion that has a level before and one after.

    Args:
        zone: Where days begin.
    """
    if reach is not Reach.ALL:
        return []
    done: dict[int, dict[int, list[tuple[date, int | None]]]] = defaultdict(lambda: defaultdict(list))
    for row in await Completion.raw(_DONE, *people.seen_by(actor, reach)):
        done[row["course_id"]][row["person_id"]].append((row["completed_on"], row["assessment_id"]))
    everybody = {person for those in done.values() for person in those}
    given = _by_competence(await levels_given(actor, reach, everybody))
    found = []
    for row in await Completion.raw(_BUILT):
        those = done[row["course_id"]]
        levels = given[row["framework_id"], row["code"]]
        pairs = [pair for person in those if (pair := _pair(levels[person], those[person], zone))]
        found.append(
            EffectRow(
                row["course_id"], row["course"], row["code"], row["competence"], len(those), effect(pairs)
            )
        )
    return found


def _by_competence(rows: Iterable[GivenRow]) -> dict[tuple[int, str], dict[int, list[GivenRow]]]:
    found: dict[tuple[int, str], dict[int, list[GivenRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.framework_id, row.code][row.person_id].append(row)
    return found


def _pair(
    levels: list[GivenRow], done: list[tuple[date, int | None]], zone: tzinfo
) -> tuple[int, int] | None:
    for completed_on, own in done:
        given = [
            Given(row.level, row.given_at.astimezone(zone).date())
            for row in levels
            if row.assessment_id != own
        ]
        if pair := before_and_after(given, completed_on):
            return pair
    return None
