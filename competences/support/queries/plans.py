"""The one way to a plan: whoever may open it gets it with its key; anybody else finds nothing, as if there were none."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.sealing.queries import data_key
from competences.sealing.rules import Changed, KeyLost, KeyRing
from competences.support.rules.bodies import PlanBody, opened_body, place, sealed_body
from competences.support.rules.readers import EMERGENCY, GLASS, LEAD, Side
from competences.support.tables import SupportPlan
from competences.text import _

B = TypeVar("B")
HOURS = int(EMERGENCY.total_seconds() // 3600)

#: Which namings open a plan at a time, for `plan_reader r`; the places take the time and the day.
OPEN_READER = (
    "r.ended_at IS NULL AND r.from_at <= {}::timestamptz AND CASE WHEN r.emergency = '" + GLASS + "'"
    f" THEN r.from_at > {{}}::timestamptz - interval '{HOURS} hours'"
    " ELSE r.agreed_at IS NOT NULL AND r.until_on >= {}::date END"
)

# A closed plan opens to the worker alone.
_SIDES = f"""
SELECT p.*, CASE WHEN p.person = {{}} THEN 'worker'
    WHEN p.closed_at IS NOT NULL THEN NULL
    WHEN p.lead = {{}} AND {{}} THEN 'lead'
    WHEN p.agreed_at IS NOT NULL AND EXISTS (
        SELECT FROM plan_reader r WHERE r.plan = p.id AND r.person = {{}} AND {OPEN_READER}) THEN 'reader' END AS side
FROM support_plan p
"""  # noqa: S608  constants only


def _sides(actor: Actor, now: datetime) -> tuple[object, ...]:
    me = actor.person_id
    return me, me, LEAD in actor.roles, me, now, now, now.date()


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that the actor may open, with the key to its texts."""

    id: int
    uid: str
    person_id: int
    person: str
    started_on: date | None
    lead_id: int | None
    lead: str | None
    proposed_at: datetime
    agreed_at: datetime | None
    review_on: date | None
    check_in_on: date | None
    closed_at: datetime | None
    delete_on: date | None
    held: date | None
    edition: int
    side: Side
    key: bytes = field(repr=False)
    body: PlanBody

    def open(self, kind: type[B], table: str, uid: str, sealed: bytes) -> B:
        """Return the body of a part of this plan."""
        return opened_body(kind, self.key, sealed, place(table, uid, self.uid))

    def seal(self, table: str, uid: str, body: object) -> bytes:
        """Return the sealed body of a part of this plan."""
        return sealed_body(self.key, body, place(table, uid, self.uid))


_PLAN = f"""
SELECT s.*, w.name AS person_name, w.started_on, l.name AS lead_name, h.until_on AS held, k.master, k.wrapped
FROM ({_SIDES} WHERE p.id = {{}}) s JOIN person w ON w.id = s.person LEFT JOIN person l ON l.id = s.lead
LEFT JOIN legal_hold h ON h.person = s.person LEFT JOIN data_key k ON k.uid = s.uid AND k.master <> ''
WHERE s.side IS NOT NULL
"""  # noqa: S608  constants only

_LOCK = "SELECT id FROM support_plan WHERE id = {} FOR UPDATE"


async def plan(actor: Actor, ring: KeyRing, plan_id: int, now: datetime, *, lock: bool = False) -> Plan:
    """Return a plan that the actor may open. Part of a command, which logs it.

    Raises:
        NotFound: there is no such plan, or the actor may not open it; the two are alike.
        KeyLost, Changed: it cannot be opened.
    """
    return await opened_plan(ring, await _row(actor, plan_id, now, lock=lock))


async def _row(actor: Actor, plan_id: int, now: datetime, *, lock: bool) -> dict[str, Any]:
    rows = await SupportPlan.raw(_PLAN, *_sides(actor, now), plan_id)
    if rows and lock:  # what waits for a lock is looked at again
        await SupportPlan.raw(_LOCK, plan_id)
        rows = await SupportPlan.raw(_PLAN, *_sides(actor, now), plan_id)
    if not rows:
        raise NotFound(_("There is no such page, or it is not for you."))
    return dict(rows[0])


async def opened_plan(ring: KeyRing, row: dict[str, Any]) -> Plan:
    """Return a row of `_PLAN` with its key and its body."""
    uid = str(row["uid"])
    key = await data_key(ring, uid, (row["master"], row["wrapped"]) if row["master"] else None)
    body = opened_body(PlanBody, key, row["body"], place("support_plan", uid, uid))
    same = (
        "id", "uid", "started_on", "proposed_at", "agreed_at", "review_on", "check_in_on", "closed_at", "delete_on",
        "held", "edition",
    )  # fmt: skip
    return Plan(
        **{name: row[name] for name in same},
        person_id=row["person"], person=row["person_name"], lead_id=row["lead"], lead=row["lead_name"],
        side=Side(str(row["side"])), key=key, body=body,
    )  # fmt: skip


