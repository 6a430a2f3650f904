"""What beginning, changing and ending a plan share. Part of the commands."""

from datetime import date

from competences.errors import Conflict
from competences.people.tables import Person
from competences.support.queries.plans import Plan
from competences.support.rules.bodies import PlanBody
from competences.support.tables import SupportPlan
from competences.text import _


async def works_here(person_id: int, today: date) -> bool:
    """Whether somebody works here on a day; they do until the transaction ends. Part of a command."""
    return bool(
        await Person.raw(
            "SELECT id FROM person WHERE id = {} AND external = '' AND (ended_on IS NULL OR ended_on >= {})"
            " FOR SHARE",
            person_id, today,
        )
    )  # fmt: skip


async def save_plan(found: Plan, body: PlanBody, columns: dict[object, object] | None = None) -> None:
    """Write the body of a plan, and days. Part of a command."""
    await SupportPlan.update(
        {
            SupportPlan.body: found.seal("support_plan", found.uid, body),
            SupportPlan.edition: SupportPlan.edition + 1,
            **(columns or {}),  # type: ignore[dict-item]
        }
    ).where(SupportPlan.id == found.id)


def check_edition(found: Plan, shown: int) -> None:
    """Refuse a form that was drawn before somebody else changed the plan.

    Raises:
        Conflict: it is stale.
    """
    if found.edition != shown:
        raise Conflict(_("Somebody else changed this plan while you were editing. Look at it again first."))
