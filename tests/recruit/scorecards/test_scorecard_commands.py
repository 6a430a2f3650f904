"""Saving, submitting, reopening, stepping back: below the pages."""

import asyncio

import make
import pytest
from asyncpg import PostgresError

from competences.assessments.commands.saving import Stale
from competences.assessments.rules import Mark
from competences.assessments.tables import Rating, Submission
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration
from recruit.scorecards import commands
from recruit.scorecards.queries import cards, sealed
from recruit.vacancies.tables import Criterion

OWN = Reach.OWN
WHOLE = {"A1": 4, "B4": 3, "E3": None}


async def first_competence(card_id: int, who) -> int:
    card = await cards.own(who, OWN, card_id)
    return (await cards.sheet(card)).items[0].competence_id


async def test_a_save_is_counted_logged_and_says_nothing_of_the_level_in_the_log(db):
    made = await make.panel()
    card = await make.scored(made, {"A1": 5}, evidence="MARKER")
    entries = await AuditEntry.select().where(AuditEntry.event == "rating.saved")
    assert [entry["subject_id"] for entry in entries] == [card]
    assert "MARKER" not in str(entries)
    assert '"level"' not in entries[0]["details"]


async def test_saving_the_same_again_is_no_change_and_no_conflict_whatever_the_version(db):
    made = await make.panel()
    who, card = await make.actor(made.people[0]), await make.started(made)
    mark = Mark(await first_competence(card, who), 3, False, "Said so.", 0)
    assert (await commands.save_rating(who, OWN, card, mark)).version == 1
    assert await commands.save_rating(who, OWN, card, mark) is None


async def test_a_stale_save_is_refused_with_what_is_stored(db):
    made = await make.panel()
    who, card = await make.actor(made.people[0]), await make.started(made)
    competence = await first_competence(card, who)
    await commands.save_rating(who, OWN, card, Mark(competence, 3, False, "first", 0))
    await commands.save_rating(who, OWN, card, Mark(competence, 4, False, "second", 1))
    with pytest.raises(Stale) as refused:
        await commands.save_rating(who, OWN, card, Mark(competence, 2, False, "third", 1))
    assert (refused.value.stored.level, refused.value.stored.evidence, refused.value.stored.version) == (
        4,
        "second",
        2,
    )


