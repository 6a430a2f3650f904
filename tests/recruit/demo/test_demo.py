"""The invented organisation: everything in it was done through the rules, once."""

from datetime import UTC, date, datetime

import make
import pytest
from make import support
from rich.console import Console

from competences.actor import SYSTEM
from competences.audit.queries import verify
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.support.commands.reading import open_plan
from competences.support.tables import SupportPlan
from competences.training.queries.standing import standings
from competences.training.rules.standing import Stands
from recruit.demo import cast, fill, scale, staff_support
from recruit.demo.pdf import pdf

STORIES = ("youth", "adults", "mentor")


@pytest.mark.parametrize("name", STORIES)
def test_scores_name_criteria_of_their_vacancy_and_say_what_they_rest_on(name):
    story = cast.story(name)
    codes = {row["code"] for row in story.criteria}
    for applicant in story.applicants:
        for member, given in applicant.scores.items():
            whole = set(given) == codes
            assert whole or (name, member) == ("youth", "mara"), (applicant.name, member)
            bare = [code for code, (level, text) in given.items() if level in (1, 2, 5) and not text]
            assert not bare or not whole, (applicant.name, member, bare)


def test_everybody_has_an_address_in_plain_letters():
    people = [*cast.PLAYERS, *cast.colleagues()]
    assert {"selin.aydin@demo.example", "yusuf.yilmaz@demo.example"} <= {player.address for player in people}
    assert all(player.address.isascii() and player.address.endswith("@demo.example") for player in people)
    assert len({player.address for player in people}) == len(people)


def test_the_same_people_are_invented_each_time():
    assert cast.colleagues() == cast.colleagues()


def test_a_paper_is_a_pdf():
    assert pdf(["Ilse (Brandt) \\ Łódź"]).startswith(b"%PDF-1.4")


async def test_the_demo_fills_once_and_its_log_is_whole(db):
    steps = []
    await fill.fill(steps.append)
    entries = (await verify()).entries
    await fill.fill(steps.append)
    verdict = await verify()
    assert verdict.whole
    assert verdict.entries == entries
    assert len(steps) == 6


async def test_one_plan_is_there_to_look_at_and_its_words_are_sealed(db):
    await fill.fill(lambda step: None)
    (plan,) = await SupportPlan.objects()
    ruth = await Person.objects().get(Person.id == plan.lead)
    daniel = await Person.objects().get(Person.id == plan.person)
    view = await open_plan(await make.actor(daniel), support.ring(), plan.id, datetime.now(UTC))
    assert (ruth.name, daniel.name) == ("Ruth Okello", "Daniel Rask")
    assert staff_support.WORDS in str(view)
    assert staff_support.WORDS[:30].encode() not in plan.body


async def test_the_three_vacancies_stand_where_they_should(db):
    await fill.fill(lambda step: None)
    rows = await Person.raw(
        "SELECT v.title, v.state, v.revealed_at IS NOT NULL AS revealed,"
        " count(DISTINCT s.id) FILTER (WHERE t.submitted_at IS NOT NULL) AS submitted,"
        " count(DISTINCT s.id) AS begun, count(DISTINCT l.id) AS letters"
        " FROM vacancy v JOIN application a ON a.vacancy = v.id LEFT JOIN scorecard s ON s.application = a.id"
        " LEFT JOIN assessment t ON t.id = s.assessment LEFT JOIN letter l ON l.application = a.id GROUP BY v.id"
    )
    assert {tuple(row.values()) for row in rows} == {
        ("Exit worker, youth team", "scoring", False, 5, 6, 0),
        ("Exit worker, adults team", "scoring", True, 21, 21, 0),
        ("Mentor, youth team", "decided", True, 9, 9, 3),
    }


@pytest.mark.parametrize("people", [1, 9, 100, 2200, 100_000])
def test_a_plan_has_room_for_everybody(people):
    plan = scale.plan(people)
    assert plan.applicants + plan.staff == people
    assert plan.largest <= scale.MOST_IN_ONE
    assert plan.largest + (plan.vacancies - 1) * plan.usual >= plan.applicants
    assert plan.usual <= scale.MOST_IN_ONE


async def test_scaling_adds_exactly_so_many_people_and_says_so_once_in_the_log(db):
    await fill.fill(lambda step: None)
    await scale.scale(1500, Console(quiet=True))
    staff = await Person.raw("SELECT count(*) AS n FROM person WHERE email LIKE '%@scale.example'")
    applicants = await Person.raw("SELECT count(*) AS n FROM application WHERE email LIKE '%@scale.example'")
    logged = await Person.raw("SELECT details::text AS d FROM audit_entry WHERE event = 'demo.scaled'")
    assert (staff[0]["n"], applicants[0]["n"], len(logged)) == (150, 1350, 1)
    assert (await verify()).whole


async def test_scaled_vacancies_come_in_every_state_of_scoring(db):
    await fill.fill(lambda step: None)
    await scale.scale(1500, Console(quiet=True))
    rows = await Person.raw(
        "SELECT DISTINCT state, revealed_at IS NOT NULL AS revealed FROM vacancy WHERE title ~ '[0-9]'"
    )
    assert {(row["state"], row["revealed"]) for row in rows} == {
        ("open", False), ("scoring", False), ("scoring", True)
    }  # fmt: skip


async def test_the_demo_has_practised_so_that_there_is_something_to_compare(db):
    await fill.fill(lambda step: None)
    rows = await Person.raw(
        "SELECT p.name, s.vignette FROM practice_scorecard s JOIN panel_member m ON m.id = s.member"
        " JOIN person p ON p.id = m.person WHERE s.submitted_at IS NOT NULL ORDER BY 1, 2"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Mara Keller", "windle"), ("Selin Aydın", "hale"), ("Selin Aydın", "windle")
    ]  # fmt: skip


async def test_the_demo_shows_each_way_to_stand_towards_a_course_and_what_waits_for_somebody(db):
    await fill.fill(lambda step: None)
    rows = await standings(SYSTEM, Reach.ALL, date.today())
    assert {row.stands(date.today()) for row in rows} >= {
        Stands.EXPIRED, Stands.TO_DO, Stands.WAITING, Stands.ENDING, Stands.IN_DATE,
    }  # fmt: skip
    assert any(row.booked_on for row in rows)
    waiting = await Person.raw(
        "SELECT (SELECT count(*) FROM course_request WHERE answered_at IS NULL) AS requests,"
        " (SELECT count(*) FROM completion WHERE origin = 'external' AND checked_at IS NULL) AS certificates,"
        " (SELECT count(*) FROM attendance WHERE present) AS came, (SELECT count(*) FROM outcome) AS outcomes"
    )
    assert waiting == [{"requests": 1, "certificates": 1, "came": 4, "outcomes": 0}]
    assert (await verify()).whole
