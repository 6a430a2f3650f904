"""When a duty is due, by hand and for any days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competences.care.rules.choices import Duty, Incident
from competences.care.rules.incidents import check_in_by, debrief_until, hours_left
from competences.care.rules.intervals import INTERVALS
from competences.care.rules.register import CareFacts, Held, Stands, due, due_on, missed_in_a_row
from competences.gaps.rules.standing import months_from

TODAY = date(2026, 11, 25)
days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("duty", "held", "started_on", "expected"),
    [
        (Duty.CHECK_UP, Held(done_on=date(2026, 2, 28)), None, date(2027, 2, 28)),
        (Duty.CHECK_UP, Held(done_on=date(2024, 2, 29)), None, date(2025, 2, 28)),
        (Duty.CHECK_UP, Held(), date(2026, 3, 1), date(2027, 3, 1)),
        (Duty.CHECK_UP, Held(), None, TODAY),
        (Duty.CHECK_UP, Held(declined_on=date(2026, 5, 1)), None, date(2027, 5, 1)),
        (Duty.CHECK_UP, Held(done_on=date(2025, 5, 1), next_on=date(2026, 1, 7)), None, date(2026, 1, 7)),
        (Duty.CHECK_UP, Held(done_on=date(2026, 5, 1), next_on=date(2026, 1, 7)), None, date(2027, 5, 1)),
        (Duty.SUPERVISION, Held(done_on=date(2026, 11, 1)), None, date(2026, 12, 13)),
        (Duty.COACHING, Held(), date(2020, 1, 1), None),
        (Duty.COACHING, Held(done_on=date(2026, 11, 1)), None, date(2026, 12, 13)),
        (Duty.ADDRESS, Held(), date(2026, 9, 1), date(2026, 9, 1)),
        (Duty.REAL_NAME, Held(done_on=date(2020, 1, 1)), None, None),
    ],
)
def test_due_by_hand(duty, held, started_on, expected):
    assert due_on(duty, held, started_on, TODAY) == expected


@pytest.mark.parametrize(
    ("left", "stands", "reminder"),
    [
        (61, Stands.IN_DATE, None), (60, Stands.SOON, 60), (31, Stands.SOON, 60), (30, Stands.SOON, 30),
        (1, Stands.SOON, 30), (0, Stands.SOON, 0), (-1, Stands.LATE, 0),
    ],
)  # fmt: skip
def test_a_check_up_is_announced_sixty_thirty_and_no_days_ahead(left, stands, reminder):
    held = Held(done_on=months_from(TODAY, -12), next_on=TODAY + timedelta(days=left))
    found = due(Duty.CHECK_UP, CareFacts(1, None, {Duty.CHECK_UP: held}), TODAY)
    assert (found.stands, found.reminder) == (stands, reminder)


def test_supervision_is_late_more_than_six_weeks_after_the_last():
    def stands(days_ago: int) -> Stands:
        held = {Duty.SUPERVISION: Held(done_on=TODAY - timedelta(days=days_ago))}
        return due(Duty.SUPERVISION, CareFacts(1, None, held), TODAY).stands

    assert [stands(41), stands(42), stands(43)] == [Stands.IN_DATE, Stands.SOON, Stands.LATE]


def test_whoever_works_under_another_name_confirms_no_real_name():
    facts = CareFacts(1, None, other_name_until=TODAY)
    assert due(Duty.REAL_NAME, facts, TODAY).stands is Stands.NONE
    assert due(Duty.REAL_NAME, facts, TODAY + timedelta(days=1)).stands is not Stands.NONE


@given(done=days, duty=st.sampled_from([one for one in Duty if INTERVALS[one].again]))
def test_what_was_done_is_due_again_later_and_always_by_the_same_interval(done, duty):
    again = due_on(duty, Held(done_on=done), None, TODAY)
    assert again is not None
    assert again > done
    assert due_on(duty, Held(done_on=done), date(1999, 1, 1), TODAY + timedelta(days=999)) == again


@given(first=days, second=days, duty=st.sampled_from(list(Duty)))
def test_something_done_later_is_never_due_sooner(first, second, duty):
    early, late = sorted((first, second))
    before, after = (due_on(duty, Held(done_on=one), None, TODAY) for one in (early, late))
    assert before is after is None or before <= after


@pytest.mark.parametrize(
    ("came", "shown"),
    [([], False), ([False], False), ([False, False], True), ([False, False, True], True), ([True, False, False], False)],
)  # fmt: skip
def test_two_missed_in_a_row_show(came, shown):
    assert missed_in_a_row(came) is shown


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    spent=st.integers(0, 100),
)
def test_of_seventy_two_hours_each_that_passes_is_one_less(at, spent):
    until = debrief_until(Incident.THREAT, at)
    assert hours_left(until, at + timedelta(hours=spent)) == 72 - spent


def test_the_hours_are_exact():
    at = datetime(2026, 11, 25, 10, 30, tzinfo=UTC)
    until = debrief_until(Incident.VIOLENCE, at)
    assert until == datetime(2026, 11, 28, 10, 30, tzinfo=UTC)
    assert hours_left(until, until - timedelta(minutes=59)) == 0
    assert hours_left(until, until - timedelta(minutes=60)) == 1


@given(day=days)
def test_after_news_everybody_is_asked_in_the_same_week(day):
    by = check_in_by(Incident.NEWS, day)
    assert by >= day
    assert by.isocalendar()[:2] == day.isocalendar()[:2]
    assert by.isoweekday() == 7
    assert debrief_until(Incident.NEWS, datetime(2026, 1, 1, tzinfo=UTC)) is None


@given(day=days)
def test_after_another_incident_people_are_asked_thirty_days_later(day):
    assert (check_in_by(Incident.THREAT, day) - day).days == 30
