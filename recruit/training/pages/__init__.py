"""Handlers of training, one module for each noun."""

from litestar import Router

from recruit.training.pages import attendance, courses, effects, matrix, sessions

router = Router(
    "/", route_handlers=[courses.router, sessions.router, attendance.router, matrix.router, effects.router]
)
