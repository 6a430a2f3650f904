"""Handlers of training, one module for each noun."""

from litestar import Router

from recruit.training.pages import attendance, courses, effects, lone_work, matrix, outcomes, sessions

router = Router(
    "/",
    route_handlers=[
        courses.router,
        sessions.router,
        attendance.router,
        outcomes.router,
        matrix.router,
        effects.router,
        lone_work.router,
    ],
)
