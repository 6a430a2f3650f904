"""What would somebody lack in another role?"""

from typing import Any

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.assessments.rules import source_of
from competences.frameworks.queries import revisions
from competences.gaps.queries import standing
from competences.people.queries import person as person_of
from competences.people.reach import Reach
from competences.role_profiles.queries import profiles
from recruit.access import Action
from recruit.web.i18n import today
from recruit.web.render import page


@get("/people/{person_id:int}/role-comparison", name="role-comparison", action=Action.READ_PEOPLE)
async def comparison_page(
    request: HTMXRequest,
    actor: NamedDependency[Actor],
    reach: NamedDependency[Reach],
    person_id: FromPath[int],
) -> Response[Any]:
    day = today()
    person = await person_of(actor, reach, person_id)
    known = [row for row in await profiles() if not row.retired]
    typed = request.query_params.get("profile", "")
    profile = next((row for row in known if str(row.id) == typed), None)
    found = await standing(actor, reach, person_id, profile.id if profile else None, day)
    older = [gap.held.competence_id for gap in found.role if gap.held and gap.held.number != gap.held.newest]
    return page(
        request, "gaps/comparison.html", person=person, profile=profile,
        profiles=[(row.id, row.title) for row in known], rows=found.role, own=person.id == actor.person_id,
        today=day, source_of=source_of, later=await revisions(older),
    )  # fmt: skip


router = Router("/", route_handlers=[comparison_page])
