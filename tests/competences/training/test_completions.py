"""Completions by hand: what counts, what waits for another's eyes, what was wrong and is kept."""

import asyncio
from datetime import UTC, date, datetime

import make
import pytest
from asyncpg.exceptions import PostgresError
from make import training

from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.training.commands import completions as commands
from competences.training.queries import completions as queries
from competences.training.queries.standing import standings
from competences.training.rules import completions as rules
from competences.training.rules.completions import CompletionDraft, Counts, Numbered
from competences.training.rules.expiry import earlier, expires_on
from competences.training.tables import CertificateFile, Completion, LoneWorkChange
from recruit.access import Role

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
PDF = ("first-aid.pdf", b"%PDF-1.7 a certificate")


@pytest.fixture
async def jana(db):
    return await make.actor(await make.person("Jana Wirth", Role.STAFF, Role.TRAINER))


@pytest.fixture
async def selin(db):
    return await make.person("Selin Aydın")


async def in_date(actor, person, version) -> bool:
    rows = await standings(actor, Reach.ALL, TODAY, [person.id])
    return any(row.in_date(TODAY) for row in rows if row.course_id == version.course)


def draft(person, version, day=date(2026, 3, 31), **columns) -> CompletionDraft:
    return CompletionDraft(person.id, version.course, day, **columns)


def certificate(person, version, day=date(2026, 3, 31), **columns) -> CompletionDraft:
    return draft(person, version, day, external=True, issuer="Red Cross Nordhausen", **columns)


# ── rules ──


def test_a_completion_covers_the_version_that_was_taught_on_its_day():
    versions = [Numbered(7, 1, date(2025, 1, 1)), Numbered(9, 2, date(2026, 5, 1))]
    assert rules.version_on(versions, date(2026, 4, 30)).version_id == 7
    assert rules.version_on(versions, date(2026, 5, 1)).version_id == 9
    assert rules.version_on(versions, date(2019, 1, 1)).version_id == 7  # older than the first that is kept


def test_a_completion_counts_to_its_last_day():
    stands = {"withdrawn": False, "unchecked": False, "today": TODAY}
    assert rules.counts(**stands, ends_on=TODAY) is Counts.IN_DATE
    assert rules.counts(**stands, ends_on=date(2026, 11, 24)) is Counts.EXPIRED
    assert rules.counts(**{**stands, "unchecked": True}, ends_on=None) is Counts.WAITS
    assert rules.counts(**{**stands, "withdrawn": True}, ends_on=None) is Counts.WITHDRAWN


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Selin Aydın", "S. A."), ("Ömer  de la Cruz", "Ö. D. L. C."), ("محمد علي", "م. ع."), ("’’", "–")],
)
def test_initials_are_all_that_a_stranger_learns_of_a_name(name, letters):
    assert rules.initials(name) == letters


# ── recording ──


async def test_a_trainer_records_what_somebody_did_with_us(jana, selin):
    version = await training.course(refresh_months=9)
    made = await commands.record_completion(jana, Reach.ALL, draft(selin, version), None, TODAY, NOW)
    row = await queries.completion(jana, Reach.ALL, made.subject_id)
    assert (row.ends_on, row.origin, row.recorded_by) == (date(2026, 12, 31), "recorded", "Jana Wirth")
    assert await in_date(jana, selin, version)
    with pytest.raises(NotFound):  # nobody signed an outcome, so it counts without a certificate
        await queries.certificate(await make.actor(selin), Reach.OWN, row.id)
    entry = await AuditEntry.objects().where(AuditEntry.event == "completion.recorded").first()
    assert (entry.subject_id, entry.actor_name) == (row.id, "Jana Wirth")


async def test_a_version_begins_on_the_day_that_it_is_where_the_organisation_is(jana, selin):
    first = await training.course()
    night = datetime(2026, 5, 1, 0, 30, tzinfo=training.BERLIN)  # still April in UTC
    second = await training.newer(first, night)
    now = NOW.astimezone(training.BERLIN)
    for day, version in ((date(2026, 4, 30), first), (date(2026, 5, 1), second)):
        made = await commands.record_completion(jana, Reach.ALL, draft(selin, first, day), None, TODAY, now)
        assert (await queries.completion(jana, Reach.ALL, made.subject_id)).version_id == version.id


