"""What needs this person today, and what comes next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.care.rules.labels import medium_name
from competences.people.reach import Reach
from competences.training.rules.due import Section
from recruit.access import Action, Role, reach_of
from recruit.scorecards.queries.due import Due, due
from recruit.today import queries, rules
from recruit.today.rules import CARE, SHOWN, Kind, Task, Waiting
from recruit.web.i18n import local
from recruit.web.render import page

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A line of the next two weeks: a session of a course; else so many interviews, or none: applications close."""

    day: date
    vacancy_id: int
    title: str
    session_id: int
    interviews: int


@get("/", name="today", action=Action.USE_ACCOUNT)
async def today_page(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    now = local(datetime.now(UTC))
    manages = reach_of(actor.roles, Action.EDIT_VACANCY)
    scores = reach_of(actor.roles, Action.SCORE)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = midnight + timedelta(days=1)
    owed = await due(actor, scores, (midnight, tomorrow), SHOWN + 1)
    owned = await queries.chores(actor, now, (midnight + AHEAD).date(), SHOWN + 1, _reaches(actor))
    tasks, waiting, panels = await _panels(actor, manages, scores, now.date())
    facts = await queries.facts(
        actor,
        hiring=bool(manages),
        leads=Role.LINE_MANAGER in actor.roles,
        admin=bool(reach_of(actor.roles, Action.EDIT_ACCOUNTS)),
        privacy=bool(reach_of(actor.roles, Action.READ_AUDIT)),
    )
    mine = [_care_task(row) if row.kind in CARE else _chore_task(row, actor) for row in owned]
    tasks = rules.ordered([*tasks, *map(_score_task, owed), *mine, *rules.account_tasks(facts)], now.date())
    total = len(tasks) + (owed[0].total - len(owed) if owed else 0)
    ahead = await queries.coming(actor, manages=bool(manages), since=tomorrow, until=midnight + AHEAD)
    timed, late = rules.counts(tasks, now.date())
    return page(
        request, "today/today.html",
        tasks=tasks[:SHOWN], total=total, timed=timed, late=late, waiting=waiting[:SHOWN],
        waiting_total=len(waiting), upcoming=_upcoming(ahead), facts=facts, panels=panels,
        today=now.date(), manages=bool(manages), scores=bool(scores),
        trains=reach_of(actor.roles, Action.READ_TRAINING) > Reach.OWN,
    )  # fmt: skip


def _reaches(actor: Actor) -> queries.Reaches:
    return queries.Reaches(
        plans=reach_of(actor.roles, Action.READ_PEOPLE),
        cover=reach_of(actor.roles, Action.READ_COVERAGE),
        assesses=reach_of(actor.roles, Action.ASSESS),
        training=reach_of(actor.roles, Action.READ_TRAINING),
        sessions=reach_of(actor.roles, Action.LEAD_SESSIONS),
        completions=reach_of(actor.roles, Action.RECORD_COMPLETIONS),
        answers=reach_of(actor.roles, Action.ANSWER_REQUESTS),
        care=reach_of(actor.roles, Action.EDIT_CARE),
        cases=reach_of(actor.roles, Action.EDIT_CASES),
        media=reach_of(actor.roles, Action.EDIT_MEDIA),
    )


async def _panels(
    actor: Actor, manages: Reach, scores: Reach, today: date
) -> tuple[list[Task], list[Waiting], int]:
    """Return what vacancies and panels need of the actor, what they wait for, and how many panels."""
    seats = await queries.seats(actor, scores, manages=bool(manages))
    managed = await queries.managed(actor, manages, today)
    under_way = [row.id for row in managed if row.state == "scoring"]
    under_way += [seat.vacancy_id for seat in seats if seat.declared and seat.scoring]
    far = await queries.progress(under_way)
    none = rules.Progress()
    found = [rules.managed_task(row, far.get(row.id, none), today) for row in managed]
    found += [rules.seat_task(seat, far.get(seat.vacancy_id, none)) for seat in seats]
    return (
        [row for row in found if isinstance(row, Task)],
        [row for row in found if isinstance(row, Waiting)],
        len(seats),
    )


def _score_task(row: Due) -> Task:
    started = f"/scorecards/{row.scorecard_id}"
    kind = Kind.SCORE if row.scorecard_id is None else Kind.FINISH if row.done < row.asked else Kind.SUBMIT
    urls = {
        Kind.SCORE: f"/vacancies/{row.vacancy_id}/interviews/{row.application_id}/scorecard",
        Kind.SUBMIT: f"{started}/review",
    }
    return Task(
        kind=kind,
        url=urls.get(kind, started),
        title=row.title,
        name=row.name,
        place=row.place,
        at=local(row.starts_at) if row.starts_at else None,
        ends=local(row.ends_at) if row.ends_at else None,
        done=row.done,
        of=row.asked,
        post=kind is Kind.SCORE,
    )


def _chore_task(row: queries.Chore, actor: Actor) -> Task:
    if row.kind.startswith("support-"):
        url = "/notices" if row.kind == Kind.SUPPORT_NOTICE else f"/support-plans/{row.id}"
        return Task(Kind(row.kind), url, day=row.due_on)
    other = (row.person or "") if row.person_id != actor.person_id else ""
    kind = Kind(row.kind)
    reviews = reach_of(actor.roles, Action.EDIT_COVERAGE)
    going_on = f"/assessments/{row.begun}" if row.begun else f"/participants/{row.id}/assessment"
    urls = {
        Kind.PLAN_STEP: f"/plan-actions/{row.id}",
        Kind.DELEGATION: f"/team/delegations/{row.id}" if reviews else f"/people/{row.person_id}#h-answers",
        Kind.TALK: f"/talks/{row.id}",
        Kind.CONFIRM: f"/talks/{row.id}/confirmation",
        Kind.SESSION_CANCELLED: f"/training/sessions/{row.id}",
        Kind.ATTENDANCE: f"/training/sessions/{row.id}/attendance?day={row.begun}",
        Kind.OUTCOMES: f"/training/sessions/{row.id}/outcomes",
        Kind.MODERATION: f"/training/outcomes/{row.id}",
        Kind.CHECK_CERTIFICATE: f"/training/completions/{row.id}",
        Kind.ANSWER_REQUEST: "/training/requests",
        Kind.PLACES_WANTED: f"/training/due?section={Section.ASKED}",
        Kind.LONE_WORK: f"/lone-work-changes/{row.id}/reading",
        **dict.fromkeys(
            (Kind.COURSE_EXPIRED, Kind.COURSE_MISSING, Kind.COURSE_ENDING),
            f"/people/{actor.person_id}/training#course-{row.id}",
        ),
    }
    url = urls.get(kind, going_on)
    about = f"/people/{row.person_id}/lone-work" if kind is Kind.LONE_WORK else ""
    return Task(kind, url, row.what, place=other, day=row.due_on, post=row.begun is None, about=about)


def _care_task(row: queries.Chore) -> Task:
    kind = Kind(row.kind)
    urls = {
        Kind.DEBRIEF: f"/debriefs/{row.id}",
        Kind.CHECK_IN: f"/debriefs/{row.id}",
        Kind.CASE_DECISION: f"/cases/{row.id}",
        Kind.CASE_REVIEW: f"/cases/{row.id}",
        Kind.APPEARANCE_TALK: f"/appearances/{row.id}",
        Kind.APPEARANCE_ANSWER: f"/appearances/{row.id}",
    }
    url = urls.get(kind, f"/care?show={row.kind.removeprefix('care-')}")
    title = medium_name(row.what) if row.kind.startswith("appearance") else row.what
    return Task(kind, url, title, place=row.person or "", day=row.due_on, of=max(row.begun or 0, 0))


def _upcoming(rows: Iterable[queries.Coming]) -> list[Upcoming]:
    """Return one line for each day and vacancy."""
    lines: Counter[tuple[date, str, int, int]] = Counter()
    for row in rows:
        day = local(row.at).date() if row.at else row.day
        assert day is not None
        lines[day, row.title, row.vacancy_id, row.session_id] += 1 if row.at else 0
    made = (
        Upcoming(day, key, title, session, count)
        for (day, title, key, session), count in sorted(lines.items())
    )
    return list(islice(made, 8))


router = Router("/", route_handlers=[today_page])
