"""Outcomes: only what a trainer assessed raises a level (rule 15), and what was wrong stays with its reason."""

from datetime import UTC, date, datetime

import make
import pytest
from make import training

from competences.assessments.queries import current_levels
from competences.assessments.tables import Assessment, Kind
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.training.commands import attendance, outcomes
from competences.training.queries import outcomes as queries
from competences.training.rules.attendance import Presence, Tap
from competences.training.rules.outcomes import ObservedLevel, OutcomeDraft, why_not, wrong
from competences.training.tables import Completion, Outcome, SessionDay
from recruit.vacancies.tables import Vacancy

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


class Held:
    """A session that was held, with two trainers and the enrolments of those who came."""

    def __init__(self, session, version, first, second, listed, days):
        self.session, self.version, self.first, self.second = session, version, first, second
        self.listed, self.days = listed, days

    async def sign(self, draft: OutcomeDraft, actor=None, place: int = 0):
        return await outcomes.sign_outcome(
            actor or self.first, Reach.ALL, self.session.id, self.listed[place].id, draft, DAY, NOW
        )

    async def levels(self, place: int = 0) -> dict[str, int | None]:
        rows = await current_levels(self.first, Reach.ALL, [self.listed[place].person])
        return {row.code: row.level for row in rows}


async def held(*people, present: bool = True, days: int = 1, now: datetime = NOW, **columns) -> Held:
    trainers = [await make.person(name, "trainer") for name in ("Jana Wirth", "Ruth Okello")]
    version = await training.course(builds={"E3": 3, "A2": 2}, **columns)
    session = await training.session(version, DAY, days=days, trainers=(trainers[0],))
    listed = [await training.enrolment(session, one) for one in people or (await make.person("Selin"),)]
    found = await SessionDay.objects().where(SessionDay.session == session.id).order_by(SessionDay.starts_at)
    first, second = [await make.actor(row) for row in trainers]
    if present:
        taps = [Tap(row.id, True) for row in listed]
        await attendance.take_attendance(first, Reach.ALL, session.id, found[0].id, taps, now)
    return Held(session, version, first, second, listed, found)


async def seen(e3: int | None = 3, a2: int | None = 3, result: str = "completed", **fields) -> OutcomeDraft:
    keys = [await make.competence_id(code) for code in ("E3", "A2")]
    levels = tuple(ObservedLevel(key, level) for key, level in zip(keys, (e3, a2), strict=True))
    evidence = "Calmed a loud talk and named the limit."
    return OutcomeDraft(
        result, **{"assessed_by": "observation", "evidence": evidence, "levels": levels, **fields}
    )


async def completions() -> list[bool]:
    """Of each completion, whether it counts."""
    return [row["withdrawn_at"] is None for row in await Completion.select(Completion.withdrawn_at)]


# ── what may be signed ──


@pytest.mark.parametrize(
    ("result", "presence", "may"),
    [
        ("attended", Presence(0, 1), False), ("attended", Presence(1, 2), True), ("not-yet", Presence(1, 2), True),
        ("completed", Presence(1, 2), False), ("completed", Presence(2, 2), True), ("not-yet", Presence(0, 2), False),
    ],
)  # fmt: skip
def test_completing_takes_every_day_and_nobody_who_was_not_there_has_an_outcome(result, presence, may):
    assert bool(why_not(result, presence)) is not may


def test_an_assessed_outcome_needs_method_words_and_each_level_as_high_as_completing_asks():
    asked, ways = {7: 3}, ("observation",)
    assert set(wrong(OutcomeDraft("completed"), asked, ways)) == {"assessed_by", "evidence", "level-7"}
    low = OutcomeDraft("completed", "observation", "Seen.", (ObservedLevel(7, 2),))
    assert set(wrong(low, asked, ways)) == {"level-7"}
    assert not wrong(OutcomeDraft("not-yet", "observation", "Seen.", (ObservedLevel(7, 2),)), asked, ways)
    assert not wrong(OutcomeDraft("attended"), asked, ways)
    assert set(wrong(OutcomeDraft("passed"), asked, ways)) == {"result"}