async def test_nothing_goes_round_the_second_trainer_by_hand(jana, selin):
    plain, moderated = await training.course(), await training.course(moderated=True)
    with pytest.raises(Invalid, match="sign an outcome"):
        await commands.record_completion(jana, Reach.ALL, draft(selin, moderated), None, TODAY, NOW)
    made = await commands.record_completion(jana, Reach.ALL, draft(selin, plain), None, TODAY, NOW)
    with pytest.raises(Invalid, match="sign an outcome"):
        await commands.correct_completion(
            jana, Reach.ALL, made.subject_id, draft(selin, moderated), "The other course.", TODAY, NOW
        )
    await commands.record_completion(jana, Reach.ALL, certificate(selin, moderated), PDF, TODAY, NOW)


async def test_nobody_records_their_own(jana, selin):
    version = await training.course()
    own = CompletionDraft(jana.person_id, version.course, date(2026, 3, 1))
    with pytest.raises(Conflict, match="Nobody records their own"):
        await commands.record_completion(jana, Reach.ALL, own, None, TODAY, NOW)
    with pytest.raises(NotFound):
        await commands.record_completion(
            await make.actor(selin), Reach.OWN, draft(selin, version), None, TODAY, NOW
        )


async def test_what_cannot_be_is_not_recorded(jana, selin):
    version = await training.course()
    with pytest.raises(Invalid, match="still to come"):
        await commands.record_completion(
            jana, Reach.ALL, draft(selin, version, date(2026, 11, 26)), None, TODAY, NOW
        )
    with pytest.raises(Invalid, match="Add the certificate"):
        await commands.record_completion(jana, Reach.ALL, certificate(selin, version), None, TODAY, NOW)
    with pytest.raises(Invalid, match="none of them inside"):
        await commands.record_completion(
            jana, Reach.ALL, certificate(selin, version), ("a.pdf", b"MZ no paper"), TODAY, NOW
        )
    with pytest.raises(Invalid, match="before it was completed"):
        await commands.record_completion(
            jana, Reach.ALL, certificate(selin, version, ends_on=date(2026, 1, 1)), PDF, TODAY, NOW
        )
    assert await Completion.count() == 0


async def test_two_trainers_at_once_record_the_same_once(jana, selin):
    version = await training.course()
    tries = [
        commands.record_completion(jana, Reach.ALL, draft(selin, version), None, TODAY, NOW) for _ in range(4)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Invalid) for one in results) == 3
    assert await Completion.count() == 1


# ── certificates from elsewhere ──


async def test_a_certificate_counts_once_somebody_else_has_looked_at_it(jana, selin):
    version = await training.course()
    who = await make.actor(selin)
    made = await commands.hand_in_certificate(who, certificate(selin, version), PDF, TODAY, NOW)
    assert not await in_date(jana, selin, version)
    await commands.check_certificate(jana, Reach.ALL, made.subject_id, TODAY, NOW)
    assert await in_date(jana, selin, version)
    with pytest.raises(Conflict, match="Nothing waits"):
        await commands.check_certificate(jana, Reach.ALL, made.subject_id, TODAY, NOW)


async def test_nobody_checks_their_own_certificate(jana):
    version = await training.course()
    own = CompletionDraft(jana.person_id, version.course, date(2026, 3, 1), external=True, issuer="Red Cross")
    made = await commands.hand_in_certificate(jana, own, PDF, TODAY, NOW)
    with pytest.raises(Conflict, match="Nobody checks their own"):
        await commands.check_certificate(jana, Reach.ALL, made.subject_id, TODAY, NOW)


async def test_one_hands_in_for_oneself_alone(jana, selin):
    version = await training.course()
    with pytest.raises(NotFound):
        await commands.hand_in_certificate(jana, certificate(selin, version), PDF, TODAY, NOW)
    with pytest.raises(NotFound):  # what was done with us is not handed in
        await commands.hand_in_certificate(await make.actor(selin), draft(selin, version), PDF, TODAY, NOW)


