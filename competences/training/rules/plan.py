"""The fewest sessions that close the most: which courses to hold, led by whom, for whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from competences.text import _


class Why(StrEnum):
    """Why somebody needs a course. Each has its weight below."""

    LONE_WORK = "lone-work"  # required before lone work, and missing or run out
    MISSING = "missing"  # required, never done after its day or run out
    GATE = "gate"  # a gate of the role is not met, and the course aims at its level
    COMING = "coming"  # required, due or running out within the time looked at
    GAP = "gap"  # a level below what the role asks for, and the course aims at it


#: How much closing one need counts. Whole numbers, for everybody alike.
WEIGHTS = {Why.LONE_WORK: 8, Why.MISSING: 5, Why.GATE: 4, Why.COMING: 3, Why.GAP: 1}


def why_name(why: Why) -> str:
    """Return why somebody needs a course, in the reader's language."""
    return {
        Why.LONE_WORK: _("Missing or run out, and required before lone work"),
        Why.MISSING: _("Required, and missing or run out"),
        Why.GATE: _("Aims at a level that the role asks for without exception"),
        Why.COMING: _("Required, and due or running out within this time"),
        Why.GAP: _("Aims at a level that the role asks for"),
    }[why]


@dataclass(frozen=True, slots=True)
class CourseNeed:
    """One person who needs one course, for one reason or several."""

    person_id: int
    course_id: int
    whys: tuple[Why, ...]

    @property
    def weight(self) -> int:
        """What closing it counts."""
        return sum(WEIGHTS[why] for why in self.whys)


@dataclass(frozen=True, slots=True)
class Offer:
    """A course that can be held: how many fit into a session, and who may lead it."""

    course_id: int
    capacity: int
    trainer_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A session to hold. `week` is the Monday of it; `person_ids` begin with whoever needs it most."""

    course_id: int
    trainer_id: int
    week: date
    person_ids: tuple[int, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What to hold, the most valuable session first. `closed` of `total` is the weight of the needs it closes.

    `reached` holds for each number of sessions, from 1, the most that so many can close: no other choice of courses,
    people and trainers closes more.
    """

    proposals: tuple[Proposal, ...]
    reached: tuple[int, ...]
    total: int

    @property
    def closed(self) -> int:
        """The weight of the needs that these sessions close."""
        return sum(row.weight for row in self.proposals)


@dataclass(frozen=True, slots=True)
class _Block:
    """The k-th session of a course: the people for whom it would be."""

    course_id: int
    place: int
    person_ids: tuple[int, ...]
    weight: int


def best_plan(
    needs: Iterable[CourseNeed],
    offers: Iterable[Offer],
    weeks: Mapping[int, Sequence[date]],
    most: int | None = None,
) -> Plan:
    """Return the sessions that close the most, for as few sessions as that takes.

    Args:
        needs: At most one for each person and course.
        offers: At most one for each course; needs of other courses stay open.
        weeks: By trainer, the Mondays of the weeks in which they can lead one session each.
        most: No more sessions than this; None: as many as close anything.

    Returns:
        An optimal plan. The people who need a course most fill its first session, so its sessions are worth less
        and less. Sets of sessions that trainers can share out among their weeks are the independent sets of a
        transversal matroid (weeks of one trainer stand for each other). Taking the most valuable session that still
        can be shared out is then optimal for every number of sessions. As each is worth more than nothing, no plan
        with fewer sessions closes as much.

    Source:
        Edmonds & Fulkerson (1965), J. Res. NBS 69B: transversal matroids. Rado (1957), Proc. London Math. Soc. 7;
        Edmonds (1971), Math. Programming 1: the greedy choice on a matroid is optimal for each size.
    """
    needs = list(needs)
    by_course = {offer.course_id: offer for offer in offers}
    shared: dict[int, list[_Block]] = defaultdict(list)  # sessions by trainer
    chosen: list[_Block] = []
    reached: list[int] = []
    full: set[int] = set()  # where one session of a course found no week, none after it does
    for block in _blocks(needs, by_course):
        if block.course_id in full:
            continue
        if _share_out(block, by_course, shared, weeks, set()):
            chosen.append(block)
            reached.append(block.weight + (reached[-1] if reached else 0))
            if most is not None and len(chosen) == most:
                break
        else:
            full.add(block.course_id)
    leads = {(row.course_id, row.place): trainer for trainer, rows in shared.items() for row in rows}
    dated = _dated(chosen, leads, weeks)
    return Plan(tuple(dated), tuple(reached), sum(need.weight for need in needs))


def _blocks(needs: Iterable[CourseNeed], offers: Mapping[int, Offer]) -> list[_Block]:
    """Return the sessions that could be held, the most valuable first."""
    wanted: dict[int, list[CourseNeed]] = defaultdict(list)
    for need in needs:
        if need.course_id in offers and need.weight:
            wanted[need.course_id].append(need)
    found = []
    for course, rows in wanted.items():
        rows.sort(key=lambda need: (-need.weight, need.person_id))
        size = offers[course].capacity
        for place, start in enumerate(range(0, len(rows), size)):
            part = rows[start : start + size]
            found.append(_Block(course, place, tuple(n.person_id for n in part), sum(n.weight for n in part)))
    return sorted(found, key=lambda block: (-block.weight, block.course_id, block.place))


def _share_out(
    block: _Block,
    offers: Mapping[int, Offer],
    shared: dict[int, list[_Block]],
    weeks: Mapping[int, Sequence[date]],
    asked: set[int],
) -> bool:
    """Give a session to a trainer, moving others to other trainers where that makes room; False where none can.

    Source:
        Augmenting paths: Kuhn (1955), Naval Research Logistics Quarterly 2.
    """
    for trainer in sorted(offers[block.course_id].trainer_ids - asked):
        asked.add(trainer)
        mine = shared[trainer]
        if len(mine) < len(weeks.get(trainer, ())):
            mine.append(block)
            return True
        for other in list(mine):
            if _share_out(other, offers, shared, weeks, asked):
                mine[mine.index(other)] = block
                return True
    return False


def _dated(
    chosen: Iterable[_Block], leads: Mapping[tuple[int, int], int], weeks: Mapping[int, Sequence[date]]
) -> list[Proposal]:
    """Give each session the earliest week that its trainer still has; the most valuable come first."""
    used: dict[int, int] = defaultdict(int)
    found = []
    for block in chosen:
        trainer = leads[block.course_id, block.place]
        week = sorted(weeks[trainer])[used[trainer]]
        used[trainer] += 1
        found.append(Proposal(block.course_id, trainer, week, block.person_ids, block.weight))
    return found


def free_weeks(
    since: date, until: date, absences: Collection[tuple[date, date]], taken: Collection[date], most: int
) -> list[date]:
    """Return the Mondays of at most `most` weeks in which somebody can lead a session, spread over the time.

    A week in which they are away on any working day, or lead a session already, is none.

    Args:
        since, until: Weeks that begin and end within these days.
        absences: First and last days.
        taken: Days on which they lead a session.
    """
    monday = since + timedelta(days=-since.weekday() % 7)
    found = []
    while monday + timedelta(days=4) <= until:
        friday = monday + timedelta(days=4)
        away = any(first <= friday and last >= monday for first, last in absences)
        if not away and not any(monday <= day <= monday + timedelta(days=6) for day in taken):
            found.append(monday)
        monday += timedelta(days=7)
    if most >= len(found):
        return found
    return [found[place * len(found) // most] for place in range(most)]
