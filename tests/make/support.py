"""Builders for support: plans through the real commands, with a marker in every text; forms filled in."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.rules import KeyRing
from competences.support.commands import check_ins, measures, needs, plans, readers
from competences.support.queries.catalogue import offered
from competences.support.rules.bodies import Basis, MeasureKind, Raised, TalkKind
from competences.support.rules.measures import MeasureDraft
from competences.support.rules.needs import NeedDraft
from competences.support.rules.plans import Agreement
from competences.support.rules.proposals import Proposal, basis_text
from competences.support.rules.talks import TalkDraft
from competences.support.tables import Measure, PlanNeed, PlanReader
from recruit import keys
from recruit.piccolo_conf import DB
from recruit.settings import load

MARKER = "Zaunkönig-7431"
TABLES = {
    "plan_id": "support_plan",
    "measure_id": "measure",
    "reader_id": "plan_reader",
    "plan_need_id": "plan_need",
    "flag_id": "flag",
    "notice_id": "emergency_notice",
}


def ring() -> KeyRing:
    """The master keys of the test run, as the application has them."""
    return keys.ring(load())


async def next_ids() -> dict[str, list[object]]:
    """The numbers that the next plan and its parts will have."""
    found = {}
    async with DB.pool.acquire() as connection:
        for name, table in TABLES.items():
            last = await connection.fetchval(f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))")
            found[name] = [last + 1]
    return found


async def next_are(ids: dict[str, list[object]]) -> None:
    """Number the next plan and its parts as `next_ids` said; what was tried and undone drew numbers."""
    async with DB.pool.acquire() as connection:
        for name, table in TABLES.items():
            await connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {ids[name][0]}, false)"
            )


async def proposed(lead: Person, person: Person, words: str = MARKER) -> int:
    """A plan that a support lead proposes to somebody after a talk."""
    import make

    draft = Proposal(
        Raised.CONVERSATION, Basis.CONSENT, basis_text(Basis.CONSENT), why=f"We talked of it. {words}"
    )
    made = await plans.propose_plan(
        await make.actor(lead), ring(), Reach.ALL, person.id, draft, datetime.now(UTC)
    )
    return made.subject_id


async def agreed(lead: Person, person: Person, words: str = MARKER) -> int:
    """A plan that somebody asked for."""
    import make

    draft = Proposal(
        Raised.SELF, Basis.CONSENT, basis_text(Basis.CONSENT), lead.id, words=f"My words. {words}"
    )
    made = await plans.propose_plan(
        await make.actor(person), ring(), Reach.OWN, person.id, draft, datetime.now(UTC), [lead.id]
    )
    return made.subject_id


@dataclass
class Filled:
    """A plan with something in each part."""

    id: int
    measures: list[int] = field(default_factory=list)
    need_id: int = 0
    reader_id: int = 0


async def filled(
    lead: Person, person: Person, reader: Person, *, words: str = MARKER, plan_id: int = 0
) -> Filled:
    """A plan with a text in every field: words, signs, cases, needs, measures, talks, a reader."""
    import make

    made = Filled(plan_id or await agreed(lead, person, words))
    worker, keeper, now, today = (
        await make.actor(person),
        await make.actor(lead),
        datetime.now(UTC),
        date.today(),
    )
    later = today + timedelta(days=20)
    await plans.change_plan(worker, ring(), made.id, Agreement(
        f"Goes quiet and takes every late call. {words}", f"Ask plainly, in private. {words}",
        f"A pause with full pay. {words}", later, today + timedelta(days=7), 2 if plan_id else 1,
    ), now)  # fmt: skip
    await plans.declare_cases(worker, ring(), made.id, ["B-2026/7431"], now)
    version = (await offered())[4].version_id
    await needs.take_need(keeper, ring(), made.id, NeedDraft(version, f"We spoke of it. {words}"), now)
    row = await PlanNeed.objects().get(PlanNeed.plan == made.id)
    made.need_id = row.id
    await needs.answer_need(
        worker, ring(), made.id, row.id, f"Yes. {words}", now, agreed=True, edition=row.edition
    )
    await readers.name_reader(keeper, ring(), made.id, reader.id, f"Stands in. {words}", later, now)
    made.reader_id = (await PlanReader.objects().get(PlanReader.plan == made.id)).id
    await readers.agree_reader(worker, ring(), made.id, made.reader_id, now)
    for kind, in_place, from_on in (
        (MeasureKind.SUPERVISION, True, today - timedelta(days=30)),
        (MeasureKind.CASE_MATCHING, False, later),
        (MeasureKind.SECURITY, False, today - timedelta(days=9)),
    ):
        draft = MeasureDraft(
            kind, f"About {kind.value} {words}"[:110], f"Once a month. {words}", lead.id, from_on, None, later,
            row.uid, in_place,
        )  # fmt: skip
        await measures.add_measure(keeper, ring(), made.id, draft, now)
    rows = await Measure.select(Measure.id).where(Measure.plan == made.id).order_by(Measure.id)
    made.measures = [one["id"] for one in rows]
    for days, kind in ((40, TalkKind.CHECK_IN), (9, TalkKind.EARLY_TALK)):
        draft = TalkDraft(
            kind, today - timedelta(days=days), f"Good week. {words}", f"Fewer late calls. {words}",
            today + timedelta(days=7),
        )  # fmt: skip
        await check_ins.record_check_in(keeper, ring(), made.id, draft, now)
    return made


def filled_in(lead: Person, person: Person) -> dict[str, str]:
    """What somebody could send to any form of support: every field of them, with a value that can be used."""
    later = str(date.today() + timedelta(days=20))
    return {
        "for": "colleague", "person": str(person.id), "lead": str(lead.id), "basis": "consent", "agreed": "1",
        "raised": "conversation", "why": "We talked of it.", "words": "Fewer late calls.", "signs": "Goes quiet.",
        "call": "Ask plainly.", "way_back": "A pause.", "references": "B-2026/1", "review_on": later,
        "check_in_on": later, "ended": "agreed", "need": "1", "kind": "supervision", "title": "Supervision",
        "what": "Once a month.", "owner": str(lead.id), "from_on": str(date.today()), "until_on": later,
        "held_on": str(date.today()), "note": "Good week.", "next_on": later, "reason": "Stands in.",
        "answer": "yes", "how": "agree", "rule": "first-months", "rests_on": "none", "choice": "accepted",
        "edition": "1", "result": "Done.",
    }  # fmt: skip


async def without_need(need_id: int) -> None:
    """Take an own need away whatever its state: the catalogue outlives each test."""
    async with DB.pool.acquire() as connection:
        await connection.execute(
            "SET session_replication_role = replica;"
            f" DELETE FROM need_version WHERE need = {need_id}; DELETE FROM need WHERE id = {need_id};"
            " SET session_replication_role = DEFAULT"
        )


async def deleted(today: date) -> int:
    """How many plans are deleted on a day because their time has come."""
    from competences.actor import SYSTEM
    from competences.support.commands.deletion import delete_due

    return await delete_due(SYSTEM, datetime.combine(today, time(9), UTC))