async def working_plan(actor: Actor, ring: KeyRing, plan_id: int, now: datetime, *sides: Side) -> Plan:
    """Return a plan that is agreed and not closed, locked, for one of `sides`. Part of a command.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is not agreed yet, or closed, or this is for others on it.
    """
    found = await plan(actor, ring, plan_id, now, lock=True)
    _check_works(found.agreed_at, found.closed_at, found.side, sides)
    return found


def _check_works(
    agreed_at: datetime | None, closed_at: datetime | None, side: Side, sides: tuple[Side, ...]
) -> None:
    if closed_at is not None:
        raise Conflict(_("This plan is closed. Nothing is added to it any more."))
    if agreed_at is None:
        raise Conflict(
            _("A plan begins when the person agrees to it. Until then it holds the proposal only.")
        )
    if side not in sides:
        if sides == (Side.WORKER,):
            raise Conflict(_("Only the person whose plan it is can do this."))
        raise Conflict(_("This is for the person whose plan it is and their support lead."))


_NAMED = f"""
SELECT r.id FROM plan_reader r WHERE r.plan = {{}} AND r.person = {{}} AND r.emergency = '' AND {OPEN_READER}
"""  # noqa: S608  constants only


async def is_named(actor: Actor, found: Plan, now: datetime) -> bool:
    """Whether the worker agreed to the actor as a reader of this plan; an emergency does not count."""
    return bool(await SupportPlan.raw(_NAMED, found.id, actor.person_id, now, now, now.date()))


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A worker's own plan, as far as it is known while none of its texts is opened. `key`: None where it is lost."""

    id: int
    uid: str
    person_id: int
    key: bytes | None = field(repr=False)


async def own_plan(actor: Actor, ring: KeyRing, plan_id: int, now: datetime) -> OwnPlan:
    """Return an agreed, open plan of the actor's own, locked, whether or not its texts open. Part of a command.

    Raises:
        NotFound: there is no such plan, or the actor may not open it.
        Conflict: it is not agreed yet, or closed, or the actor is not the worker.
    """
    row = await _row(actor, plan_id, now, lock=True)
    _check_works(row["agreed_at"], row["closed_at"], Side(str(row["side"])), (Side.WORKER,))
    uid = str(row["uid"])
    try:
        key = await data_key(ring, uid, (row["master"], row["wrapped"]) if row["master"] else None)
    except (KeyLost, Changed):
        key = None
    return OwnPlan(row["id"], uid, row["person"], key)


@dataclass(frozen=True, slots=True)
class Place:
    """A plan in the list of those that somebody may open."""

    id: int
    person: str
    lead: str | None
    side: Side
    agreed: bool
    closed: bool
    review_on: date | None
    check_in_on: date | None


_PLACES = f"""
SELECT s.id, w.name AS person, l.name AS lead, s.side, s.agreed_at IS NOT NULL AS agreed,
       s.closed_at IS NOT NULL AS closed, s.review_on, s.check_in_on
FROM ({_SIDES} WHERE p.person = {{}} OR p.lead = {{}}
      OR EXISTS (SELECT FROM plan_reader n WHERE n.plan = p.id AND n.person = {{}})) s
JOIN person w ON w.id = s.person LEFT JOIN person l ON l.id = s.lead
WHERE s.side IS NOT NULL ORDER BY s.side <> 'worker', s.closed_at IS NOT NULL, lower(w.name), s.id DESC
"""  # noqa: S608  constants only


async def own_places(actor: Actor, now: datetime) -> list[Place]:
    """Return the plans that the actor may open, their own first. Nothing in them is opened."""
    if actor.person_id is None:
        return []
    me = actor.person_id
    rows = await SupportPlan.raw(_PLACES, *_sides(actor, now), me, me, me)
    return [Place(**{**row, "side": Side(row["side"])}) for row in rows]


async def opens_plan_of(actor: Actor, person_id: int, now: datetime) -> bool:
    """Whether the actor may open an open plan of somebody without an emergency. Part of a command."""
    where = "WHERE p.person = {} AND p.closed_at IS NULL AND p.agreed_at IS NOT NULL"
    rows = await SupportPlan.raw(f"{_SIDES} {where}", *_sides(actor, now), person_id)
    return any(row["side"] is not None for row in rows)
