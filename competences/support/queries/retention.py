"""Which closed plans are deleted, and that they were."""

from datetime import date

from competences.support.queries.parts import CLEAR
from competences.support.tables import SupportEntry, SupportPlan

_DUE = """
SELECT id, uid FROM support_plan
WHERE closed_at IS NOT NULL AND delete_on <= {} AND (held IS NULL OR held < {}) ORDER BY id
"""


async def due_for_deletion(today: date) -> list[tuple[int, str]]:
    """Return (id, uid) of the plans that `delete_due` would delete: the dry run. For the system alone."""
    return [(row["id"], row["uid"]) for row in await SupportPlan.raw(_DUE, today, today)]


async def deleted() -> set[str]:
    """Return the uids of plans that were deleted: their keys are not brought back. For the system alone."""
    rows = await SupportEntry.raw(
        "SELECT plan FROM support_entry WHERE substring(body FROM 1 FOR 1) = {}", CLEAR
    )
    return {row["plan"] for row in rows}
