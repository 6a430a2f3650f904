"""Gates, levels and order, without a database."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from recruit.comparison.rules import (
    Asked,
    Gates,
    Scored,
    Standing,
    Voice,
    differences,
    in_order,
    needed,
    with_agreed,
)

LEVELS = st.one_of(st.none(), st.integers(1, 5))


def asked(number: int, *, gate: bool = False, weight: float = 1, required: int = 3) -> Asked:
    domain = "AB"[number % 2]
    return Asked(
        number,
        number,
        f"{domain}{number}",
        f"Criterion {number}",
        domain,
        f"Domain {domain}",
        weight,
        required,
        gate,
        False,
    )


def scored(number: int, levels, **columns) -> Scored:
    voices = tuple(Voice(level, level is None, "", given=True) for level in levels)
    return Scored(asked(number, **columns), voices)


def standing(*rows: Scored, name: str = "Ilse", number: int = 1) -> Standing:
    return Standing(number, name, tuple(sorted(rows, key=lambda row: row.asked.domain_code)))


MATRIX = st.lists(st.lists(LEVELS, min_size=3, max_size=3), min_size=1, max_size=8)


def of(matrix, gates=()) -> Standing:
    return standing(*(scored(number, levels, gate=number in gates) for number, levels in enumerate(matrix)))


@given(MATRIX, st.permutations(range(3)))
def test_levels_gates_and_order_do_not_depend_on_who_sits_where(matrix, seats):
    before, after = of(matrix, {0}), of([[row[seat] for seat in seats] for row in matrix], {0})
    assert before.overall == after.overall
    assert before.gates == after.gates
    other = standing(scored(0, [3, 3, 3]), name="Noor", number=2)
    assert [row.name for row in in_order([before, other])] == [row.name for row in in_order([after, other])]


@given(MATRIX, MATRIX)
def test_no_other_score_changes_a_gate(one, two):
    gate = [2, 2, 3]
    rest_one, rest_two = of([gate, *one], {0}), of([gate, *two], {0})
    assert rest_one.gates is rest_two.gates is Gates.UNMET
    assert [row.asked.id for row in rest_one.unmet] == [0]


@given(MATRIX, st.data())
def test_a_criterion_that_nobody_could_judge_lowers_the_coverage_never_the_level(matrix, data):
    whole = of(matrix)
    blank = of([*matrix, [None, None, None]])
    assert blank.overall.rated == whole.overall.rated
    assert blank.overall.asked == whole.overall.asked + 1
    if whole.overall.value is None:
        assert blank.overall.value is None
    else:
        assert abs(blank.overall.value - whole.overall.value) < 1e-9


@given(st.lists(LEVELS, min_size=3, max_size=3), st.integers(0, 2))
def test_no_evidence_by_one_member_is_counted_as_missing_and_not_as_a_level(levels, seat):
    row = scored(1, levels)
    quiet = replace(
        row,
        voices=tuple(Voice(None, True, "", given=True) if n == seat else v for n, v in enumerate(row.voices)),
    )
    rated = [level for n, level in enumerate(levels) if n != seat and level is not None]
    assert quiet.level == (sum(rated) / len(rated) if rated else None)


def test_a_gate_is_met_questioned_unseen_or_not_met():
    assert scored(1, [3, 3], gate=True).gate is Gates.MET
    assert scored(1, [2, 4], gate=True).gate is Gates.QUESTIONED
    assert scored(1, [2, 3], gate=True).gate is Gates.UNMET
    assert scored(1, [None, None], gate=True).gate is Gates.UNSEEN
    assert scored(1, [1, 1]).gate is Gates.MET, "only gates are gates"


def test_who_sees_a_gate_below_is_named_by_seat():
    assert scored(1, [2, 4, None, 1], gate=True).below == (0, 3)


def test_a_gate_that_is_not_met_comes_first_however_high_the_rest():
    strong = standing(
        scored(0, [2, 2], gate=True), scored(1, [5, 5]), scored(3, [5, 5]), name="Strong", number=1
    )
    weak = standing(scored(0, [3, 3], gate=True), scored(1, [1, 1]), scored(3, [1, 1]), name="Weak", number=2)
    unseen = standing(scored(0, [None, None], gate=True), scored(1, [5, 5]), name="Unseen", number=3)
    assert [row.name for row in in_order([weak, unseen, strong])] == ["Strong", "Unseen", "Weak"]
    assert strong.overall.value == 4


def test_within_a_band_the_order_follows_the_level_and_the_unscored_come_last():
    high, low = (
        standing(scored(1, [4, 4]), name="High", number=1),
        standing(scored(1, [2, 2]), name="Low", number=2),
    )
    none = standing(scored(1, [None, None]), name="Aaron", number=3)
    assert [row.name for row in in_order([none, low, high])] == ["High", "Low", "Aaron"]


def test_weights_count_once_in_the_level_and_in_what_is_needed():
    row = standing(scored(1, [5, 5], weight=3), scored(3, [1, 1], weight=1, required=4))
    assert row.overall.value == 4
    assert needed(part.asked for part in row.criteria) == (3 * 3 + 4) / 4
    assert needed([]) is None


def test_domains_hold_each_members_own_level():
    row = standing(scored(0, [4, None]), scored(2, [2, None]), scored(1, [5, 1]))
    assert [(domain.code, domain.marks) for domain in row.domains] == [("A", (3, None)), ("B", (5, 1))]


def test_missing_ratings_are_counted_beside_criteria_that_nobody_rated():
    row = standing(scored(0, [4, None]), scored(1, [None, None]))
    assert row.missing == 1
    assert (row.overall.rated, row.overall.asked) == (1, 2)


def test_differences_of_two_or_more_the_widest_first_then_gates():
    row = standing(scored(0, [2, 4]), scored(1, [1, 4]), scored(2, [2, 4], gate=True), scored(3, [3, 4]))
    assert [found.scored.asked.id for found in differences([row])] == [1, 2, 0]


def test_an_agreed_level_takes_the_place_of_the_mean():
    before = standing(scored(1, [2, 4], gate=True))
    assert before.gates is Gates.QUESTIONED
    assert with_agreed(before, {1: 3}).gates is Gates.MET
    assert with_agreed(before, {1: 2}).overall.value == 2
    assert with_agreed(before, {1: 2}).gates is Gates.UNMET
    assert with_agreed(before, {1: None}).overall.value == 3, "kept differences keep the mean"
    assert with_agreed(before, {}) == before


def test_all_gave_the_same_means_everybody_who_scored():
    row = scored(1, [3, 3])
    assert row.unanimous == 3
    absent = replace(row, voices=(*row.voices, Voice()))
    assert absent.unanimous == 3, "somebody who did not score this applicant has no say"
    quiet = replace(row, voices=(*row.voices, Voice(None, True, "", given=True)))
    assert quiet.unanimous is None, "no evidence is not the same level"
    assert scored(1, [3]).unanimous is None
