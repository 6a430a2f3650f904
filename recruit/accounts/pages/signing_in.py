"""Signing in and out, links, settings."""

from typing import Any
from urllib.parse import urlsplit

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import SYSTEM
from competences.errors import Conflict, Invalid
from recruit.access import Action
from recruit.accounts import commands, queries
from recruit.accounts.rules import DEMO_PASSWORD
from recruit.web import session
from recruit.web.forms import posted
from recruit.web.i18n import LANGUAGES, language_names
from recruit.web.render import page, see


def _sign_in(request: HTMXRequest, **context: Any) -> Response[Any]:
    return page(request, "accounts/sign_in.html", demo_password=DEMO_PASSWORD, **context)


@get("/sign-in", name="sign-in", action=Action.VISIT)
async def sign_in_page(request: HTMXRequest) -> Response[Any]:
    return _sign_in(request, next=_within(request.query_params.get("next", "/")))


@post("/sign-in", name="sign-in.create", action=Action.VISIT, status_code=200)
async def sign_in(request: HTMXRequest) -> Response[Any]:
    form = await posted(request)
    back = _within(form.get("next"))
    place = request.client.host if request.client else ""
    try:
        started = await commands.sign_in(form.get("email")[:254], form.get("password")[:256], place)
    except Invalid as error:
        return _sign_in(request, next=back, values=form, errors=error.fields)
    except Conflict as error:
        return _sign_in(request, next=back, values=form, errors={"password": str(error)}, status=409)
    answer = see(back)
    answer.set_cookie(session.cookie(started.secret, https=request.app.state.settings.https))
    return answer


def _within(url: str) -> str:
    """Return `url` when it stays on this site, else the start page."""
    parts = urlsplit(url)
    stays = url.startswith("/") and not parts.netloc and "\\" not in url and not url.startswith("//")
    return url if stays else "/"


@post("/sign-out", name="sign-out", action=Action.USE_ACCOUNT, status_code=200)
async def sign_out(request: HTMXRequest) -> Response[Any]:
    form = await posted(request)
    everywhere = form.ticked("everywhere")
    await commands.sign_out(
        request.user, request.user.account_id, session_id=None if everywhere else request.auth.session_id
    )
    answer = see("/sign-in")
    answer.delete_cookie(session.COOKIE, path="/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@get("/links/{secret:str}", name="link", action=Action.VISIT)
async def link_page(request: HTMXRequest, secret: FromPath[str]) -> Response[Any]:
    link = await queries.open_link(secret)
    return page(request, "accounts/link.html", link=link, secret=secret)


@post("/links/{secret:str}", name="link.use", action=Action.VISIT, status_code=200)
async def use_link(request: HTMXRequest, secret: FromPath[str]) -> Response[Any]:
    form = await posted(request)
    link = await queries.open_link(secret)
    try:
        await commands.set_password(SYSTEM, secret, form.get("password")[:300])
    except Invalid as error:
        return page(request, "accounts/link.html", link=link, secret=secret, errors=error.fields)
    return see("/sign-in")


@get("/settings", name="settings", action=Action.USE_ACCOUNT)
async def settings_page(request: HTMXRequest) -> Response[Any]:
    return page(
        request, "accounts/settings.html", languages=language_names(),
        language=request.auth.language, theme_chosen=request.auth.theme,
        saved=request.query_params.get("saved") == "1",
    )  # fmt: skip


@post("/settings", name="settings.save", action=Action.USE_ACCOUNT, status_code=200)
async def save_settings(request: HTMXRequest) -> Response[Any]:
    form = await posted(request)
    await commands.set_preferences(
        request.user,
        language=form.one_of("language", LANGUAGES),
        theme=form.one_of("theme", ("light", "dark")),
    )
    return see("/settings?saved=1")


@get("/cover", name="cover", action=Action.VISIT)
async def cover_page(request: HTMXRequest) -> Response[Any]:
    return page(request, "accounts/cover.html")


router = Router(
    "/",
    route_handlers=[
        sign_in_page, sign_in, sign_out, link_page, use_link, settings_page, save_settings, cover_page
    ],
)  # fmt: skip
