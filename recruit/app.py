"""The application: the one list of what it answers to."""

import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import HttpMethod, Litestar, Request, route
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import CacheControlHeader, ResponseHeader, State
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.middleware import DefineMiddleware
from litestar.plugins.htmx import HTMXRequest
from litestar.static_files import create_static_files_router

from competences.actor import Actor
from competences.people.reach import Reach
from competences.sealing.rules import KeyRing
from recruit import daily, database, keys
from recruit.access import Action, guard, reach_of
from recruit.accounts import pages as accounts
from recruit.accounts.queries import signed_in
from recruit.applications import pages as applications
from recruit.assessments import pages as assessments
from recruit.audit import pages as audit
from recruit.care import pages as care
from recruit.comparison import pages as comparison
from recruit.consensus import pages as consensus
from recruit.coverage import pages as coverage
from recruit.decisions import pages as decisions
from recruit.equality import pages as equality
from recruit.frameworks import pages as frameworks
from recruit.gaps import pages as gaps
from recruit.my_scoring import pages as my_scoring
from recruit.panel_quality import pages as panel_quality
from recruit.panels import pages as panels
from recruit.people import pages as people
from recruit.plans import pages as plans
from recruit.practice import pages as practice
from recruit.role_profiles import pages as role_profiles
from recruit.scorecards import pages as scorecards
from recruit.settings import Settings, load
from recruit.support import pages as support
from recruit.today import pages as today
from recruit.training import pages as training
from recruit.vacancies import pages as vacancies
from recruit.web.errors import HANDLERS
from recruit.web.live import living
from recruit.web.render import STATIC
from recruit.web.secret_files import made_once
from recruit.web.session import Authentication

ROUTERS = [
    accounts.router,
    people.router,
    gaps.router,
    plans.router,
    assessments.router,
    frameworks.router,
    audit.router,
    role_profiles.router,
    vacancies.router,
    applications.router,
    panels.router,
    practice.router,
    scorecards.router,
    comparison.router,
    panel_quality.router,
    my_scoring.router,
    consensus.router,
    decisions.router,
    equality.router,
    coverage.router,
    training.router,
    care.router,
    support.router,
    today.router,
]

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "Cache-Control": "no-store",
}


async def actor_of(request: Request[Any, Any, Any]) -> Actor:
    """Who acts; the guard let nobody through who is not signed in, where that matters."""
    return request.user  # type: ignore[no-any-return]


async def ring_of(state: State) -> KeyRing:
    """The master keys; read when something sealed is first opened."""
    return state["ring"]  # type: ignore[no-any-return]


async def reach_here(request: Request[Any, Any, Any]) -> Reach:
    """How far the person reaches with the action that the handler declares."""
    return reach_of(request.user.roles if request.user else frozenset(), request.route_handler.opt["action"])


@route("/{path:path}", http_method=[HttpMethod.GET, HttpMethod.POST], name="missing", action=Action.VISIT)
async def missing() -> None:
    """Any other address: with the session looked up, so that it looks like a forbidden one."""
    raise NotFoundException


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncIterator[None]:
    """Hold the pool; what was loaded until now lives as long as the process."""
    months = app.state.settings.support_months
    async with database.pool(), living(consensus.LIVE), daily.hourly(months):
        gc.collect()
        gc.freeze()
        yield


def create_app(settings: Settings | None = None, *, pool: bool = True) -> Litestar:
    """Return the application. `pool=False` is for callers that hold a pool already."""
    settings = settings or load()
    static = create_static_files_router(
        path="/static",
        directories=[STATIC],
        opt={"action": Action.VISIT, "exclude_from_csrf": True},
        cache_control=CacheControlHeader(max_age=31_536_000, public=True, immutable=True),
        name="static",
    )
    return Litestar(
        route_handlers=[*ROUTERS, static, missing],
        dependencies={"actor": Provide(actor_of), "reach": Provide(reach_here), "ring": Provide(ring_of)},
        guards=[guard],
        request_class=HTMXRequest,
        middleware=[DefineMiddleware(Authentication, find=signed_in)],
        csrf_config=CSRFConfig(
            secret=made_once(settings.folder / "secret", lambda: secrets.token_hex(32)),
            cookie_name="csrf",
            cookie_secure=settings.https,
            cookie_httponly=True,
            cookie_samesite="lax",
            exclude_from_csrf_key="exclude_from_csrf",
        ),
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=4, minimum_size=1400, exclude=r"/events$"
        ),
        response_headers=[ResponseHeader(name=name, value=value) for name, value in HEADERS.items()],
        exception_handlers=HANDLERS,
        state=State({"settings": settings, "ring": keys.ring(settings)}),
        lifespan=[lifespan] if pool else [],
        openapi_config=None,
        request_max_body_size=12 * 1024 * 1024,
        logging_config=None,
    )
