"""Saving and submitting, and the seal: nobody is swayed before their own submission."""

import asyncpg
import make
import pytest

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration
from recruit.piccolo_conf import DB
from recruit.practice import commands, queries
from recruit.practice.rules.cases import VIGNETTES
from recruit.practice.rules.sheets import Given, Sheet
from recruit.practice.tables import PracticeRating, PracticeScorecard

OWN = Reach.OWN


async def sheet_of(made, scorer=0, case="windle"):
    who = await make.actor(made.people[scorer])
    return await queries.own_sheet(who, OWN, made.vacancy.id, case)


async def test_before_submitting_a_member_sees_neither_the_authors_nor_a_colleague(db):
    made = await make.panel(3)
    await make.practised(made, 1, A2=5)
    await make.practised(made, 2, submit=False)
    await make.practised(made, 0, submit=False, A2=3, C3=None)
    chair, boss = await make.actor(made.people[0]), await make.actor(made.manager)
    with pytest.raises(Conflict, match="after you have submitted"):
        await queries.outcome(chair, OWN, made.vacancy.id, "windle")
    with pytest.raises(NotFound):
        await queries.outcome(boss, OWN, made.vacancy.id, "windle")
    assert await queries.PracticeScorecard.raw(queries._VOICES, made.members[0].id, "windle") == []
    await make.practised(made, 0, A2=3, C3=None)
    opened = await queries.outcome(chair, OWN, made.vacancy.id, "windle")
    first = opened.rows[0]
    assert first.levels == (3, 5, None)
    assert first.expected.level == 4
    assert opened.submitted == 2


async def test_one_submitted_case_opens_no_other(db):
    made = await make.panel()
    await make.practised(made, 0)
    await make.practised(made, 1, "hale")
    with pytest.raises(Conflict):
        await queries.outcome(await make.actor(made.people[0]), OWN, made.vacancy.id, "hale")


@pytest.mark.parametrize("asked", [queries.own_sheet, queries.outcome])
async def test_a_stranger_and_a_manager_without_a_seat_find_no_levels(db, asked):
    made = await make.panel()
    await make.practised(made)
    for row in (await make.person("Stranger"), made.manager):
        with pytest.raises(NotFound):
            await asked(await make.actor(row), OWN, made.vacancy.id, "windle")


async def test_the_overview_says_who_submitted_to_the_panel_and_its_manager_alone(db):
    made = await make.panel()
    await make.practised(made, 0)
    await make.practised(made, 1, "hale", submit=False)
    for row in (made.people[1], made.manager):
        seen = await queries.overview(await make.actor(row), OWN, made.vacancy.id)
        assert [member.submitted for member in seen.members] == [{"windle"}, frozenset()]
    assert seen.begun == frozenset(), "a draft is seen by its writer only"
    stranger = await make.actor(await make.person("Stranger"))
    with pytest.raises(NotFound):
        await queries.overview(stranger, OWN, made.vacancy.id)


async def test_a_member_may_practise_before_declaring_and_not_after_leaving(db):
    made = await make.panel()
    late = await make.person("Late Member")
    await make.member(made.vacancy, late, declared=False)
    who = await make.actor(late)
    sheet = await queries.own_sheet(who, OWN, made.vacancy.id, "windle")
    await commands.save_sheet(who, OWN, made.vacancy.id, "windle", Sheet(0, sheet.given))
    await panels.declare(who, OWN, made.vacancy.id, Declaration("withdraws", ""))
    with pytest.raises(NotFound):
        await queries.own_sheet(who, OWN, made.vacancy.id, "windle")


async def test_whoever_left_is_no_longer_shown(db):
    made = await make.panel(3)
    for scorer in range(3):
        await make.practised(made, scorer)
    leaver = await make.actor(made.people[2])
    await panels.declare(leaver, OWN, made.vacancy.id, Declaration("withdraws", ""))
    opened = await queries.outcome(await make.actor(made.people[0]), OWN, made.vacancy.id, "windle")
    assert len(opened.members) == len(opened.rows[0].voices) == 2


