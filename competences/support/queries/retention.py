"""Which plans are deleted: closed ones whose time has come, proposals that nobody answered, and ones that an old backup brought back."""

from datetime import date

from competences.support.rules.plans import ANSWER_MONTHS
from competences.support.tables import SupportPlan

# What a backup brings back of a deleted plan has no key any more.
_DUE = """
SELECT id, uid FROM support_plan p
WHERE (closed_at IS NOT NULL AND delete_on <= {} OR agreed_at IS NULL AND proposed_at < {}::date - make_interval(months => {}))
  AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.person = p.person AND h.until_on >= {})
   OR EXISTS (SELECT FROM data_key k WHERE k.uid = p.uid AND k.master = '')
ORDER BY id
"""


async def due_for_deletion(today: date) -> list[tuple[int, str]]:
    """Return (id, uid) of the plans that `delete_due` would delete: the dry run. For the system alone."""
    return [
        (row["id"], row["uid"]) for row in await SupportPlan.raw(_DUE, today, today, ANSWER_MONTHS, today)
    ]
