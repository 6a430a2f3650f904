"""Rounds for whoever leads people: the list, a new one, how far everybody is, and which colleagues are asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.commands import rounds as commands
from competences.assessments.queries import rounds as queries
from competences.assessments.queries.places import side
from competences.assessments.rules.rounds import FEWEST_PEERS
from competences.errors import Invalid, NotFound
from competences.people.queries import Member, led_people, managers
from competences.people.reach import Reach
from competences.role_profiles.queries import roles_of
from competences.text import _, _n
from recruit.access import Action
from recruit.assessments import forms
from recruit.web.forms import posted
from recruit.web.i18n import today
from recruit.web.render import page, see

USUAL = timedelta(days=14)


@get("/rounds", name="rounds", action=Action.LEAD_ROUNDS)
async def rounds_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    rows = await queries.rounds(actor, reach)
    return page(request, "rounds/list.html", rounds=rows, today=today())


@get("/rounds/new", name="round.new", action=Action.LEAD_ROUNDS)
async def new_round_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    return await _new(request, actor, reach)


async def _new(request: HTMXRequest, actor: Actor, reach: Reach, **context: Any) -> Response[Any]:
    day = today()
    led = await led_people(actor, reach, day)
    roles = await roles_of(actor, reach, [row.id for row in led], day)
    return page(
        request, "rounds/new.html", led=led, roles=roles, choices=_choices(led), opens_on=day,
        closes_on=day + USUAL, **context,
    )  # fmt: skip


def _choices(led: list[Member]) -> list[tuple[str, str, str]]:
    """Return who can take part together: (value, label, hint) for radio buttons."""
    units: dict[int, list[Member]] = {}
    for row in led:
        if row.unit_id is not None:
            units.setdefault(row.unit_id, []).append(row)
    return [
        (forms.EVERYBODY, _("Everybody whom I lead"), _people(len(led))),
        *((f"unit-{key}", rows[0].unit or "", _people(len(rows))) for key, rows in units.items()),
        (forms.NAMED, _("Only those whom I tick below"), ""),
    ]


def _people(count: int) -> str:
    return _n("%(count)s person", "%(count)s people", count)


@post("/rounds", name="round.open", action=Action.LEAD_ROUNDS, status_code=200)
async def open_round(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    form = await posted(request)
    try:
        draft = forms.round_(form, await led_people(actor, reach, today()))
        opened = await commands.open_round(actor, reach, draft, today(), datetime.now(UTC))
    except Invalid as error:
        return await _new(request, actor, reach, values=form, errors=error.fields)
    return see(f"/rounds/{opened.subject_id}")


@get("/rounds/{round_id:int}", name="round", action=Action.LEAD_ROUNDS)
async def round_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], round_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    return await _round(request, actor, reach, round_id)


async def _round(
    request: HTMXRequest, actor: Actor, reach: Reach, round_id: int, **context: Any
) -> Response[Any]:
    here = await queries.round_of(actor, reach, round_id)
    rows = await queries.participants(actor, reach, round_id)
    day = today()
    under_way = here.opens_on <= day <= here.closes_on
    return page(
        request, "rounds/round.html", here=here, rows=rows, under_way=under_way, today=day,
        fewest=FEWEST_PEERS, **context,
    )  # fmt: skip


@post("/rounds/{round_id:int}/last-day", name="round.last-day", action=Action.LEAD_ROUNDS, status_code=200)
async def set_last_day(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach], round_id: FromPath[int]
) -> Response[Any]:  # fmt: skip
    form = await posted(request)
    try:
        await commands.set_last_day(actor, reach, round_id, forms.last_day(form), today())
    except Invalid as error:
        return await _round(request, actor, reach, round_id, values=form, errors=error.fields)
    return see(f"/rounds/{round_id}")


@get("/participants/{participant_id:int}/peers", name="peers", action=Action.LEAD_ROUNDS)
async def peers_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    return await _peers(request, actor, reach, participant_id)


async def _peers(
    request: HTMXRequest, actor: Actor, reach: Reach, participant_id: int, **context: Any
) -> Response[Any]:
    here = await side(actor, reach, participant_id)
    if here.kind != "manager" or not here.peers:
        raise NotFound(_("Colleagues are not asked here."))
    asked = await queries.peers_of(participant_id)
    known = {key for key, _name in asked} | {actor.person_id}
    choices = [row for row in await managers(without=here.person_id) if row[0] not in known]
    return page(
        request, "rounds/peers.html", here=here, asked=asked, choices=choices, fewest=FEWEST_PEERS, **context
    )


@post(
    "/participants/{participant_id:int}/peers", name="peers.ask", action=Action.LEAD_ROUNDS, status_code=200
)
async def ask_peers(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    participant_id: FromPath[int],
) -> Response[Any]:
    form = await posted(request)
    here = await side(actor, reach, participant_id)
    named = forms.peers(form, [key for key, _name in await managers(without=here.person_id)])
    try:
        await commands.name_peers(actor, reach, participant_id, named, today())
    except Invalid as error:
        return await _peers(request, actor, reach, participant_id, values=form, errors=error.fields)
    return see(f"/rounds/{here.round_id}")


router = Router(
    "/",
    route_handlers=[
        rounds_page, new_round_page, open_round, round_page, set_last_day, peers_page, ask_peers,
    ],
)  # fmt: skip