async def test_what_a_trainer_records_from_elsewhere_they_have_seen(jana, selin):
    version = await training.course()
    until = date(2027, 1, 31)
    made = await commands.record_completion(
        jana, Reach.ALL, certificate(selin, version, ends_on=until), PDF, TODAY, NOW
    )
    row = await queries.completion(jana, Reach.ALL, made.subject_id)
    assert (row.checked_by, row.ends_on, row.file) == ("Jana Wirth", until, "first-aid.pdf")
    assert await in_date(jana, selin, version)


@pytest.mark.parametrize(
    ("ends_on", "refresh_months", "counts_until"),
    [
        (date(2030, 1, 1), 12, date(2027, 3, 31)), (date(2026, 9, 1), 12, date(2026, 9, 1)),
        (date(2030, 1, 1), None, date(2030, 1, 1)), (None, 12, date(2027, 3, 31)), (None, None, None),
    ],
)  # fmt: skip
def test_a_certificate_counts_until_the_earlier_of_its_end_and_ours(ends_on, refresh_months, counts_until):
    assert earlier(ends_on, expires_on(date(2026, 3, 31), refresh_months)) == counts_until


async def test_no_paper_outlasts_our_own_interval(jana, selin):
    version = await training.course(refresh_months=12)
    typed = certificate(selin, version, ends_on=date(2030, 1, 1))
    made = await commands.record_completion(jana, Reach.ALL, typed, PDF, TODAY, NOW)
    assert (await queries.completion(jana, Reach.ALL, made.subject_id)).ends_on == date(2027, 3, 31)


# ── wrong ones ──


async def test_a_wrong_one_is_kept_with_its_reason_and_counts_no_more(jana, selin):
    version = await training.course()
    made = await training.completion(selin, version, date(2026, 3, 31))
    with pytest.raises(Invalid, match="Say what was wrong"):
        await commands.withdraw_completion(jana, Reach.ALL, made.id, " ", TODAY, NOW)
    await commands.withdraw_completion(jana, Reach.ALL, made.id, "It was somebody else.", TODAY, NOW)
    row = await queries.completion(jana, Reach.ALL, made.id)
    assert (row.withdrawn_by, row.withdrawn_reason) == ("Jana Wirth", "It was somebody else.")
    assert not await in_date(jana, selin, version)
    with pytest.raises(Conflict, match="withdrawn already"):
        await commands.withdraw_completion(jana, Reach.ALL, made.id, "Again.", TODAY, NOW)


async def test_the_right_one_takes_the_place_of_a_wrong_one_with_its_paper(jana, selin):
    version = await training.course(refresh_months=12)
    wrong = await commands.record_completion(jana, Reach.ALL, certificate(selin, version), PDF, TODAY, NOW)
    right = certificate(selin, version, date(2026, 4, 1))
    made = await commands.correct_completion(
        jana, Reach.ALL, wrong.subject_id, right, "The day was wrong.", TODAY, NOW
    )
    old, new = [await queries.completion(jana, Reach.ALL, key) for key in (made.subject_id, made.replaced_by)]
    assert (old.withdrawn_reason, old.filed) == ("The day was wrong.", True)
    assert (new.completed_on, new.ends_on, new.file) == (date(2026, 4, 1), date(2027, 4, 1), "first-aid.pdf")
    assert await CertificateFile.count() == 2


async def test_a_correction_that_cannot_be_leaves_everything_as_it_was(jana, selin):
    version = await training.course()
    made = await training.completion(selin, version, date(2026, 3, 31))
    with pytest.raises(Invalid, match="still to come"):
        await commands.correct_completion(
            jana, Reach.ALL, made.id, draft(selin, version, date(2027, 1, 1)), "Typed wrongly.", TODAY, NOW
        )
    assert (await queries.completion(jana, Reach.ALL, made.id)).withdrawn_at is None


