"""Handlers."""

from litestar import Router

from recruit.support.pages import (
    arrangements,
    catalogue,
    emergencies,
    endings,
    holds,
    keeping,
    measures,
    needs,
    overview,
    plans,
    proposals,
    suggestions,
    talks,
)

router = Router(
    "/",
    route_handlers=[
        overview.router, proposals.router, plans.router, keeping.router, endings.router, measures.router, needs.router,
        talks.router, suggestions.router, emergencies.router, arrangements.router, holds.router, catalogue.router,
    ],
)  # fmt: skip
