"""Pages of sessions: when courses are held, planning them, who is on their lists."""

from litestar import Router

from recruit.training.pages.sessions import enrolments, plans, reading

router = Router("/", route_handlers=[reading.router, plans.router, enrolments.router])
