"""Rounds, one's own assessments, and the talks that follow."""

from litestar import Router

from recruit.assessments.pages import answers, rounds, talks

router = Router("/", route_handlers=[rounds.router, answers.router, talks.router])
