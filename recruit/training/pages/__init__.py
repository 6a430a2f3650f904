"""Handlers of training, one module for each noun."""

from litestar import Router

from recruit.training.pages import (
    attendance,
    calendar,
    certificates,
    completions,
    courses,
    due,
    effects,
    imports,
    lone_work,
    matrix,
    mine,
    outcomes,
    plan,
    requests,
    sessions,
    year,
)

router = Router(
    "/",
    route_handlers=[
        courses.router,
        sessions.router,
        attendance.router,
        outcomes.router,
        matrix.router,
        due.router,
        requests.router,
        effects.router,
        lone_work.router,
        completions.router,
        certificates.router,
        calendar.router,
        mine.router,
        imports.router,
        plan.router,
        year.router,
    ],
)
