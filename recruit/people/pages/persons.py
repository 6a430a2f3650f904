"""People: the list, and one person with levels, gaps and plan."""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.rules import source_of
from competences.coverage.queries import DelegationRow, delegations
from competences.frameworks.queries import Revision, revisions
from competences.gaps.queries import Standing, standing
from competences.gaps.rules.standing import is_due, means
from competences.people import queries
from competences.people.reach import Reach
from competences.plans.queries import ActionRow, actions_of
from competences.role_profiles.queries import role_of
from recruit.access import Action, reach_of
from recruit.web.i18n import today
from recruit.web.lists import PAGE, Paged, page_number, search_words
from recruit.web.render import page, see


@get("/people", name="people", action=Action.READ_PEOPLE)
async def people_page(
    request: HTMXRequest, actor: NamedDependency[Actor], reach: NamedDependency[Reach]
) -> Response[Any]:
    if reach is Reach.OWN:  # a list of one
        return see(f"/people/{actor.person_id}")
    search = search_words(request.query_params.get("search"))
    people = await paged(request, actor, reach, search, everybody=False)
    return page(request, "people/list.html", people=people, search=search)


async def paged(
    request: HTMXRequest, actor: Actor, reach: Reach, search: str, *, everybody: bool
) -> Paged[queries.PersonRow]:
    """Return the page of the list that the address asks for."""
    number = page_number(request.query_params.get("page"))
    rows = await queries.people(
        actor, reach, search=search, everybody=everybody, limit=PAGE, offset=(number - 1) * PAGE
    )
    return Paged(rows, number, await queries.count_people(actor, reach, search=search, everybody=everybody))


@get("/people/{person_id:int}", name="person", action=Action.READ_PEOPLE)
async def person_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    day = today()
    person = await queries.person(actor, reach, person_id)
    role = await role_of(actor, reach, person_id, day)
    found = await standing(actor, reach, person_id, role.profile_id if role else None, day)
    plan = await actions_of(actor, reach, person_id)
    own = person.id == actor.person_id
    return page(
        request, "people/person.html", person=person, role=role, found=found, plan=plan, today=day,
        own=own, delegations=await _answers(actor) if own else [], leads=leads(actor, person), alone=reach is Reach.OWN,
        steps=_steps(plan), means=means(found.role), later=await _later(found), source_of=source_of,
        is_due=lambda row: is_due(row, day),
    )  # fmt: skip


async def _answers(actor: Actor) -> list[DelegationRow]:
    """Return what the actor answers for."""
    return [row for row in await delegations(actor, Reach.OWN) if row.ended_on is None]


def leads(actor: Actor, person: queries.PersonView) -> bool:
    """Return whether the actor says what role this person has and which levels count."""
    leader = person.manager_id or person.id
    return reach_of(actor.roles, Action.LEAD_PEOPLE) is Reach.TEAM and leader == actor.person_id


def _steps(plan: list[ActionRow]) -> dict[tuple[int | None, str | None], ActionRow]:
    """Return the next step of the plan for each competence, by framework and code."""
    return {(row.framework_id, row.code): row for row in reversed(plan) if row.ended_at is None}


async def _later(found: Standing) -> dict[int, Revision]:
    """Return what a newer framework version changed, by the competence that a level was given in."""
    return await revisions([row.competence_id for row in found.levels if row.number != row.newest])


router = Router("/", route_handlers=[people_page, person_page])