async def test_an_outcome_goes_with_a_correction_of_the_day_and_never_to_another_course(jana, selin):
    version, other = await training.course(), await training.course()
    row = await training.signed(selin, version, date(2026, 3, 31))
    kept = await commands.correct_completion(
        jana, Reach.ALL, row.id, draft(selin, version, date(2026, 3, 30)), "The day was wrong.", TODAY, NOW
    )
    moved = await commands.correct_completion(
        jana, Reach.ALL, kept.replaced_by, draft(selin, other), "It was the other course.", TODAY, NOW
    )
    rows = await Completion.objects().order_by(Completion.id)
    assert [(one.origin, one.outcome) for one in rows] == [
        ("session", row.outcome), ("session", row.outcome), ("recorded", None)
    ]  # fmt: skip
    assert not (await queries.completion(jana, Reach.ALL, moved.replaced_by)).certified


async def test_nobody_corrects_their_own(jana):
    version = await training.course()
    person = await make.person("Ruth Okello", Role.TRAINER)
    made = await training.completion(person, version, date(2026, 3, 31))
    with pytest.raises(Conflict, match="takes back or corrects their own"):
        await commands.withdraw_completion(await make.actor(person), Reach.ALL, made.id, "No.", TODAY, NOW)


# ── who sees what ──


async def test_strangers_find_no_completion(jana, selin):
    version = await training.course()
    made = await commands.record_completion(jana, Reach.ALL, certificate(selin, version), PDF, TODAY, NOW)
    stranger = await make.actor(await make.manager("Mara Keller"))
    for read in (queries.completion, queries.certificate_file, queries.certificate):
        with pytest.raises(NotFound):
            await read(stranger, Reach.TEAM, made.subject_id)
    assert await queries.completions_of(stranger, Reach.TEAM, selin.id, TODAY) == []
    assert await queries.count_completions(stranger, Reach.TEAM, queries.CompletionFilter(), TODAY) == 0


async def test_a_list_begins_with_what_waits_and_can_be_narrowed(jana, selin):
    first, second = await training.course("First aid"), await training.course("De-escalation")
    await training.completion(selin, first, date(2026, 10, 1), origin="external", issuer="Red Cross")
    await training.completion(selin, second, date(2026, 11, 1))
    await training.completion(selin, second, date(2024, 11, 1))
    everything = await queries.completions(jana, Reach.ALL, queries.CompletionFilter(), TODAY)
    assert [row.counts(TODAY) for row in everything] == [Counts.WAITS, Counts.IN_DATE, Counts.EXPIRED]
    for asked, count in (
        (queries.CompletionFilter(state="waits"), 1),
        (queries.CompletionFilter(state="expired"), 1),
        (queries.CompletionFilter(state="withdrawn"), 0),
        (queries.CompletionFilter(course_id=second.course), 2),
        (queries.CompletionFilter(search="aydın"), 3),
        (queries.CompletionFilter(search="%"), 0),
    ):
        assert len(await queries.completions(jana, Reach.ALL, asked, TODAY)) == count, asked
        assert await queries.count_completions(jana, Reach.ALL, asked, TODAY) == count, asked


@pytest.mark.parametrize(
    "change",
    ["completed_on = '2020-01-01'", "expires_on = NULL", "code = 'x'", "withdrawn_reason = 'Another.'"],
)
async def test_the_database_rewrites_no_completion(jana, selin, change):
    made = await training.completion(selin, await training.course(), date(2026, 3, 31))
    await commands.withdraw_completion(jana, Reach.ALL, made.id, "Wrong.", TODAY, NOW)
    with pytest.raises(PostgresError, match="A completion does not change"):
        await Completion.raw(f"UPDATE completion SET {change} WHERE id = {made.id}")


async def test_what_is_recorded_by_hand_makes_lone_work_follow_at_once(jana):
    team = await make.team("Ruth Okello", in_role=1)
    version = await training.course(required_by="Exit worker", before_lone_work=True)
    ruth = team.people[0]
    made = await commands.record_completion(jana, Reach.ALL, draft(ruth, version), None, TODAY, NOW)
    (first,) = await LoneWorkChange.select(LoneWorkChange.authorised).order_by(LoneWorkChange.id)
    await commands.withdraw_completion(jana, Reach.ALL, made.subject_id, "Wrong.", TODAY, NOW)
    last = await LoneWorkChange.objects().order_by(LoneWorkChange.id, ascending=False).first()
    assert (first["authorised"], last.authorised) == (True, False)