# ── rule 15 ──


async def test_attendance_and_attended_never_change_a_level(db):
    here = await held()
    await outcomes.sign_attended(here.first, Reach.ALL, here.session.id, NOW)
    assert [row["result"] for row in await Outcome.select(Outcome.result)] == ["attended"]
    assert await here.levels() == {}
    assert await completions() == []


async def test_the_database_lets_no_level_of_a_trainer_count_without_an_assessed_outcome(db):
    here = await held()
    row = Assessment(
        kind=Kind.TRAINER.value, version=(await make.framework()).id, person=here.listed[0].person,
        assessor=here.first.person_id, started_at=NOW,
    )  # fmt: skip
    await row.save()
    await outcomes.sign_attended(here.first, Reach.ALL, here.session.id, NOW)
    row.submitted_at = NOW
    with pytest.raises(Exception, match="needs an outcome that was assessed"):
        await row.save()


async def test_a_signed_outcome_gives_the_levels_that_were_seen_and_the_completion(db):
    here = await held()
    await here.sign(await seen(4, 3))
    assert await here.levels() == {"E3": 4, "A2": 3}
    (made,) = await Completion.objects()
    assert (made.completed_on, made.expires_on) == (DAY, date(2027, 11, 24))
    with pytest.raises(Conflict, match="signed already"):
        await here.sign(await seen())


async def test_not_yet_gives_the_levels_and_no_completion(db):
    here = await held()
    await here.sign(await seen(2, None, "not-yet"))
    assert await here.levels() == {"E3": 2, "A2": None}
    assert await completions() == []


async def test_who_missed_a_day_completes_only_after_a_late_entry(db):
    here = await held(days=2)
    with pytest.raises(Conflict, match="every day"):
        await here.sign(await seen())
    later = datetime(2026, 11, 27, 9, tzinfo=UTC)
    taps = [Tap(here.listed[0].id, True)]
    await attendance.take_attendance(here.first, Reach.ALL, here.session.id, here.days[1].id, taps, later)
    await here.sign(await seen())
    (made,) = await Completion.objects()
    assert made.completed_on == date(2026, 11, 25)


async def test_only_who_leads_the_session_signs_and_nobody_for_themselves(db):
    trainer = await make.person("Malik", "trainer")
    here = await held(trainer)
    with pytest.raises(NotFound):
        await here.sign(await seen(), here.second)
    await training.SessionTrainer(session=here.session.id, person=trainer.id).save()
    with pytest.raises(Conflict, match="themselves"):
        await here.sign(await seen(), await make.actor(trainer))
    early = datetime(2026, 11, 23, 9, tzinfo=UTC)
    with pytest.raises(Conflict, match="still to come"):
        await outcomes.sign_attended(here.first, Reach.ALL, here.session.id, early)


async def test_of_a_guest_the_outcome_alone_is_kept(db):
    here = await held()
    guest = await training.enrolment(here.session, None, guest="Nora Lind", organisation="Partner project")
    taps = [Tap(guest.id, True)]
    await attendance.take_attendance(here.first, Reach.ALL, here.session.id, here.days[0].id, taps, NOW)
    here.listed.append(guest)
    await here.sign(OutcomeDraft("completed", "observation", "Calmed a loud talk."), place=1)
    assert await Outcome.count() == 1
    assert await completions() == []
    assert await Assessment.count().where(Assessment.kind == "trainer") == 0


# ── the second trainer ──


async def test_levels_and_completion_count_once_a_second_trainer_agrees(db):
    here = await held(moderated=True)
    made = (await here.sign(await seen())).subject_id
    assert await here.levels() == {}
    assert await completions() == []
    with pytest.raises(Conflict, match="You signed this"):
        await outcomes.agree_outcome(here.first, Reach.ALL, made, "", DAY, NOW)
    await outcomes.agree_outcome(here.second, Reach.ALL, made, "As I saw it.", DAY, NOW)
    assert await here.levels() == {"E3": 3, "A2": 3}
    assert await completions() == [True]
    with pytest.raises(Conflict, match="Nothing waits"):
        await outcomes.agree_outcome(here.second, Reach.ALL, made, "", DAY, NOW)


