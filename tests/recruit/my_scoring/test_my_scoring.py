"""One's own way of scoring: for oneself, from ten applicants on, without anybody's name."""

import make

from competences.people.reach import Reach
from recruit.my_scoring.rules import record, sentences
from recruit.scorecards.queries.sealed import own_comparisons

OWN = Reach.OWN


def strict_first(count):
    """The first member gives everybody one level less, and the same on everything."""
    return [([2, 2, 2], [2, 3, 4]) if place % 2 else ([3, 3, 3], [3, 4, 5]) for place in range(count)]


async def test_below_ten_applicants_nothing_is_said(as_, db):
    made = await make.open_panel(strict_first(9))
    text = (await (await as_(made.people[0])).get("/me/scoring")).text
    assert "You have scored 9 applicants" in text
    assert "tend to give" not in text
    assert "Spread" not in text


async def test_from_ten_on_over_several_panels_one_learns_about_oneself(as_, db):
    made = await make.open_panel(strict_first(6))
    await make.open_panel(strict_first(5), people=[made.people[0], await make.person("Ruth Okello")])
    text = (await (await as_(made.people[0])).get("/me/scoring")).text
    assert "You tend to give lower levels than your co-raters" in text
    assert "one impression colours the others" in text
    assert "11 of 11 applicants got one and the same level" not in text  # three criteria are no straight line
    assert "Member 2" not in text
    assert "Ruth Okello" not in text


async def test_a_panel_of_few_applicants_says_nothing_by_itself(as_, db):
    made = await make.open_panel(strict_first(9))
    other = await make.open_panel(strict_first(2), people=[made.people[0], await make.person("Ruth Okello")])
    found = record(await own_comparisons(await make.actor(made.people[0]), OWN))
    assert [(row.vacancy_id, row.own is None) for row in found.campaigns] == [
        (made.vacancy.id, False), (other.vacancy.id, True)
    ]  # fmt: skip
    text = (await (await as_(made.people[0])).get("/me/scoring")).text
    assert "too few to say" in text
    assert "11 applicants are few" in text


async def test_nobody_reads_anybody_elses(as_, db):
    made = await make.open_panel(strict_first(12))
    for row in (made.manager, await make.person("Stranger"), await make.person("Boss", "administrator")):
        rows = await own_comparisons(await make.actor(row), OWN)
        assert rows == []
        text = (await (await as_(row)).get("/me/scoring")).text
        assert "tend to give" not in text
    assert await own_comparisons(await make.actor(made.people[0]), Reach.NO) == []


async def test_scores_that_are_still_sealed_do_not_count(db):
    made = await make.panel(2, 1)
    await make.submitted(made, {"A1": 1, "B4": 5, "E3": 2}, 0)
    await make.submitted(made, {"A1": 4, "B4": 5, "E3": 2}, 1)
    assert await own_comparisons(await make.actor(made.people[0]), OWN) == []


async def test_applicants_whom_one_did_not_score_are_left_out(db):
    made = await make.open_panel([([3, 3, 3], [4, 4, 4]), (None, [1, 1, 1])])
    rows = await own_comparisons(await make.actor(made.people[0]), OWN)
    assert {row.application_id for row in rows} == {made.applications[0].id}
    assert record(rows).missing == 9


async def test_who_scores_like_the_others_is_told_so(db):
    alike = [([2, 3, 4], [2, 3, 4]), ([3, 4, 5], [4, 3, 5])] * 6
    made = await make.open_panel(alike)
    said = sentences(record(await own_comparisons(await make.actor(made.people[0]), OWN)).whole)
    assert said[0] == "You are about as strict as your co-raters."
    assert said[1] == "You use about as much of the scale as your co-raters."
