"""The plan: which sessions to hold next, for whom, and what stays open."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.queries.absences import absences
from competences.training.queries.courses import CourseRow, courses
from competences.training.queries.plan import Planned, planned
from competences.training.rules.places import Open, open_name
from competences.training.rules.plan import Proposal, Why, why_name
from recruit.access import Action
from recruit.training.forms.plan import AHEAD, asked
from recruit.training.queries.trainers import with_account
from recruit.web.i18n import today
from recruit.web.render import page

#: Hours of a day of a session that is proposed.
DAY_HOURS = 8

Names = dict[int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """People who need one course: how many for what reason, and who; in `led_by`'s week, or for a planned session."""

    course: CourseRow
    people: list[tuple[int, str]]
    whys: list[tuple[str, int]]
    led_by: str = ""
    on: date | None = None
    session_id: int = 0
    address: str = ""


@get("/training/plan", name="training-plan", action=Action.LEAD_SESSIONS)
async def plan_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await plan_view(request, actor, reach)


async def plan_view(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    """Return the page of the plan that the address asks for."""
    view, day = asked({name: request.query_params.getall(name) for name in request.query_params}), today()
    found = await planned(
        actor,
        reach,
        day,
        view.until(day),
        most=view.most,
        each=view.each,
        others=await with_account(reach, day),
    )
    here = {one.id: one.name for one in await people.present(actor, reach, day)}
    offered = {row.id: row for row in await courses(actor)}
    return page(
        request, "training_plan/plan.html", asked=view, ahead=AHEAD, until=view.until(day), found=found,
        proposals=[_proposal(row, found, here, offered) for row in found.plan.proposals],
        invitations=[
            _line(found, row.course_id, row.person_ids, here, offered, on=row.first_on, session_id=row.session_id)
            for row in found.invitations
        ],
        open=_open(found, here, offered), absences=await absences(actor, reach, day), **context,
    )  # fmt: skip


def _line(
    found: Planned,
    course_id: int,
    ids: Iterable[int],
    here: Names,
    offered: dict[int, CourseRow],
    **more: Any,
) -> Line:
    chosen = [one for one in ids if one in here]
    reasons = Counter(why for one in chosen for why in set(found.whys[one, course_id]))
    whys = [(why_name(why), reasons[why]) for why in Why if reasons[why]]
    return Line(offered[course_id], [(one, here[one]) for one in chosen], whys, **more)


def _proposal(row: Proposal, found: Planned, here: Names, offered: dict[int, CourseRow]) -> Line:
    course = offered[row.course_id]
    days = min(5, max(1, ceil(course.hours / DAY_HOURS)))
    sent: list[tuple[str, object]] = [("course", course.id), ("trainer", row.trainer_id)]
    for number in range(days):
        end = f"-{number + 1}" if number else ""
        sent += [
            (f"day{end}", row.week + timedelta(number)),
            (f"starts{end}", "09:00"),
            (f"ends{end}", "17:00"),
        ]
    sent += [("invite", one) for one in row.person_ids]
    return _line(
        found, course.id, row.person_ids, here, offered, led_by=here.get(row.trainer_id, ""), on=row.week,
        address=f"/training/sessions/new?{urlencode(sent)}",
    )  # fmt: skip


def _open(found: Planned, here: Names, offered: dict[int, CourseRow]) -> list[tuple[str, list[Line]]]:
    """Return what stays open: for each reason the courses, each with who needs it."""
    groups: dict[Open, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for need, why in found.open:
        if need.course_id in offered:
            groups[why][need.course_id].append(need.person_id)
    return [
        (open_name(why), [_line(found, key, groups[why][key], here, offered) for key in sorted(groups[why])])
        for why in Open
        if why in groups
    ]


router = Router("/", route_handlers=[plan_page])
