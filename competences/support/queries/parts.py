"""What is in a plan, opened in one pass: readers, needs, measures, talks and answers to suggestions."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from competences.actor import SYSTEM
from competences.support.queries.plans import OPEN_READER, Plan
from competences.support.rules.bodies import (
    CheckInBody,
    EntryBody,
    FlagBody,
    MeasureBody,
    NeedBody,
    ReaderBody,
    entry_uid,
    opened_body,
    place,
)
from competences.support.rules.readers import GLASS
from competences.support.tables import SupportEntry, SupportPlan

#: What an entry written in clear begins with: by the system, which names nobody, as when a plan was deleted.
CLEAR = b"\x00"


@dataclass(frozen=True, slots=True)
class ReaderView:
    """Somebody who was named, or opened the plan in an emergency. `open`: they can open it now."""

    id: int
    person_id: int
    person: str
    from_at: datetime
    until_on: date
    agreed_at: datetime | None
    ended_at: datetime | None
    emergency: bool
    open: bool
    body: ReaderBody

    @property
    def asked(self) -> bool:
        """The worker has not agreed yet."""
        return self.agreed_at is None and self.ended_at is None and not self.emergency


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need of the plan."""

    id: int
    uid: str
    review_on: date | None
    ended_at: datetime | None
    edition: int
    body: NeedBody


@dataclass(frozen=True, slots=True)
class MeasureView:
    """Something that is done. `asked`: the worker has not said yet whether the team may be told."""

    id: int
    uid: str
    owner_id: int | None
    owner: str | None
    from_on: date
    until_on: date | None
    review_on: date | None
    done_on: date | None
    asked: bool
    edition: int
    body: MeasureBody

    def overdue(self, today: date) -> date | None:
        """Return since when it is overdue: its review has passed, or its last day without an end."""
        days = [day for day in (self.review_on, self.until_on) if day and day < today]
        return min(days) if days and self.done_on is None else None


@dataclass(frozen=True, slots=True)
class CheckInView:
    """A talk."""

    id: int
    held_on: date
    recorded_at: datetime
    body: CheckInBody


@dataclass(frozen=True, slots=True)
class FlagView:
    """What was answered to a suggestion."""

    id: int
    uid: str
    until_on: date | None
    answered_at: datetime | None
    edition: int
    body: FlagBody


@dataclass(frozen=True, slots=True)
class Parts:
    """All that is in a plan beside its own body. Talks come newest first."""

    readers: list[ReaderView]
    needs: list[NeedView]
    measures: list[MeasureView]
    check_ins: list[CheckInView]
    flags: list[FlagView]


_PARTS = f"""
SELECT 'reader' AS part, r.id, r.uid, r.body, r.person AS person_id, h.name AS person, r.from_at AS at, r.agreed_at,
       r.ended_at, r.until_on, NULL::date AS from_on, NULL::date AS review_on, NULL::date AS done_on,
       r.emergency = '{GLASS}' AS marked, {OPEN_READER} AS open, 0 AS edition
FROM plan_reader r JOIN person h ON h.id = r.person WHERE r.plan = {{}}
UNION ALL
SELECT 'need', n.id, n.uid, n.body, NULL, NULL, NULL, NULL, n.ended_at, NULL, NULL, n.review_on, NULL, false, false,
       n.edition
FROM plan_need n WHERE n.plan = {{}}
UNION ALL
SELECT 'measure', m.id, m.uid, m.body, m.owner, o.name, NULL, NULL, NULL, m.until_on, m.from_on, m.review_on,
       m.done_on, m.asked_at IS NOT NULL, false, m.edition
FROM measure m LEFT JOIN person o ON o.id = m.owner WHERE m.plan = {{}}
UNION ALL
SELECT 'talk', c.id, c.uid, c.body, NULL, NULL, c.recorded_at, NULL, NULL, NULL, c.held_on, NULL, NULL, false, false, 0
FROM check_in c WHERE c.plan = {{}}
UNION ALL
SELECT 'flag', f.id, f.uid, f.body, NULL, NULL, f.answered_at, NULL, NULL, f.until_on, NULL, NULL, NULL, false, false,
       f.edition
FROM flag f WHERE f.plan = {{}}
ORDER BY part, id
"""  # noqa: S608  constants only


async def parts(plan: Plan, now: datetime) -> Parts:
    """Return all that is in a plan that the actor has opened.

    Raises:
        Changed: a text is not as it was written.
    """
    rows = await SupportPlan.raw(_PARTS, now, now, now.date(), *[plan.id] * 5)
    found: dict[str, list[Any]] = {name: [] for name in _VIEWS}
    for row in rows:
        found[row["part"]].append(_VIEWS[row["part"]](plan, row))
    talks = sorted(found["talk"], key=lambda talk: (talk.held_on, talk.id), reverse=True)
    return Parts(found["reader"], found["need"], found["measure"], talks, found["flag"])


def _reader(plan: Plan, row: dict[str, Any]) -> ReaderView:
    return ReaderView(
        row["id"], row["person_id"], row["person"], row["at"], row["until_on"], row["agreed_at"], row["ended_at"],
        row["marked"], row["open"], plan.open(ReaderBody, "plan_reader", row["uid"], row["body"]),
    )  # fmt: skip


def _need(plan: Plan, row: dict[str, Any]) -> NeedView:
    return NeedView(
        row["id"], row["uid"], row["review_on"], row["ended_at"], row["edition"],
        plan.open(NeedBody, "plan_need", row["uid"], row["body"]),
    )  # fmt: skip


def _measure(plan: Plan, row: dict[str, Any]) -> MeasureView:
    return MeasureView(
        row["id"], row["uid"], row["person_id"], row["person"], row["from_on"], row["until_on"], row["review_on"],
        row["done_on"], row["marked"], row["edition"], plan.open(MeasureBody, "measure", row["uid"], row["body"]),
    )  # fmt: skip


def _talk(plan: Plan, row: dict[str, Any]) -> CheckInView:
    body = plan.open(CheckInBody, "check_in", row["uid"], row["body"])
    return CheckInView(row["id"], row["from_on"], row["at"], body)


def _flag(plan: Plan, row: dict[str, Any]) -> FlagView:
    body = plan.open(FlagBody, "flag", row["uid"], row["body"])
    return FlagView(row["id"], row["uid"], row["until_on"], row["at"], row["edition"], body)


_VIEWS = {"reader": _reader, "need": _need, "measure": _measure, "talk": _talk, "flag": _flag}


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line of a plan's own log: who did what, when."""

    id: int
    at: datetime
    actor: str
    event: str


_ENTRIES = (
    "SELECT id, at, body FROM support_entry WHERE plan = {} AND ({} = 0 OR id < {}) ORDER BY id DESC LIMIT {}"
)


async def entries(plan: Plan, *, before: int = 0, limit: int = 50) -> list[EntryView]:
    """Return who did what with a plan that the actor has opened, newest first; `before` is the id to go on from."""
    found = []
    for row in await SupportEntry.raw(_ENTRIES, plan.uid, before, before, limit):
        if row["body"][:1] == CLEAR:
            found.append(EntryView(row["id"], row["at"], SYSTEM.name, json.loads(row["body"][1:])["event"]))
            continue
        where = place("support_entry", entry_uid(row["at"]), plan.uid)
        body = opened_body(EntryBody, plan.key, row["body"], where)
        found.append(EntryView(row["id"], row["at"], body.actor, body.event))
    return found
