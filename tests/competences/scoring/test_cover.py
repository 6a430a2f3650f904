"""The smallest groups that cover everything: what they are, and that no other way of looking finds others."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competences.scoring import cover
from competences.scoring.cover import MAX_PEOPLE, smallest_covers

SIX = ("L1", "L2", "L3", "L4", "L5", "L6")


def test_a_greedy_choice_is_not_good_enough():
    held = {"Ada": {"L1", "L2", "L3", "L4"}, "Ben": {"L1", "L2", "L5"}, "Cy": {"L3", "L4", "L6"}}
    found = smallest_covers(held, SIX)
    assert found.groups == (("Ben", "Cy"),)  # whoever begins with Ada needs all three
    assert (found.size, found.total, found.more) == (2, 1, False)
    assert found.needed == ("Ben", "Cy")


def test_every_alternative_is_named_also_people_who_cover_less_than_others():
    held = {"Ada": {"L1", "L2"}, "Ben": {"L1"}, "Cy": {"L2", "L3"}, "Di": {"L2", "L3"}}
    found = smallest_covers(held, SIX[:3])
    assert set(found.groups) == {("Ada", "Cy"), ("Ada", "Di"), ("Ben", "Cy"), ("Ben", "Di")}
    assert found.needed == ()


def test_what_nobody_covers_stays_uncovered_and_the_rest_is_covered():
    found = smallest_covers({"Ada": {"L2"}, "Ben": set()}, SIX[:3])
    assert (found.size, found.groups, found.uncovered) == (1, (("Ada",),), ("L1", "L3"))


def test_nobody_is_needed_where_nothing_can_be_covered():
    found = smallest_covers({"Ada": set()}, SIX)
    assert (found.size, found.groups, found.total, found.uncovered) == (0, ((),), 1, SIX)


def test_too_many_alternatives_are_counted_and_named_up_to_a_bound():
    held = {person: {SIX[person % 6]} for person in range(60)}
    found = smallest_covers(held, SIX, listed=50, counted=1000)  # ten for each of six: a million groups
    assert (found.size, found.total, found.more, len(found.groups)) == (6, 1000, True, 50)
    assert not found.stopped
    assert len(set(found.groups)) == 50


def test_a_search_that_ends_before_it_has_seen_all_says_so(monkeypatch):
    held = {person: {SIX[person % 3]} for person in range(9)}
    monkeypatch.setattr(cover, "STEPS", 1)
    found = smallest_covers({**held, "Ada": set(SIX[:3])}, SIX[:3])
    assert (found.size, found.more) == (1, False)
    monkeypatch.setattr(cover, "STEPS", 3)
    found = smallest_covers(
        {place: {SIX[place % 2], f"X{place // 2}"} for place in range(8)}, [*SIX[:2], "X0", "X1", "X2", "X3"]
    )
    assert (found.stopped, found.more, found.total < 14) == (True, False, True)


def test_more_people_than_it_promises_to_look_at_are_refused():
    with pytest.raises(ValueError, match="61 people"):
        smallest_covers({person: {"L1"} for person in range(MAX_PEOPLE + 1)}, SIX)


def brute(held, wanted):
    coverable = set().union(*held.values()) & set(wanted)
    for size in range(len(held) + 1):
        groups = [
            group
            for group in combinations(held, size)
            if coverable <= set().union(*(held[person] for person in group))
        ]
        if groups:
            return size, groups, coverable
    raise AssertionError("all together cover what can be covered")


teams = st.integers(1, 9).flatmap(
    lambda wide: st.lists(st.frozensets(st.integers(0, wide - 1)), min_size=0, max_size=9)
)


@settings(max_examples=400, deadline=None)
@given(teams)
def test_it_finds_what_trying_every_group_finds(team):
    held = dict(enumerate(team))
    size, groups, coverable = brute(held, range(9))
    found = smallest_covers(held, range(9), listed=1000)
    assert found.size == size
    assert list(found.groups) == sorted(groups)
    assert (found.total, found.more, found.stopped) == (len(groups), False, False)
    assert set(found.uncovered) == set(range(9)) - coverable
    alone = {person for person in held if any(found_alone(held, person, one) for one in held[person])}
    assert set(found.needed) == alone


def found_alone(held, person, competence):
    return not any(competence in held[other] for other in held if other != person)
