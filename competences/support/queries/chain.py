"""Whether the log of support is whole, and how many sealed texts do not open. For the system alone."""

from competences.care.rules.names import place_of_reason
from competences.errors import Refused
from competences.sealing.queries import place_of_key
from competences.sealing.rules import KeyRing, opened
from competences.sealing.tables import DataKey
from competences.support.queries.parts import CLEAR
from competences.support.rules.bodies import entry_uid, place
from competences.support.tables import SupportEntry

_BROKEN = """
SELECT id FROM (
    SELECT *, lag(digest, 1, '') OVER (ORDER BY id) AS expected FROM support_entry
) e
WHERE previous <> expected OR digest <> support_digest(previous, plan, at, body) ORDER BY id LIMIT 1
"""

_TAIL = """
SELECT h.entries <> (SELECT count(*) FROM support_entry)
    OR h.digest <> coalesce((SELECT digest FROM support_entry ORDER BY id DESC LIMIT 1), '') AS missing
FROM support_head h
"""


async def broken_entry() -> int | None:
    """Return the first entry that is not as it was written, 0 where the last ones are missing, None when all is well."""
    rows = await SupportEntry.raw(_BROKEN)
    if rows:
        return int(rows[0]["id"])
    return 0 if (await SupportEntry.raw(_TAIL))[0]["missing"] else None


_TEXTS = """
SELECT uid AS plan, 'support_plan' AS part, uid, body, NULL::timestamptz AS at FROM support_plan
UNION ALL SELECT p.uid, 'plan_reader', r.uid, r.body, NULL FROM plan_reader r JOIN support_plan p ON p.id = r.plan
UNION ALL SELECT p.uid, 'plan_need', n.uid, n.body, NULL FROM plan_need n JOIN support_plan p ON p.id = n.plan
UNION ALL SELECT p.uid, 'measure', m.uid, m.body, NULL FROM measure m JOIN support_plan p ON p.id = m.plan
UNION ALL SELECT p.uid, 'check_in', c.uid, c.body, NULL FROM check_in c JOIN support_plan p ON p.id = c.plan
UNION ALL SELECT p.uid, 'flag', f.uid, f.body, NULL FROM flag f JOIN support_plan p ON p.id = f.plan
UNION ALL SELECT p.uid, 'support_entry', '', e.body, e.at FROM support_entry e JOIN support_plan p ON p.uid = e.plan
UNION ALL SELECT uid, 'name_exception', uid, reason, NULL FROM name_exception WHERE ended_on IS NULL
"""


async def count_shut(ring: KeyRing) -> tuple[int, int]:
    """Return how many plans and reasons have no key here, and how many texts do not open though their key does.

    Those whose key was destroyed are not counted: a backup brought them back, and plans are deleted anew. Those whose
    key is here and does not open are told by the key.
    """
    gone = {row["uid"] for row in await DataKey.select(DataKey.uid).where(DataKey.master == "")}
    rows = [row for row in await SupportEntry.raw(_TEXTS) if row["plan"] not in gone]
    keys = await _keys(ring, {row["plan"] for row in rows})
    shut = sum(1 for row in rows if (key := keys.get(row["plan"])) is not None and not _opens(key, row))
    return len({row["plan"] for row in rows} - keys.keys()), shut


async def _keys(ring: KeyRing, plans: set[str]) -> dict[str, bytes | None]:
    keys: dict[str, bytes | None] = {}
    for row in await DataKey.objects().where(DataKey.uid.is_in(list(plans))) if plans else ():
        try:
            keys[row.uid] = ring.unwrap(row.master, row.wrapped, place_of_key(row.uid))
        except Refused:
            keys[row.uid] = None
    return keys


def _opens(key: bytes, row: dict[str, object]) -> bool:
    body = bytes(row["body"])  # type: ignore[call-overload]
    if row["part"] == "support_entry" and body[:1] == CLEAR:
        return True
    try:
        opened(key, body, _place(row))
    except Refused:
        return False
    return True


def _place(row: dict[str, object]) -> str:
    part, uid = str(row["part"]), str(row["uid"])
    if part == "name_exception":
        return place_of_reason(uid)
    at = entry_uid(row["at"]) if part == "support_entry" else uid  # type: ignore[arg-type]
    return place(part, at, str(row["plan"]))
