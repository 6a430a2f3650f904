"""What a panel's scores can bear: for the chair and the manager, after the reveal, and no more than it bears."""

import make
import pytest

from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from recruit.panel_quality import queries

OWN = Reach.OWN
# Six applicants, three members, three criteria; the second member is a level stricter.
SCORED = [
    ([5, 4, 5], [4, 3, 4], [5, 5, 4]),
    ([4, 4, 4], [3, 3, 3], [4, 4, 5]),
    ([3, 4, 3], [2, 3, 2], [3, 3, 3]),
    ([2, 3, 3], [1, 2, 2], [3, 2, 3]),
    ([2, 2, 1], [1, 1, 1], [2, 2, 2]),
    ([4, 3, 3], [3, 2, 2], [4, 3, 4]),
]


def address(made):
    return f"/vacancies/{made.vacancy.id}/panel-quality"


async def test_the_chair_and_the_manager_see_it_and_nobody_else(as_, db):
    made = await make.open_panel(SCORED)
    for row in (made.people[0], made.manager):
        assert (await (await as_(row)).get(address(made))).status_code == 200
    for row in (made.people[1], await make.manager("Other Manager"), await make.person("Stranger")):
        assert (await (await as_(row)).get(address(made))).status_code == 404
        with pytest.raises(NotFound):
            await queries.quality_seat(await make.actor(row), OWN, made.vacancy.id)


async def test_before_the_reveal_there_is_nothing_to_see(as_, db):
    made = await make.panel(2, 1)
    await make.submitted(made, {"A1": 1, "B4": 5, "E3": 2}, evidence="MARKER")
    answer = await (await as_(made.manager)).get(address(made))
    assert answer.status_code == 409
    assert "MARKER" not in answer.text
    with pytest.raises(Conflict, match="sealed"):
        await queries.quality_seat(await make.actor(made.manager), OWN, made.vacancy.id)


async def test_it_says_how_reliable_where_from_and_what_would_help(as_, db):
    made = await make.open_panel(SCORED)
    text = (await (await as_(made.manager)).get(address(made))).text
    for words in (
        "Another panel of this kind would order the applicants in a similar way",
        "Strictness of members",
        "One member more",
        "Two criteria more",
        "without",
        "6 candidates are few",
        "How we worked this out",
    ):
        assert words in text, words
    assert '<td class="num">3</td><td class="num">3</td>' in text  # three members, three criteria: no 3.0


async def test_below_five_applicants_only_the_reason_is_shown(as_, db):
    made = await make.open_panel(SCORED[:4])
    text = (await (await as_(made.manager)).get(address(made))).text
    assert "Only 4 candidates can be compared" in text
    for words in (
        "unit-range",
        "One member more",
        "of 100 comparisons",
        "Strictness of members",
        "without Member",
    ):
        assert words not in text, words


async def test_levels_that_are_all_the_same_are_called_undefined_not_perfect(as_, db):
    made = await make.open_panel([([3, 3, 3], [3, 3, 3])] * 6)
    answer = await (await as_(made.manager)).get(address(made))
    assert answer.status_code == 200
    assert "Not shown." in answer.text
    assert "<b>1.00</b>" not in answer.text
    assert "All levels are the same" in answer.text


async def test_a_panel_that_fell_apart_is_not_put_on_one_scale(as_, db):
    apart = [
        (row[0], row[1], None, None) if place < 3 else (None, None, row[0], row[2])
        for place, row in enumerate(SCORED)
    ]
    made = await make.open_panel(apart)
    client = await as_(made.manager)
    text = (await client.get(address(made))).text
    assert "no candidate in common" in text
    comparison = (await client.get(f"/vacancies/{made.vacancy.id}/comparison")).text
    assert "no candidate in common" in comparison
    assert "Could rank" not in comparison


async def test_it_takes_few_queries_and_fewer_when_nothing_changed(as_, db, queries_of):
    made = await make.open_panel(SCORED)
    client = await as_(made.manager)
    assert await queries_of(client, address(made)) <= 8
    assert await queries_of(client, address(made)) <= 4


async def test_where_members_share_the_work_each_applicant_counts_with_those_who_met_them(db):
    from recruit.panel_quality.rules import quality

    shared = [
        (row[0], row[1], None) if place % 2 else (None, row[1], row[2]) for place, row in enumerate(SCORED)
    ]
    made = await make.open_panel(shared)
    here = await queries.quality_seat(await make.actor(made.manager), OWN, made.vacancy.id)
    found = quality((await queries.scores(here)).standings)
    this, more = found.prospects.shown[:2]
    assert (this.members, more.members) == (2, 3)
    assert this.reached.relative < more.reached.relative
    assert all(row.without[1] is None for row in found.orders.shown)  # the second member is the only link
    assert [row.rank for row in found.orders.shown] == sorted(row.rank for row in found.orders.shown)


async def test_the_caution_stays_where_one_statistic_is_withheld(as_, db):
    shared = [
        (row[0], row[1], None) if place % 2 else (None, row[1], row[2]) for place, row in enumerate(SCORED)
    ]
    made = await make.open_panel(shared)
    text = (await (await as_(made.manager)).get(address(made))).text
    assert "6 candidates are few" in text
    assert "Not shown." in text
    assert "One member more" in text
