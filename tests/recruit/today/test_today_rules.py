"""The order of the day, and what a vacancy needs of whom."""

from datetime import UTC, date, datetime

import pytest

from recruit.today.rules import (
    Facts,
    Kind,
    Managed,
    Progress,
    Seat,
    Task,
    Waiting,
    When,
    account_tasks,
    managed_task,
    ordered,
    seat_task,
)

TODAY = date(2026, 11, 24)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_timed_today_comes_first_then_overdue_then_the_rest_by_date():
    tasks = [
        Task(Kind.SCORE, "", "later", at=at(30)),
        Task(Kind.REVEAL, "", "undated"),
        Task(Kind.SCORE, "", "late", at=at(20)),
        Task(Kind.SCORE, "", "afternoon", at=at(24, 14)),
        Task(Kind.PREPARE, "", "closed", day=date(2026, 11, 22)),
        Task(Kind.SCORE, "", "morning", at=at(24, 9)),
    ]
    order = [task.title for task in ordered(tasks, TODAY)]
    assert order == ["morning", "afternoon", "late", "closed", "undated", "later"]


@pytest.mark.parametrize(
    ("task", "when"),
    [
        (Task(Kind.SCORE, "", at=at(24, 23)), When.TODAY),
        (Task(Kind.SCORE, "", at=at(23, 23)), When.LATE),
        (Task(Kind.SCORE, "", at=at(25, 0)), When.LATER),
        (Task(Kind.PREPARE, "", day=TODAY), When.NOW),
        (Task(Kind.REVEAL, ""), When.NOW),
    ],
)
def test_how_a_task_stands_towards_today(task, when):
    assert task.when(TODAY) is when


def managed(**fields) -> Managed:
    usual = {
        "id": 1, "title": "Mentor", "state": "open", "closes_on": None, "revealed": False, "applications": 3,
        "interviews": 3, "criteria": 7, "members": 2, "chairs": 1, "decided": 0,
    }  # fmt: skip
    return Managed(**(usual | fields))


@pytest.mark.parametrize(
    ("row", "far", "kind"),
    [
        (managed(state="draft"), Progress(), Kind.DRAFT),
        (managed(members=1, closes_on=date(2026, 11, 23)), Progress(), Kind.PREPARE),
        (managed(closes_on=date(2026, 11, 23)), Progress(), Kind.OPEN_SCORING),
        (managed(state="scoring"), Progress(due=6, submitted=6), Kind.REVEAL),
        (managed(state="scoring", revealed=True), Progress(6, 6, 21, 20), Kind.CONSENSUS),
        (managed(state="scoring", revealed=True), Progress(6, 6, 21, 21), Kind.DECIDE),
        (managed(state="scoring", revealed=True, decided=3), Progress(6, 6, 21, 21), Kind.SIGN),
    ],
)
def test_what_a_vacancy_needs_of_its_manager(row, far, kind):
    task = managed_task(row, far, TODAY)
    assert isinstance(task, Task)
    assert task.kind is kind


def test_a_vacancy_that_takes_applications_still_needs_nothing():
    assert managed_task(managed(closes_on=TODAY), Progress(), TODAY) is None
    assert managed_task(managed(applications=0), Progress(), TODAY) is None


def test_a_panel_that_scores_is_waited_for():
    waiting = managed_task(managed(state="scoring"), Progress(due=6, submitted=5), TODAY)
    assert waiting == Waiting("Mentor", "/vacancies/1/panel", 5, 6)


def seat(**fields) -> Seat:
    usual = {
        "vacancy_id": 1, "title": "Mentor", "manages": False, "chair": False, "declared": True, "scoring": True,
        "revealed": False,
    }  # fmt: skip
    return Seat(**(usual | fields))


def test_declaring_comes_before_anything_else():
    task = seat_task(seat(declared=False), Progress(due=6, submitted=6))
    assert isinstance(task, Task)
    assert task.kind is Kind.DECLARE


def test_only_the_chair_is_asked_to_reveal():
    whole = Progress(due=6, submitted=6)
    assert seat_task(seat(), whole) is None
    task = seat_task(seat(chair=True), whole)
    assert isinstance(task, Task)
    assert task.kind is Kind.REVEAL


def test_who_manages_and_scores_is_told_once():
    assert seat_task(seat(manages=True, revealed=True), Progress(6, 6, 21, 2)) is None


def test_an_administrator_has_first_steps_until_they_are_done():
    first = [task.kind for task in account_tasks(Facts(accounts=1, units=0, hiring=0, invited=0, ending=0))]
    later = account_tasks(Facts(accounts=9, units=2, hiring=1, invited=0, ending=0))
    assert (first, later) == ([Kind.UNITS, Kind.MANAGERS], [])
    assert account_tasks(Facts()) == []
