"""What the demo people completed, sessions past and to come, a certificate to check and requests to answer."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from competences.actor import SYSTEM, Actor
from competences.people.reach import Reach
from competences.training.commands import courses as catalogue
from competences.training.commands import sessions
from competences.training.commands.attendance import mark_rest_present
from competences.training.commands.completions import hand_in_certificate, import_completions
from competences.training.commands.lone_work import see_change
from competences.training.commands.requests import answer, ask
from competences.training.queries.courses import CourseRow, courses
from competences.training.queries.sessions import session
from competences.training.queries.standing import standings
from competences.training.rules.completions import BroughtCompletion, CompletionDraft
from competences.training.rules.sessions import SessionDraft
from competences.training.rules.standing import CourseStanding
from competences.training.tables import LoneWorkChange
from recruit.demo.pdf import pdf
from recruit.web.i18n import zone_name

ALL, TEAM = Reach.ALL, Reach.TEAM
#: How many days a completion is still in date, or has been out of date, by turns; None: never done.
LEFT = (300, 210, 150, 330, 25, 260, 120, 180, -34, 240, 290, 52, 200, 310, 170, None, 220, 280, 75, 190)
#: When courses are held next, in days from today, and how many fit.
COMING = (("T01", 3, 1, 12), ("T04", 6, 1, 12), ("T07", 13, 2, 8), ("T10", 27, 2, 8))
HELD = ("T09", -2)


async def add(actors: dict[str, Actor]) -> None:
    """Fill training as Jana does, who is the trainer; Mara leads everybody."""
    await catalogue.add_starters(SYSTEM)
    now, today = datetime.now(UTC), date.today()
    jana, known = actors["jana"], {row.code: row for row in await courses(SYSTEM)}
    for code in ("T01", "T04", "T07", "T09", "T10"):
        await catalogue.add_trainer(jana, known[code].id, jana.person_id, today)
    await _completions(known.values(), actors["yusuf"], today, now)
    await _sessions(jana, known, today, now)
    await _asked(actors, known, today, now)
    await _read(actors, now)


async def _completions(known: Iterable[CourseRow], newcomer: Actor, today: date, now: datetime) -> None:
    """Take over what a spreadsheet had, as the command line does: nobody imports their own. The newcomer has done nothing yet."""
    offered = {row.id: row for row in known}
    required = [row for row in await standings(SYSTEM, ALL, today) if row.required]
    found = []
    for place, row in enumerate(required):
        course, left = offered[row.course_id], LEFT[place % len(LEFT)]
        if row.person_id == newcomer.person_id or (left is None and course.code != "T01"):
            continue
        found.append(
            BroughtCompletion(row.person_id, course.version_id, _day(row, course, left or 200, today))
        )
    await import_completions(SYSTEM, ALL, found, today, now)


def _day(row: CourseStanding, course: CourseRow, left: int, today: date) -> date:
    """Return a day of completion that leaves about so many days in date; one without an end was done long ago."""
    months = course.refresh_months or 24
    return (
        today + timedelta(days=left - round(months * 30.44))
        if course.refresh_months
        else today - timedelta(400)
    )


async def _sessions(jana: Actor, known: dict[str, CourseRow], today: date, now: datetime) -> None:
    """One that was held and waits for its outcomes, and some to come with those who need them."""
    code, days = HELD
    held = await _plan(jana, known[code], today + timedelta(days=days), 1, 8, now, most=4)
    for day in (await session(jana, ALL, held)).days:
        await mark_rest_present(jana, ALL, held, day.id, now)
    for code, days, length, capacity in COMING:
        await _plan(jana, known[code], today + timedelta(days=days), length, capacity, now, most=5)


async def _plan(
    jana: Actor, course: CourseRow, first: date, days: int, capacity: int, now: datetime, most: int
) -> int:
    zone = ZoneInfo(zone_name())
    clocks = [(datetime.combine(first + timedelta(days=n), time(9), zone), n) for n in range(days)]
    spans = tuple((starts, starts + timedelta(hours=8)) for starts, _n in clocks)
    draft = SessionDraft(
        course.version_id, spans, zone_name(), place="Room 2", capacity=capacity,
        trainer_ids=(jana.person_id or 0,),
    )  # fmt: skip
    rows = await standings(SYSTEM, ALL, now.date() + timedelta(days=90))
    due = [
        row.person_id
        for row in rows
        if row.course_id == course.id and row.required and not row.in_date(now.date() + timedelta(days=90))
    ]
    return (await sessions.plan_session(jana, draft, now, due[:most])).subject_id


async def _asked(actors: dict[str, Actor], known: dict[str, CourseRow], today: date, now: datetime) -> None:
    """A certificate from elsewhere that waits for Jana, a request that waits for Mara, one that was approved."""
    selin, mara = actors["selin"], actors["mara"]
    paper = pdf(["Certificate", "Mental health and trauma, 16 hours", selin.name, "Invented for the demo."])
    brought = CompletionDraft(
        selin.person_id,
        known["T10"].id,
        today - timedelta(days=40),
        external=True,
        issuer="Hillfield College",
    )
    await hand_in_certificate(selin, brought, ("Certificate.pdf", paper), today, now)
    why = "A school asks me to speak about how people leave. I want to know my limits before I say yes."
    await ask(actors["daniel"], known["T16"].id, why, now - timedelta(days=3))
    asked = await ask(
        actors["paul"], known["T17"].id, "I am on two panels this winter.", now - timedelta(days=9)
    )
    await answer(
        mara, TEAM, asked.subject_id, "Yes, before the next panel.", now - timedelta(days=8), approved=True
    )


async def _read(actors: dict[str, Actor], now: datetime) -> None:
    """Mara and the others have read what changed of lone work, but for what is about the newcomer."""
    mara, by_person = actors["mara"], {actor.person_id: actor for actor in actors.values()}
    newcomer = actors["yusuf"].person_id
    for row in await LoneWorkChange.objects().order_by(LoneWorkChange.id):
        if row.person != newcomer:
            await see_change(mara, TEAM, row.id, now)
            if row.person in by_person:
                await see_change(by_person[row.person], Reach.OWN, row.id, now)