async def test_a_submitted_case_does_not_change(db):
    made = await make.panel()
    await make.practised(made)
    who, sheet = await make.actor(made.people[0]), await sheet_of(made)
    for write in (
        commands.save_sheet(who, OWN, made.vacancy.id, "windle", Sheet(sheet.version, {"A2": Given(1)})),
        commands.submit_sheet(who, OWN, made.vacancy.id, "windle"),
    ):
        with pytest.raises(Conflict, match="stay as they were"):
            await write
    for change in (
        "UPDATE practice_scorecard SET submitted_at = NULL",
        "UPDATE practice_rating SET level = 1 WHERE code = 'A2'",
        "DELETE FROM practice_rating",
        "INSERT INTO practice_rating (scorecard, code, note) SELECT id, 'A1', '' FROM practice_scorecard",
    ):
        with pytest.raises(asyncpg.PostgresError, match="does not change"):
            await DB._run_in_new_connection(change)


@pytest.mark.parametrize(
    ("columns", "error"),
    [("level", "6"), ("level, no_evidence", "3, true")],
)
async def test_the_database_keeps_levels_on_the_scale(db, columns, error):
    made = await make.panel()
    await make.practised(made, submit=False)
    with pytest.raises(asyncpg.CheckViolationError):
        await PracticeRating.raw(
            f"INSERT INTO practice_rating (scorecard, code, note, {columns})"
            f" SELECT id, 'A1', '', {error} FROM practice_scorecard"
        )


async def test_a_closed_vacancy_takes_no_more_practice(db):
    made = await make.panel()
    await DB._run_in_new_connection(f"UPDATE vacancy SET state = 'closed' WHERE id = {made.vacancy.id}")
    with pytest.raises(Conflict, match="closed"):
        await make.practised(made)


async def test_an_unfinished_case_stays_a_draft(db):
    made = await make.panel()
    who = await make.actor(made.people[0])
    await commands.save_sheet(who, OWN, made.vacancy.id, "windle", Sheet(0, {"A2": Given(1), "B4": Given(3)}))
    with pytest.raises(Invalid) as refused:
        await commands.submit_sheet(who, OWN, made.vacancy.id, "windle")
    assert {"note-A2", "level-C3"} <= set(refused.value.fields)
    assert "level-B4" not in refused.value.fields
    assert (await sheet_of(made)).submitted_at is None


async def test_two_tabs_never_overwrite_each_other_silently(db):
    made = await make.panel()
    who = await make.actor(made.people[0])

    async def save(version, level):
        given = {"A2": Given(level)}
        stored = (await sheet_of(made)).given | given
        return await commands.save_sheet(who, OWN, made.vacancy.id, "windle", Sheet(version, stored))

    assert (await save(0, 3)).version == 1
    assert await save(0, 3) is None, "the same again is no conflict"
    with pytest.raises(commands.Stale) as stale:
        await save(0, 4)
    assert stale.value.stored.given["A2"] == Given(3)
    assert (await save(1, 4)).version == 2
    assert await PracticeScorecard.count() == 1


async def test_practice_never_reaches_the_ratings_of_applicants(db):
    made = await make.panel()
    await make.practised(made)
    rows = await PracticeScorecard.raw(
        "SELECT (SELECT count(*) FROM rating) + (SELECT count(*) FROM assessment) AS n"
    )
    assert rows[0]["n"] == 0


async def test_the_log_says_that_somebody_practised_and_not_how(db):
    made = await make.panel()
    await make.practised(made, A2=5)
    rows = await PracticeScorecard.raw(
        "SELECT event, details::text AS details FROM audit_entry WHERE subject = 'practice_scorecard' ORDER BY id"
    )
    assert [row["event"] for row in rows] == ["practice-scorecard.saved", "practice-scorecard.submitted"]
    assert not any("heard" in row["details"] or "level" in row["details"] for row in rows)


async def test_every_case_can_be_scored_with_the_anchors_of_the_vacancy(db):
    made = await make.panel()
    for key in VIGNETTES:
        sheet = await sheet_of(made, case=key)
        assert len(sheet.items) == 6
        assert all(len(item.anchors) == 5 for item in sheet.items)


async def test_a_vacancy_with_another_framework_uses_the_anchors_of_the_exit_worker(db):
    leader = await make.framework("leader")
    boss = await make.manager()
    vacancy = await make.vacancy(boss)
    await DB._run_in_new_connection(f"UPDATE vacancy SET version = {leader.id} WHERE id = {vacancy.id}")
    person = await make.person("Paul Novak")
    await make.member(vacancy, person)
    sheet = await queries.own_sheet(await make.actor(person), OWN, vacancy.id, "windle")
    assert [item.code for item in sheet.items] == ["A2", "B4", "C3", "D3", "E3", "E6"]


async def test_there_is_no_case_by_another_name(db):
    made = await make.panel()
    with pytest.raises(NotFound):
        await sheet_of(made, case="../windle")
