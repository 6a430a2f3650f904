"""Cover of the team and of the organisation, leadership, levels in and out."""

from litestar import Router

from recruit.coverage.pages import cover, imports, leadership

router = Router("/", route_handlers=[cover.router, leadership.router, imports.router])
