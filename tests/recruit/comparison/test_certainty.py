"""How sure the order of applicants is, as the comparison shows it."""

from dataclasses import replace

import make
import pytest

from competences.scoring.verdict import Verdict
from recruit.comparison.rules import Asked, Gates, Scored, Standing, Voice, bands, groups_of, in_groups
from recruit.comparison.rules.certainty import certainty, headline

CLEAR = ((5, 5, 5), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 3, 3))
CLOSE = ((4, 3, 3), (3, 4, 3), (3, 3, 4), (4, 4, 3), (3, 4, 4))


def standing(number: int, levels, *, gate: bool = False) -> Standing:
    asked = Asked(1, 1, "A1", "Integrity", "A", "Characteristics", 1.0, 3, gate, False)
    return Standing(
        number, f"Applicant {number}", (Scored(asked, tuple(Voice(level, given=True) for level in levels)),)
    )


def standings(levels, **columns):
    return [standing(number, row, **columns) for number, row in enumerate(levels, start=1)]


def test_fewer_than_five_are_not_ranked():
    found = certainty(standings(CLEAR[:4]), 1)
    assert (found.verdict, found.shown) == (Verdict.SUPPRESSED, None)


def test_a_clear_leader_is_named_alone():
    rows = standings(CLEAR)
    found = certainty(rows, 1).shown
    assert (
        headline(in_groups(rows, found), found)
        == "Applicant 1 leads, and the scores separate this from the others"
    )
    assert [band.name for band in bands(in_groups(rows, found), rows, found)] == ["Leading group", "Group 2"]
    assert found.ranges[1].tenths >= 9


def test_close_scores_are_said_to_be_close():
    rows = standings(CLOSE)
    found = certainty(rows, 1).shown
    assert headline(rows, found) == "The scores cannot separate these applicants"
    assert [band.name for band in bands(rows, rows, found)] == [""]


@pytest.mark.parametrize(
    ("leaders", "words"),
    [(2, "Applicant 1 and Applicant 2 lead"), (3, "Applicant 1, Applicant 2 and Applicant 3 lead"), (4, "4 applicants lead")],
)  # fmt: skip
def test_leaders_who_are_alike_are_named_together(leaders, words):
    rows = standings([(5, 4, 5)] * leaders + [(1, 2, 1)] * 3)
    found = certainty(rows, 1).shown
    assert headline(in_groups(rows, found), found).startswith(words)


def test_a_gate_that_is_not_met_stands_first_whatever_the_groups_say():
    rows = [
        standing(9, (2, 2, 2), gate=True),
        *standings([(5, 4, 5), (3, 4, 4), (4, 3, 3), (3, 3, 4)], gate=True),
    ]
    found = certainty(rows, 1).shown
    ordered = in_groups(rows, found)
    assert ordered[0].application_id == 9
    assert bands(ordered, rows, found)[0].name == "A gate is not met"
    assert groups_of(rows, found)[9] == 0
    assert ordered[0].gates is Gates.UNMET


def test_somebody_whose_gate_is_not_met_does_not_lead_the_headline():
    star = standing(9, (5, 5, 5))
    unmet = replace(
        star.criteria[0],
        asked=replace(star.criteria[0].asked, id=2, gate=True),
        voices=(Voice(2, given=True),) * 3,
    )
    star = replace(star, criteria=(*star.criteria, *(replace(star.criteria[0]) for _ in range(5)), unmet))
    rows = [star, *standings([(3, 3, 4), (3, 4, 3), (4, 3, 3), (1, 1, 2), (1, 2, 1)])]
    found = certainty(rows, 1).shown
    assert star.gates is Gates.UNMET
    assert found.ranges[9].group == 1
    ordered = in_groups(rows, found)
    assert "Applicant 9" not in headline(ordered, found)
    assert (
        headline(ordered, found)
        == "Applicant 1, Applicant 2 and Applicant 3 lead; the scores cannot separate them"
    )
    assert next(band.name for band in bands(ordered, rows, found)) == "A gate is not met"
    assert groups_of(rows, found)[1] == 1