async def test_of_many_saves_at_once_from_one_version_exactly_one_wins(db):
    made = await make.panel()
    who, card = await make.actor(made.people[0]), await make.started(made)
    competence = await first_competence(card, who)
    answers = await asyncio.gather(
        *(
            commands.save_rating(who, OWN, card, Mark(competence, 3, False, f"text {n}", 0))
            for n in range(8)
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert sum(isinstance(answer, Stale) for answer in answers) == 7


async def test_beginning_twice_at_once_makes_one_scorecard(db):
    made = await make.panel()
    who = await make.actor(made.people[0])
    ids = await asyncio.gather(
        *(commands.start_scorecard(who, OWN, made.vacancy.id, made.applications[0].id) for _ in range(5))
    )
    assert len(set(ids)) == 1


async def test_another_member_cannot_save_on_my_scorecard(db):
    made = await make.panel()
    card = await make.started(made)
    me, other = await make.actor(made.people[0]), await make.actor(made.people[1])
    mark = Mark(await first_competence(card, me), 3, False, "", 0)
    for stranger in (other, await make.actor(made.manager), await make.actor(await make.person())):
        with pytest.raises(NotFound):
            await commands.save_rating(stranger, OWN, card, mark)


async def test_a_competence_that_the_vacancy_does_not_ask_for_is_refused(db):
    made = await make.panel()
    card = await make.started(made)
    with pytest.raises(NotFound):
        await commands.save_rating(
            await make.actor(made.people[0]), OWN, card, Mark(999_999, 3, False, "", 0)
        )


async def test_submitting_names_what_is_missing(db):
    made = await make.panel()
    card = await make.scored(made, {"A1": 4})
    with pytest.raises(Invalid) as refused:
        await commands.submit_scorecard(await make.actor(made.people[0]), OWN, card)
    assert len(refused.value.fields) == 2


@pytest.mark.parametrize(("level", "needs"), [(1, True), (2, True), (3, False), (4, False), (5, True)])
async def test_levels_1_2_and_5_need_evidence(db, level, needs):
    made = await make.panel(codes=("A1",))
    who, card = await make.actor(made.people[0]), await make.started(made)
    await commands.save_rating(who, OWN, card, Mark(await first_competence(card, who), level, False, "", 0))
    if needs:
        with pytest.raises(Invalid, match="evidence"):
            await commands.submit_scorecard(who, OWN, card)
    else:
        assert (await commands.submit_scorecard(who, OWN, card)).number == 1


async def test_a_submitted_scorecard_does_not_change_not_even_by_sql(db):
    made = await make.panel()
    card = await make.submitted(made, WHOLE)
    who = await make.actor(made.people[0])
    with pytest.raises(Conflict, match="locked"):
        await commands.save_rating(
            who, OWN, card, Mark(await first_competence(card, who), 1, False, "new", 1)
        )
    with pytest.raises(PostgresError, match="submitted assessment"):
        await Rating.raw("UPDATE rating SET level = 1")
    with pytest.raises(PostgresError, match="submitted assessment"):
        await Rating.raw("DELETE FROM rating")


async def test_the_chair_reopens_with_a_reason_and_every_version_is_kept(db):
    made = await make.panel()
    card = await make.submitted(made, WHOLE, scorer=1)
    chair, member = await make.actor(made.people[0]), await make.actor(made.people[1])
    for stranger in (member, await make.actor(made.manager)):
        with pytest.raises(NotFound):
            await commands.reopen_scorecard(stranger, OWN, made.vacancy.id, card, "why")
    with pytest.raises(Invalid):
        await commands.reopen_scorecard(chair, OWN, made.vacancy.id, card, "  ")
    await commands.reopen_scorecard(chair, OWN, made.vacancy.id, card, "Mixed up two applicants.")
    competence = await first_competence(card, member)
    await commands.save_rating(member, OWN, card, Mark(competence, 2, False, "Corrected.", 1))
    await commands.submit_scorecard(member, OWN, card)
    kept = await Submission.select(Submission.number, Submission.reopened_reason).order_by(Submission.number)
    assert kept == [
        {"number": 1, "reopened_reason": "Mixed up two applicants."},
        {"number": 2, "reopened_reason": ""},
    ]


async def test_ratings_stay_sealed_for_everybody_until_the_reveal(db):
    made = await make.panel()
    await make.submitted(made, WHOLE, scorer=0)
    for row in (*made.people, made.manager):
        with pytest.raises(Conflict, match="1 scorecard is not submitted"):
            await sealed.open_ratings(await make.actor(row), OWN, made.vacancy.id)
    here = await sealed.informed_seat(await make.actor(made.manager), OWN, made.vacancy.id)
    assert await sealed.ratings_for(here) == []


async def test_a_stranger_gets_no_ratings_and_no_reason(db):
    made = await make.revealed()
    for stranger in (await make.person(), await make.manager("Other Manager")):
        with pytest.raises(NotFound):
            await sealed.open_ratings(await make.actor(stranger), OWN, made.vacancy.id)


async def test_all_in_does_not_reveal_by_itself_the_chair_or_manager_does(db):
    made = await make.panel()
    for scorer in (0, 1):
        await make.submitted(made, WHOLE, scorer=scorer)
    with pytest.raises(Conflict, match="All scorecards are in"):
        await sealed.open_ratings(await make.actor(made.people[0]), OWN, made.vacancy.id)
    with pytest.raises(NotFound):
        await commands.reveal_scores(await make.actor(made.people[1]), OWN, made.vacancy.id)
    await commands.reveal_scores(await make.actor(made.people[0]), OWN, made.vacancy.id)
    assert len(await sealed.open_ratings(await make.actor(made.people[1]), OWN, made.vacancy.id)) == 6


async def test_only_the_manager_lifts_the_seal_early_and_only_with_a_reason(db):
    made = await make.panel(scorers=3)
    for scorer in (0, 1):
        await make.submitted(made, WHOLE, scorer=scorer)
    await make.scored(made, {"A1": 1}, scorer=2, evidence="NEVER")
    chair, boss = await make.actor(made.people[0]), await make.actor(made.manager)
    with pytest.raises(Conflict):
        await commands.reveal_scores(chair, OWN, made.vacancy.id, "I am curious.")
    with pytest.raises(Conflict):
        await commands.reveal_scores(boss, OWN, made.vacancy.id, "  ")
    event = await commands.reveal_scores(boss, OWN, made.vacancy.id, "Ruth is ill until January.")
    assert (event.early, event.missing) == (True, 1)
    ratings = await sealed.open_ratings(boss, OWN, made.vacancy.id)
    assert len(ratings) == 6
    assert "NEVER" not in str(ratings)
    with pytest.raises(Conflict):  # too late to submit: it would be scored with knowledge of the others
        await commands.submit_scorecard(await make.actor(made.people[2]), OWN, await make.started_id(made, 2))


async def test_a_panel_of_one_cannot_reveal(db):
    made = await make.panel()
    await make.submitted(made, WHOLE, scorer=0)
    boss = await make.actor(made.manager)
    await panels.remove_member(boss, OWN, made.vacancy.id, made.members[1].id, "Ill.")
    with pytest.raises(Conflict, match="panel of one"):
        await commands.reveal_scores(boss, OWN, made.vacancy.id)
    with pytest.raises(PostgresError, match="panel of one"):
        await Rating.raw("UPDATE vacancy SET revealed_at = now() WHERE id = {}", made.vacancy.id)


async def test_what_a_member_who_withdrew_had_scored_does_not_count(db):
    made = await make.panel(scorers=3)
    for scorer in range(3):
        await make.submitted(made, WHOLE, scorer=scorer, evidence=f"by {scorer}")
    leaving = await make.actor(made.people[2])
    await panels.declare(leaving, OWN, made.vacancy.id, Declaration("withdraws", ""))
    boss = await make.actor(made.manager)
    await commands.reveal_scores(boss, OWN, made.vacancy.id)
    assert {row.evidence for row in await sealed.open_ratings(boss, OWN, made.vacancy.id)} == {"by 0", "by 1"}
    with pytest.raises(NotFound):
        await sealed.open_ratings(leaving, OWN, made.vacancy.id)


async def test_stepping_back_from_one_applicant_leaves_the_others(db):
    made = await make.panel(scorers=3, applicants=2)
    for scorer in range(3):
        for applicant in range(2):
            if (scorer, applicant) != (2, 1):
                await make.submitted(made, WHOLE, scorer, applicant)
    card = await make.started(made, 2, 1)
    await commands.recuse(await make.actor(made.people[2]), OWN, card, "Former colleague.")
    assert await sealed.missing_scorecards(made.vacancy.id) == 0


async def test_criteria_are_fixed_once_scoring_is_open_not_even_by_sql(db):
    await make.panel()
    for change in ("UPDATE criterion SET weight = 2, weight_reason = 'x'", "DELETE FROM criterion"):
        with pytest.raises(PostgresError, match="fixed once scoring has opened"):
            await Criterion.raw(change)


async def test_nobody_begins_to_score_before_declaring(db):
    made = await make.panel()
    late = await make.person("Late Member")
    await make.member(made.vacancy, late, declared=False)
    with pytest.raises(NotFound):
        await commands.start_scorecard(await make.actor(late), OWN, made.vacancy.id, made.applications[0].id)
