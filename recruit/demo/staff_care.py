"""A year of care for the demo people: dates and choices, through the commands that whoever it was would use."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import Actor
from competences.care.commands import cases, incidents, media, meetings, register, sharing
from competences.care.commands.arrangements import set_arrangement
from competences.care.queries.incidents import concerned
from competences.care.queries.meetings import could_attend, units_to_record
from competences.care.queries.sharing import policy
from competences.care.rules.cases import CaseDraft, Decision, DecisionDraft, Hazard, Precaution
from competences.care.rules.choices import Duty, Gathering, Incident, Load
from competences.care.rules.incidents import IncidentDraft
from competences.care.rules.media import Answer, Asked, DutyDraft, Medium
from competences.care.rules.meetings import MeetingDraft
from competences.care.rules.register import Basis, EntryDraft, Happened
from competences.care.rules.sharing import Partner, Subject
from competences.people.queries import led_people
from competences.people.reach import Reach
from competences.people.tables import Person
from recruit.web.i18n import today

TEAM = Reach.TEAM
#: Days since the last one, in turn; so some are late and some are announced.
SUPERVISED = (3, 9, 16, 23, 30, 37, 47, 12, 26, 40)
CHECKED = (40, 120, 200, 280, 310, 340, 371, 90, 160, 250, 330)


async def add(actors: dict[str, Actor]) -> None:
    """Fill the register, meetings, incidents, cases, media and what is shared."""
    mara = actors["mara"]
    await _register(mara, [one.id for one in await led_people(mara, TEAM, today())])
    await _meetings(mara)
    await _incidents(mara, actors)
    await _cases(mara, actors)
    await _media(mara, actors)
    for key, load in (
        ("selin", Load.RIGHT),
        ("paul", Load.ROOM),
        ("yusuf", Load.MUCH),
        ("daniel", Load.TOO_MUCH),
    ):
        await register.say_workload(actors[key], load, today() - timedelta(days=4))
    told = {
        (Partner.FUNDER, one) for one in (Subject.STAFFING, Subject.TRAINING, Subject.SUPERVISION, Subject.INCIDENTS)
    }  # fmt: skip
    told |= {(Partner.MINISTRY, Subject.STAFFING), (Partner.RESEARCH, Subject.TRAINING)}
    await sharing.set_sharing(actors["privacy"], Reach.ALL, told, (await policy()).stamp, _now())


def _now() -> datetime:
    return datetime.now(UTC)


def _ago(days: int) -> date:
    return today() - timedelta(days=days)


async def _register(mara: Actor, people: list[int]) -> None:
    async def record(
        person: int, duty: Duty, happened: Happened, days: int, *, outside: bool = False
    ) -> None:
        basis = Basis.SAFETY_LAW if duty is Duty.CHECK_UP else None
        draft = EntryDraft(duty, happened, _ago(days), basis=basis, outside=outside)
        await register.record_entry(mara, TEAM, person, draft, _now(), today())

    new = {row.id for row in await Person.objects().where(Person.started_on > _ago(60))}
    for place, person in enumerate(people):
        if person in new:  # nothing was due to them yet but what is asked on the first days
            await record(person, Duty.REAL_NAME, Happened.DONE, 6)
            continue
        days = SUPERVISED[place % len(SUPERVISED)]
        await record(person, Duty.SUPERVISION, Happened.DONE, days, outside=place % 3 == 0)
        if place % 9 != 4:
            await record(person, Duty.CHECK_UP, Happened.DONE, CHECKED[place % len(CHECKED)])
        if place % 9 != 8:
            await record(person, Duty.ADDRESS, Happened.DONE, 30 + 37 * (place % 9))
        await record(person, Duty.REAL_NAME, Happened.DONE, 200)
        if place % 4 == 0:
            await record(person, Duty.COACHING, Happened.DONE, 20 + place)
    await record(people[7], Duty.CHECK_UP, Happened.OFFERED, 2)
    await record(people[4], Duty.CHECK_UP, Happened.DECLINED, 15)


async def _meetings(mara: Actor) -> None:
    held = ((1, Gathering.TEAM_MEETING), (2, Gathering.SAFE_SPACE), (3, Gathering.TEAM_MEETING), (6, Gathering.SAFE_SPACE))  # fmt: skip
    for unit, _name in await units_to_record(mara, TEAM):
        for week, gathering in held:
            members = [one.id for one in await could_attend(mara, TEAM, unit, _ago(7 * week))]
            there = members[1:] if gathering is Gathering.SAFE_SPACE else members[: len(members) - week % 2]
            draft = MeetingDraft(gathering, unit, _ago(7 * week), frozenset(there))
            await meetings.record_meeting(mara, TEAM, draft, _now(), today())


async def _incidents(mara: Actor, actors: dict[str, Actor]) -> None:
    async def record(kind: Incident, hours: int, *keys: str) -> None:
        ids = frozenset(actors[key].person_id or 0 for key in keys)
        draft = IncidentDraft(kind, _now() - timedelta(hours=hours), ids)
        await incidents.record_incident(mara, TEAM, draft, _now(), today())

    await record(Incident.CLIENT_CRISIS, 24 * 40, "selin")
    await record(Incident.THREAT, 24 * 120, "paul")
    for row in await concerned(mara, TEAM, UTC, only_open=True):
        at = row.happened_at + timedelta(hours=30)
        await incidents.record_debrief(mara, TEAM, row.id, at, _now())
        await incidents.record_check_in(mara, TEAM, row.id, (at + timedelta(days=28)).date(), _now())
    await record(Incident.THREAT, 29, "yusuf", "ruth")
    ruth = next(row for row in await concerned(mara, TEAM, UTC, only_open=True) if row.person_id == actors["ruth"].person_id)  # fmt: skip
    await incidents.record_debrief(mara, TEAM, ruth.id, _now() - timedelta(hours=4), _now())


async def _cases(mara: Actor, actors: dict[str, Actor]) -> None:
    selin, paul, daniel, yusuf = (actors[key].person_id or 0 for key in ("selin", "paul", "daniel", "yusuf"))
    year = today().year
    await set_arrangement(
        actors["paul"], "Takes nobody on from the harbour district.", today(), _now(), about_cases=True
    )

    async def discuss(number: int, days: int, review: int, people: set[int], *hazards: Hazard) -> int:
        draft = CaseDraft(
            f"A-{year}-{number:03}", None, _ago(days), today() + timedelta(days=review), hazards,
            (Precaution.TANDEM, Precaution.CALL_IN, Precaution.WORK_PHONE), frozenset(people),
        )  # fmt: skip
        made = await cases.record_case(mara, Reach.ALL, draft, _now(), today())
        return made.subject_id

    taken = await discuss(31, 50, 20, {selin, paul}, Hazard.OTHERS, Hazard.STRAIN)
    both = frozenset({selin, paul})
    decision = DecisionDraft(Decision.TAKE, both, frozenset(), both, today() + timedelta(days=20), 1)
    await cases.decide_case(mara, Reach.ALL, taken, decision, _now(), today())
    declined = await discuss(38, 30, 60, {daniel, selin}, Hazard.CONFLICT, Hazard.WEAPONS)
    nobody = frozenset[int]()
    no = DecisionDraft(Decision.DECLINE, nobody, nobody, nobody, today() + timedelta(days=60), 1)
    await cases.decide_case(mara, Reach.ALL, declined, no, _now(), today())
    await discuss(44, 1, 30, {daniel, yusuf, paul}, Hazard.RECORDING, Hazard.HOME_VISITS)


async def _media(mara: Actor, actors: dict[str, Actor]) -> None:
    me = mara.person_id or 0
    await media.set_spokesperson(mara, TEAM, DutyDraft(me, today(), today() + timedelta(days=13)), today())

    async def ask(key: str, medium: Medium, ahead: int) -> int:
        asked = Asked(actors[key].person_id or 0, medium, today() + timedelta(days=ahead))
        event = await media.ask_appearance(mara, TEAM, asked, today())
        return event.subject_id

    school = await ask("ruth", Medium.SCHOOL, 12)
    await media.record_guidance(mara, TEAM, school, today(), today())
    radio = await ask("daniel", Medium.RADIO, 5)
    await media.answer_appearance(actors["daniel"], radio, Answer.REFUSED, _now())
    await ask("jana", Medium.EVENT, 25)
