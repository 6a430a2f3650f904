"""Handlers of the plan: what to hold next, and when trainers are away."""

from litestar import Router

from recruit.training.pages.plan import absences, reading

router = Router("/", route_handlers=[reading.router, absences.router])
