"""What to hold next: needs of everybody, free places, and the time that trainers have, made into a plan."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.queries.absences import absences
from competences.training.queries.courses import courses
from competences.training.queries.needs import needs_of_all
from competences.training.rules.places import (
    WEEK_HOURS,
    Invitation,
    Open,
    Places,
    filled,
    left_open,
    teaching,
)
from competences.training.rules.plan import CourseNeed, Offer, Plan, Why, best_plan, free_weeks
from competences.training.tables import CourseSession, CourseTrainer


@dataclass(frozen=True)  # no slots, for what it keeps
class Planned:
    """A plan and what it was made from. `needs` are all there are; `open` those that stay, with why."""

    needs: tuple[CourseNeed, ...]
    invitations: tuple[Invitation, ...]
    plan: Plan
    open: tuple[tuple[CourseNeed, Open], ...]

    @cached_property
    def whys(self) -> dict[tuple[int, int], tuple[Why, ...]]:
        """Return the reasons of each need, by person and course."""
        return {(need.person_id, need.course_id): need.whys for need in self.needs}

    @property
    def closed(self) -> int:
        """How many needs it closes: people, once for each course."""
        return len(self.needs) - len(self.open)


async def planned(
    actor: Actor,
    reach: Reach,
    today: date,
    until: date,
    *,
    most: int | None = None,
    each: int | None = None,
    others: Collection[int] = (),
) -> Planned:
    """Return the fewest sessions from next week until a day that close the most; nothing for who plans none.

    Args:
        most: How many new sessions at most; None for as many as help.
        each: How many of them each trainer holds at most; None for one a week.
        others: Who teaches courses for which nobody is named.
    """
    found = await needs_of_all(actor, reach, today, until)
    offers, long = await _offers(actor, today, others)
    held_back = teaching(found.ready, offers)
    ready = [need for need in found.ready if need not in held_back]
    invitations, rest = filled(ready, await _places(reach, today, until))
    trainers = {one for offer in offers.values() for one in offer.trainer_ids}
    weeks = await _weeks(actor, reach, trainers, today, until, each)
    plan = best_plan(rest, [row for key, row in offers.items() if key not in long], weeks, most)
    stays = [(need, Open.WAITS) for need in found.waiting] + [(need, Open.TEACHES) for need in held_back]
    stays += left_open(rest, offers, long, plan, most)
    return Planned(found.ready + found.waiting, tuple(invitations), plan, tuple(stays))


_NAMED = """
SELECT t.course, t.person, p.external = '' AND (p.started_on IS NULL OR p.started_on <= {})
       AND (p.ended_on IS NULL OR p.ended_on >= {}) AS here
FROM course_trainer t JOIN person p ON p.id = t.person
"""


async def _offers(actor: Actor, today: date, others: Collection[int]) -> tuple[dict[int, Offer], set[int]]:
    """Return what can be held, and what of it takes longer than a week."""
    named: dict[int, set[int]] = defaultdict(set)
    for row in await CourseTrainer.raw(_NAMED, today, today):
        named[row["course"]] |= {row["person"]} if row["here"] else set()
    offered = await courses(actor)
    offers = {
        row.id: Offer(row.id, row.capacity, frozenset(named.get(row.id, set(others)))) for row in offered
    }
    return offers, {row.id for row in offered if row.hours > WEEK_HOURS}


_BUSY = """
SELECT t.person, (d.starts_at AT TIME ZONE s.zone)::date AS day
FROM session_trainer t JOIN course_session s ON s.id = t.session JOIN session_day d ON d.session = s.id
WHERE s.cancelled_at IS NULL AND d.ends_at >= {}::date AND t.person = ANY({}::int[])
"""


async def _weeks(
    actor: Actor, reach: Reach, trainer_ids: Collection[int], today: date, until: date, each: int | None
) -> dict[int, list[date]]:
    """Return the weeks from the next one on in which each trainer can hold a session."""
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for absence in await absences(actor, reach, today):
        away[absence.person_id].append((absence.from_on, absence.until_on))
    busy: dict[int, list[date]] = defaultdict(list)
    for row in await CourseSession.raw(_BUSY, today, sorted(trainer_ids)) if trainer_ids else []:
        busy[row["person"]].append(row["day"])
    since, most = today + timedelta(1), (until - today).days // 7 + 1
    most = most if each is None else min(most, each)
    return {one: free_weeks(since, until, away[one], busy[one], most) for one in trainer_ids}


_PLACES = """
WITH held AS (
    SELECT s.id, v.course, s.capacity, (min(d.starts_at) AT TIME ZONE s.zone)::date AS first_on
    FROM course_session s JOIN course_version v ON v.id = s.version JOIN session_day d ON d.session = s.id
    WHERE s.cancelled_at IS NULL GROUP BY s.id, v.course
)
SELECT h.id AS session_id, h.course AS course_id, h.first_on, h.capacity - count(e.id) AS free
FROM held h LEFT JOIN enrolment e ON e.session = h.id AND e.place <> 'withdrawn'
WHERE h.first_on > {} AND h.first_on <= {} GROUP BY h.id, h.course, h.first_on, h.capacity
HAVING h.capacity > count(e.id) ORDER BY h.first_on, h.id
"""


async def _places(reach: Reach, today: date, until: date) -> list[Places]:
    """Return the free places of planned sessions; who waits for one has it already."""
    if reach is not Reach.ALL:
        return []
    return [Places(**row) for row in await CourseSession.raw(_PLACES, today, until)]
