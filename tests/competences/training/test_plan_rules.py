"""The fewest sessions that close the most: against every plan that there is, on small organisations."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.training.rules.needs import Aim, Gap, needs, waiting
from competences.training.rules.places import Open, Places, filled, left_open, teaching
from competences.training.rules.plan import WEIGHTS, CourseNeed, Offer, Why, best_plan, free_weeks
from competences.training.rules.standing import CourseStanding

MONDAY = date(2026, 11, 30)
TODAY, UNTIL = date(2026, 11, 25), date(2027, 2, 25)


def weeks(count: int) -> list[date]:
    return [MONDAY + timedelta(7 * number) for number in range(count)]


@st.composite
def organisations(draw):
    """Up to three courses, two trainers with up to two weeks each, and six people."""
    offers = [
        Offer(course, draw(st.integers(1, 3)), frozenset(draw(st.sets(st.sampled_from([101, 102])))))
        for course in range(1, draw(st.integers(1, 3)) + 1)
    ]
    pairs = draw(st.sets(st.tuples(st.integers(1, 6), st.integers(1, len(offers))), max_size=10))
    reasons = st.lists(st.sampled_from(list(Why)), min_size=1, max_size=2).map(tuple)
    found = [CourseNeed(person, course, draw(reasons)) for person, course in sorted(pairs)]
    return found, offers, {trainer: weeks(draw(st.integers(0, 2))) for trainer in (101, 102)}


def every_plan(found, offers, free):
    """Yield (sessions, weight) of each plan that the trainers can hold: what each of their weeks is used for."""
    by_course = {
        offer.course_id: sorted((n.weight for n in found if n.course_id == offer.course_id), reverse=True)
        for offer in offers
    }
    slots = [trainer for trainer, monday in free.items() for _week in monday]
    for taught in product(*([None, *(o.course_id for o in offers if t in o.trainer_ids)] for t in slots)):
        sessions = [course for course in taught if course]
        places = {o.course_id: sessions.count(o.course_id) * o.capacity for o in offers}
        yield len(sessions), sum(sum(by_course[c][: places[c]]) for c in places)


@given(organisations(), st.none() | st.integers(1, 4))
def test_no_plan_of_as_many_sessions_closes_more_and_none_of_fewer_as_much(made, most):
    allowed = [(n, weight) for n, weight in every_plan(*made) if most is None or n <= most]
    plan, best = best_plan(*made, most), max(weight for _n, weight in allowed)
    assert plan.closed == best
    assert len(plan.proposals) == min(n for n, weight in allowed if weight == best)
    for number, reached in enumerate(plan.reached, 1):  # what it says of fewer sessions is the most as well
        assert reached == max(weight for n, weight in allowed if n <= number)


@given(organisations())
def test_a_plan_can_be_held(made):
    found, offers, free = made
    by_course, plan = {offer.course_id: offer for offer in offers}, best_plan(*made)
    wanted = {(need.person_id, need.course_id) for need in found}
    closed = [(one, row.course_id) for row in plan.proposals for one in row.person_ids]
    assert len(closed) == len(set(closed))
    assert wanted >= set(closed)
    for row in plan.proposals:
        assert 1 <= len(row.person_ids) <= by_course[row.course_id].capacity
        assert row.trainer_id in by_course[row.course_id].trainer_ids
        assert row.week in free[row.trainer_id]
    held = [(row.trainer_id, row.week) for row in plan.proposals]
    assert len(held) == len(set(held))
    still = {(need.person_id, need.course_id) for need, _why in left_open(found, by_course, (), plan, None)}
    assert still == wanted - set(closed)


def test_a_trainer_who_teaches_two_courses_leaves_the_one_that_others_teach_too():
    found = [CourseNeed(1, 1, (Why.GAP,)), CourseNeed(2, 2, (Why.MISSING,))]
    offers = [Offer(1, 5, frozenset({101})), Offer(2, 5, frozenset({101, 102}))]
    plan = best_plan(found, offers, {101: weeks(1), 102: weeks(1)})
    assert {(row.course_id, row.trainer_id) for row in plan.proposals} == {(1, 101), (2, 102)}


def test_reasons_weigh_less_in_the_order_in_which_they_press():
    assert [WEIGHTS[why] for why in Why] == sorted(WEIGHTS.values(), reverse=True)
    assert len(set(WEIGHTS.values())) == len(Why)


def test_free_places_go_to_the_most_pressing_and_the_first_session():
    found = [CourseNeed(1, 1, (Why.GAP,)), CourseNeed(2, 1, (Why.LONE_WORK,)), CourseNeed(3, 2, (Why.GAP,))]
    invitations, rest = filled(found, [Places(8, 1, MONDAY, 0), Places(9, 1, MONDAY, 1)])
    assert [(row.session_id, row.person_ids) for row in invitations] == [(9, (2,))]
    assert {(need.person_id, need.course_id) for need in rest} == {(1, 1), (3, 2)}


@pytest.mark.parametrize(
    ("offer", "long", "most", "why"),
    [
        (Offer(1, 5, frozenset({101})), [1], None, Open.LONG),
        (Offer(1, 5, frozenset()), [], None, Open.NOBODY),
        (Offer(2, 5, frozenset({101})), [], None, Open.NOBODY),
        (Offer(1, 5, frozenset({102})), [], None, Open.TIME),
        (Offer(1, 5, frozenset({102})), [], 0, Open.LIMIT),
    ],
)
def test_what_stays_open_says_why(offer, long, most, why):
    need, offers = CourseNeed(1, 1, (Why.GAP,)), {offer.course_id: offer}
    plan = best_plan([need], [offer] if not long else [], {101: weeks(1)})
    assert left_open([need], offers, long, plan, most) == [(need, why)]


def test_who_may_teach_a_course_does_not_take_it_in_the_plan():
    need = CourseNeed(101, 1, (Why.GAP,))
    assert teaching([need, CourseNeed(1, 1, (Why.GAP,))], {1: Offer(1, 5, frozenset({101}))}) == [need]


def test_weeks_are_free_where_nothing_touches_a_working_day():
    absences = [
        (date(2026, 12, 5), date(2026, 12, 6)),  # a weekend takes no week
        (date(2026, 12, 11), date(2026, 12, 14)),  # a Friday and a Monday take two
    ]
    since, until = date(2026, 11, 26), date(2027, 1, 8)
    assert free_weeks(since, until, absences, [date(2026, 12, 30)], 99) == [
        date(2026, 11, 30), date(2026, 12, 21), date(2027, 1, 4),
    ]  # fmt: skip
    assert free_weeks(MONDAY, MONDAY + timedelta(3), [], [], 99) == []
    assert len(free_weeks(since, until, [], [], 2)) == 2


def row(**columns) -> CourseStanding:
    names = CourseStanding.__dataclass_fields__
    base = {"person_id": 1, "course_id": 1, "required": True, "waits": False, "before_lone_work": False}
    return CourseStanding(**{**dict.fromkeys(names), **base, **columns})


@pytest.mark.parametrize(
    ("columns", "whys"),
    [
        ({"before_lone_work": True}, [Why.LONE_WORK]),
        ({"done_on": date(2024, 1, 1), "expires_on": TODAY - timedelta(1)}, [Why.MISSING]),
        ({"due_on": TODAY - timedelta(1)}, [Why.MISSING]),
        ({"due_on": TODAY}, [Why.COMING]),
        ({"due_on": UNTIL + timedelta(1)}, []),
        ({"done_on": TODAY, "expires_on": UNTIL, "before_lone_work": True}, [Why.COMING]),
        ({"done_on": TODAY, "expires_on": UNTIL + timedelta(1)}, []),
        ({"done_on": TODAY}, []),
        ({"before_lone_work": True, "booked_on": UNTIL}, []),
        ({"required": False, "done_on": date(2024, 1, 1), "expires_on": TODAY - timedelta(1)}, []),
    ],
)
def test_a_required_course_is_needed_until_it_is_booked_or_in_date(columns, whys):
    assert [list(need.whys) for need in needs([row(**columns)], [], [], TODAY, UNTIL)] == (
        [whys] if whys else []
    )


def test_a_gap_belongs_to_one_course_that_reaches_the_level():
    aims = [Aim(1, 7, "E3", 3, 8), Aim(2, 7, "E3", 3, 4), Aim(3, 7, "E3", 2, 1), Aim(1, 7, "E4", 3, 8)]
    gap = Gap(1, 7, "E3", 3, False)

    def courses(rows, gaps):
        return [(need.course_id, list(need.whys)) for need in needs(rows, gaps, aims, TODAY, UNTIL)]

    assert courses([], [gap]) == [(2, [Why.GAP])]  # as many people, fewer hours
    assert courses([], [gap, Gap(1, 7, "E4", 3, True)]) == [(1, [Why.GATE, Why.GAP])]  # aims at more
    assert courses([row(course_id=1, due_on=TODAY)], [gap]) == [(1, [Why.COMING, Why.GAP])]  # needed anyway
    assert courses([row(required=False, course_id=1, booked_on=UNTIL)], [gap]) == []  # on the way
    assert courses([], [Gap(1, 7, "E3", 4, False), Gap(1, 8, "E3", 3, False)]) == []  # none reaches it


def test_who_has_not_done_what_comes_first_waits():
    need = CourseNeed(1, 2, (Why.GAP,))
    assert waiting([need], [], {2: [1]}, TODAY) == [need]
    assert waiting([need], [row(done_on=TODAY, expires_on=TODAY)], {2: [1]}, TODAY) == []
    assert waiting([need], [row(done_on=TODAY, expires_on=TODAY)], {2: [1]}, TODAY + timedelta(1)) == [need]