async def test_what_a_second_trainer_sends_back_counts_nothing_and_is_signed_anew(db):
    here = await held(moderated=True)
    made = (await here.sign(await seen())).subject_id
    with pytest.raises(Invalid):
        await outcomes.send_outcome_back(here.second, Reach.ALL, made, " ", NOW)
    await outcomes.send_outcome_back(here.second, Reach.ALL, made, "No limit was named.", NOW)
    assert await here.levels() == {}
    again = (await here.sign(await seen(2, 2, "not-yet"))).subject_id
    await outcomes.agree_outcome(here.second, Reach.ALL, again, "", DAY, NOW)
    assert await here.levels() == {"E3": 2, "A2": 2}
    (before,) = await queries.earlier(here.first, Reach.ALL, here.listed[0].id)
    assert before.corrected_reason == "No limit was named."


# ── corrections ──


async def test_a_corrected_outcome_stays_with_its_reason_and_counts_no_more(db):
    here = await held()
    made = (await here.sign(await seen(5, 5))).subject_id
    with pytest.raises(Invalid):
        await outcomes.correct_outcome(here.first, Reach.ALL, made, "", DAY, NOW)
    with pytest.raises(NotFound):
        await outcomes.correct_outcome(here.second, Reach.ALL, made, "Not mine.", DAY, NOW)
    await outcomes.correct_outcome(here.first, Reach.ALL, made, "Another person’s sheet.", DAY, NOW)
    assert await here.levels() == {}
    assert await completions() == [False]
    await here.sign(await seen(3, 2))
    assert await here.levels() == {"E3": 3, "A2": 2}
    assert sorted(await completions()) == [False, True]
    view = await queries.outcome(here.first, Reach.ALL, made)
    assert (view.corrected_reason, view.result) == ("Another person’s sheet.", "completed")
    with pytest.raises(Conflict, match="already"):
        await outcomes.correct_outcome(here.first, Reach.ALL, made, "Again.", DAY, NOW)


# ── who sees what ──


async def test_levels_are_seen_by_who_leads_the_session_and_by_the_second_trainer_while_one_is_needed(db):
    here = await held(moderated=True)
    made = (await here.sign(await seen())).subject_id
    own = await make.actor(await make.Person.objects().get(make.Person.id == here.listed[0].person))
    third = await make.actor(await make.person("Omar", "trainer"))
    assert len((await queries.outcome(here.second, Reach.ALL, made)).levels) == 2
    await outcomes.agree_outcome(here.second, Reach.ALL, made, "", DAY, NOW)
    await queries.outcome(here.second, Reach.ALL, made)
    for actor, reach in ((third, Reach.ALL), (own, Reach.ALL), (here.first, Reach.OWN)):
        with pytest.raises(NotFound):
            await queries.outcome(actor, reach, made)
    assert await queries.candidates(third, Reach.ALL, here.session.id) == []
    assert await queries.earlier(third, Reach.ALL, here.listed[0].id) == []


async def test_today_asks_for_attendance_then_for_signatures_then_for_the_second_trainer(db):
    here = await held(present=False, moderated=True)

    async def asked(actor, now=NOW, reach=Reach.ALL) -> list[str]:
        filling = queries.unsigned_filling(actor, reach, now, 20)
        return [row["kind"] for row in await Vacancy.raw(queries.UNSIGNED, *filling)]

    assert await asked(here.first, datetime(2026, 11, 23, 12, tzinfo=UTC)) == []
    assert await asked(here.first) == ["attendance"]
    taps = [Tap(here.listed[0].id, True)]
    await attendance.take_attendance(here.first, Reach.ALL, here.session.id, here.days[0].id, taps, NOW)
    assert await asked(here.first) == ["outcomes"]
    assert await asked(here.second) == []
    await here.sign(await seen())
    assert (await asked(here.first), await asked(here.second)) == ([], ["moderation"])
    assert await asked(here.second, reach=Reach.OWN) == []
