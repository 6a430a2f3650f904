"""What is needed at which level, how it is covered, and what somebody's leaving or coming changes."""

from competences.coverage.rules.cover import Named, Need, Row, Stands, closings, in_order, leaving, need_of
from competences.scoring.scale import LEVELS


def row(at: dict[int, set[int]], need: Need | None, code: str = "E1") -> Row:
    named = Named(1, "Exit worker", code, "Listening", "Skills")
    return Row(named, counts(at), tuple(min(at.get(level, ()), default=None) for level in LEVELS), 1, need)


def counts(at: dict[int, set[int]]) -> tuple[int, ...]:
    return tuple(len(at.get(level, ())) for level in LEVELS)


def test_as_many_are_needed_as_have_a_role_that_asks_for_the_level():
    assert need_of([3, 3, 3], counts({})) == Need(3, 3)


def test_one_person_alone_is_never_enough():
    assert need_of([4], counts({4: {1}})) == Need(4, 2)


def test_of_several_levels_the_one_with_the_smallest_margin_is_the_need():
    held = counts({3: set(range(8)), 4: {9}})
    assert need_of([3, 3, 3, 3, 4], held) == Need(4, 2)  # enough at 3, one short at 4
    assert need_of([3, 3, 3, 3, 4], counts({4: {1, 2}})) == Need(3, 5)


def test_what_no_role_asks_for_needs_nobody():
    assert need_of([], counts({3: {1}})) is None


def test_how_a_competence_stands():
    need = Need(3, 2)
    assert row({2: {1, 2}, 3: {3}}, need).stands is Stands.SHORT
    assert row({3: {3}, 5: {4}}, need).stands is Stands.NO_SPARE
    assert row({3: {3}, 4: {5}, 5: {4}}, need).stands is Stands.COVERED
    assert row({3: {3}}, Need(3, 1, given=True)).stands is Stands.ALONE
    assert row({3: {3}}, None).stands is Stands.NOT_ASKED


def test_a_competence_hangs_on_the_only_one_at_the_level():
    assert row({2: {1, 2}, 4: {3}}, Need(3, 2)).alone == 3
    assert row({3: {1}, 4: {3}}, Need(3, 2)).alone is None


def test_those_without_a_level_are_counted_first():
    assert row({2: {1, 2}, 5: {3}}, None).cells == (1, 0, 2, 0, 0, 1)


def test_the_smallest_margin_comes_first_and_what_is_not_asked_last():
    short, spare, free = row({}, Need(3, 2)), row({3: {1, 2, 3}}, Need(3, 2)), row({}, None)
    assert in_order([free, spare, short]) == [short, spare, free]


def test_somebody_who_leaves_takes_along_what_they_hold_at_the_level_and_the_need_stays():
    held = row({3: {1, 2}}, Need(3, 2), "E1")
    below = row({2: {1}, 3: {2, 3}}, Need(3, 2), "E2")
    (change,) = leaving([below, held], {(1, "E1"): 3, (1, "E2"): 2})
    assert (change.before.stands, change.after.stands, change.after.margin) == (
        Stands.NO_SPARE,
        Stands.SHORT,
        -1,
    )


def test_an_applicant_closes_what_is_short_only_at_the_level_needed():
    short, alone = row({}, Need(4, 2), "E1"), row({3: {1}}, Need(3, 1, given=True), "E2")
    fine, unseen = row({3: {1, 2}}, Need(3, 1), "E3"), row({}, Need(3, 2), "E4")
    found = closings(
        [short, alone, fine, unseen], {(1, "E1"): 3.5, (1, "E2"): 3.0, (1, "E3"): 5, (1, "E4"): None}
    )
    assert [(one.row.named.code, one.closes) for one in found] == [("E1", False), ("E2", True), ("E4", False)]