def test_chances_follow_the_level_that_the_page_shows():
    # The first two are level for every member, but the criterion that one member left open pulls the second down.
    def mixed(number, *levels):
        one = standing(number, levels[0]).criteria[0]
        rows = [replace(one, asked=replace(one.asked, id=place), voices=tuple(Voice(x, given=True) for x in row))
                for place, row in enumerate(levels)]  # fmt: skip
        return Standing(number, f"Applicant {number}", tuple(rows))

    rows = [
        mixed(1, (3, 3, 3), (5, None, None)), mixed(2, (4, 4, 3), (3, 4, 4)), mixed(3, (2, 3, 2), (3, 2, 2)),
        mixed(4, (3, 2, 3), (2, 3, 3)), mixed(5, (3, 3, 2), (2, 2, 3)),
    ]  # fmt: skip
    found = certainty(rows, 1).shown
    assert rows[0].overall.value > rows[1].overall.value
    assert found.ranges[1].chance > found.ranges[2].chance
    for row in rows:
        assert sum(found.ranges[row.application_id].likely) / 2 == pytest.approx(row.overall.value)


def test_ranges_stay_on_the_scale_and_around_the_level():
    for row in certainty(standings(CLEAR), 2).shown.ranges.values():
        assert 1 <= row.wide[0] <= row.likely[0] <= row.likely[1] <= row.wide[1] <= 5


def test_an_applicant_whom_nobody_rated_changes_no_one_else():
    rows = standings(CLEAR)
    silent = replace(standing(8, (None, None, None)), name="Unrated")
    assert certainty([*rows, silent], 1).shown.ranges == certainty(rows, 1).shown.ranges
    found = certainty(rows, 1).shown
    ordered = in_groups([*rows, silent], found)
    assert bands(ordered, ordered, found)[-1].name == "Nobody scored them"
    assert ordered[-1] is silent


def test_the_chance_is_to_be_among_as_many_as_there_are_posts():
    one, two = (certainty(standings(CLOSE), posts).shown for posts in (1, 2))
    assert sum(row.chance for row in one.ranges.values()) == pytest.approx(1)
    assert sum(row.chance for row in two.ranges.values()) == pytest.approx(2)
    assert all(row.chance == 1 for row in certainty(standings(CLOSE), 9).shown.ranges.values())


async def test_the_page_shows_ranges_ranks_and_chances_and_how_they_came_about(as_, db):
    made = await make.open_panel(
        [([level] * 3, [other] * 3, [level, other, level]) for level, other, _ in CLEAR]
    )
    text = (await (await as_(made.people[1])).get(f"/vacancies/{made.vacancy.id}/comparison")).text
    for words in ("Applicant 1 leads", "Could rank", "Likely range (1 in 2)", "in 10", "How we worked this out",
                  "Every member scored everybody"):  # fmt: skip
        assert words in text, words
    assert "Panel quality" not in text  # for the chair and the manager


async def test_with_few_applicants_the_page_says_why_it_shows_no_ranges(as_, db):
    made = await make.open_panel([([4, 4, 4], [3, 4, 5]), ([2, 2, 3], [3, 3, 3]), ([4, 4, 5], [4, 2, 3])])
    text = (await (await as_(made.manager)).get(f"/vacancies/{made.vacancy.id}/comparison")).text
    assert "No ranges are shown." in text
    assert "Only 3 candidates" in text
    assert "Could rank" not in text
    assert "Wide range" not in text


async def test_what_is_kept_is_made_anew_when_an_applicant_withdraws_or_changes_name(as_, db):
    from recruit.applications.tables import Application

    made = await make.open_panel([([one] * 3, [two] * 3, [one, two, one]) for one, two, _ in CLEAR])
    client, url = await as_(made.manager), f"/vacancies/{made.vacancy.id}/comparison"
    assert "Applicant 1 leads" in (await client.get(url)).text
    await Application.update({Application.name: "Ilse Brandt"}).where(
        Application.id == made.applications[0].id
    )
    assert "Ilse Brandt leads" in (await client.get(url)).text
    now = made.applications[0].added_at
    await Application.update({Application.withdrawn_at: now}).where(Application.id == made.applications[0].id)
    text = (await client.get(url)).text
    assert "Ilse Brandt" not in text
    assert "Only 4 candidates" in text


async def test_an_unchanged_comparison_takes_few_queries_and_is_still_refused_to_strangers(
    as_, db, queries_of
):
    made = await make.open_panel([([level] * 3, [other] * 3) for level, other, _ in CLEAR])
    client, url = await as_(made.manager), f"/vacancies/{made.vacancy.id}/comparison"
    assert await queries_of(client, url) <= 8
    assert await queries_of(client, url) <= 4
    assert (await (await as_(await make.person("Stranger"))).get(url)).status_code == 404
