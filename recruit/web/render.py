"""From a template and rows to a page, or to the part of it that htmx swaps."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType
from litestar.plugins.htmx import HTMXRequest
from litestar.response import Redirect
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from competences.people.reach import Reach
from competences.scoring.scale import LEVELS, level_name
from competences.text import _, _n
from recruit.access import Action, reach_of
from recruit.web import i18n

HOME = Path(__file__).parents[1]
STATIC = HOME / "static"


@cache
def static_url(path: str) -> str:
    """Return the address of a static file; it changes with the content, so it may be kept for ever."""
    return f"/static/{path}?v={sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Form:
    """What the macros for fields need of this request: what was typed, what was wrong, the token."""

    values: Any = None
    errors: Mapping[str, str] = field(default_factory=dict)
    csrf: str = ""


_form: ContextVar[Form] = ContextVar("form", default=Form())  # noqa: B039  it is frozen


class _CurrentForm:
    """Stands for the form of the request in templates that are loaded once."""

    values = property(lambda self: _form.get().values)
    errors = property(lambda self: _form.get().errors)
    csrf = property(lambda self: _form.get().csrf)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Plain functions instead of Jinja's own wrappers: a page has some sixty texts. Autoescape still applies.
    environment.globals.update(
        _=_,
        ngettext=_ngettext,
        static=static_url,
        LEVELS=LEVELS,
        level_name=level_name,
        Action=Action,
        form=_CurrentForm(),
    )
    environment.filters.update(
        long_date=i18n.long_date,
        short_date=i18n.short_date,
        weekday_date=i18n.weekday_date,
        clock=i18n.clock,
        month=i18n.month,
        number=i18n.number,
        in_days=i18n.in_days,
        ago=i18n.ago,
        listed=i18n.listed,
        input_time=lambda moment: i18n.local(moment).strftime("%Y-%m-%dT%H:%M") if moment else "",
    )
    return environment


def _ngettext(one: str, many: str, num: int, **values: object) -> str:
    return _n(one, many, num, num=num, **values)


ENVIRONMENT = _environment()
# Imported "with context" the macros would be run anew for each page and each part of it.
ENVIRONMENT.globals["m"] = ENVIRONMENT.get_template("shared/macros.html").module


def page(
    request: HTMXRequest,
    name: str,
    /,
    *,
    fragment: str | None = None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    values: Any = None,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> Response[Any]:
    """Render `name`; for an htmx swap only `fragment`, which `name` itself includes.

    `errors` are shown in the summary and at their fields; `values` is the Post to draw again.
    """
    _form.set(Form(values, errors or {}, _token(request)))
    htmx = request.htmx
    swap = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    text = ENVIRONMENT.get_template(fragment if fragment and swap else name).render(
        **_frame(request), errors=errors or {}, values=values, swap=swap, **context
    )
    return Response(
        text,
        media_type=MediaType.HTML,
        status_code=422 if errors and status == 200 else status,
        headers={"Vary": "HX-Request", **(headers or {})},
    )


def part(name: str, **context: Any) -> Markup:
    """Render a template that needs nothing of the request but its language."""
    return Markup(ENVIRONMENT.get_template(name).render(**context))  # noqa: S704  escaped by the template


def _token(request: Request[Any, Any, Any]) -> str:
    """Return the token that every form sends back; empty where the middleware did not run."""
    token = ScopeState.from_scope(request.scope).csrf_token
    return token if isinstance(token, str) else ""


def _frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Return what the layout needs on every page."""
    scope, state = request.scope, request.app.state
    actor = scope.get("user")
    signed = scope.get("auth")
    language = i18n.locale.get()
    nav = navigation(actor, equality=state.settings.equality) if actor else []
    return {
        "me": actor,
        "theme": signed.theme if signed else request.cookies.get("theme", ""),
        "lang": str(language).replace("_", "-"),
        "dir": language.text_direction,
        "nav": nav,
        "in_menu": _in_menu(nav, scope["path"]),
        "path": scope["path"],
        "csrf": _token(request),
        "organisation": state.settings.organisation,
        "demo": state.settings.demo,
        "equality": state.settings.equality,
        "now": i18n.local(datetime.now().astimezone()),
        "can": lambda action: bool(reach_of(actor.roles if actor else frozenset(), action)),
    }


def _in_menu(nav: list[tuple[str, str]], path: str) -> str:
    """Return the address in the menu under which a page is."""
    if path.endswith("/care") and any(url == "/care" for url, _label in nav):
        return "/care"
    under = [url for url, _label in nav if path == url or (url != "/" and path.startswith(f"{url}/"))]
    return max(under, key=len, default="")


def navigation(actor: Any, *, equality: bool) -> list[tuple[str, str]]:
    """Return the main menu as (address, label), without what this person cannot open."""
    items = [
        ("/", _("Today"), Action.USE_ACCOUNT),
        ("/vacancies", _("Recruitment"), Action.READ_VACANCIES),
        ("/panels", _("Panels"), Action.SCORE),
        *_people(actor),
        *_training(actor),
        ("/rounds", _("Rounds"), Action.LEAD_ROUNDS),
        ("/team", _("Team cover"), Action.READ_COVERAGE),
        ("/organisation", _("Cover"), Action.READ_TOTALS),
        *_care(actor),
        ("/support", _("Support"), Action.READ_SUPPORT),
        ("/frameworks", _("Framework"), Action.READ_FRAMEWORKS),
        ("/role-profiles", _("Role profiles"), Action.READ_PROFILES),
        ("/accounts", _("Accounts"), Action.EDIT_ACCOUNTS),
        ("/staff", _("Staff records"), Action.EDIT_PEOPLE),
        ("/audit", _("Log"), Action.READ_AUDIT),
        ("/legal-holds", _("Legal hold"), Action.HOLD_SUPPORT),
        *([("/equality", _("Equality"), Action.EDIT_EQUALITY)] if equality else []),
    ]
    return [(url, label) for url, label, action in items if reach_of(actor.roles, action)]


def _people(actor: Any) -> list[tuple[str, str, Action]]:
    """Return the way to one's own page, and to those of others for whoever sees any."""
    own = [(f"/people/{actor.person_id}", _("My competences"), Action.READ_PEOPLE)] if actor.person_id else []
    others = [("/people", _("People"), Action.READ_PEOPLE)]
    return own + (others if reach_of(actor.roles, Action.READ_PEOPLE) is not Reach.OWN or not own else [])


def _training(actor: Any) -> list[tuple[str, str, Action]]:
    """Return the way to the training of others for whoever sees any, else to one's own."""
    if reach_of(actor.roles, Action.READ_TRAINING) is not Reach.OWN:
        return [("/training", _("Training"), Action.READ_TRAINING)]
    own = f"/people/{actor.person_id}/training"
    return [(own, _("My training"), Action.READ_TRAINING)] if actor.person_id else []


def _care(actor: Any) -> list[tuple[str, str, Action]]:
    """Return the way to the register for whoever keeps it, to one's own care, or to what is shared."""
    reach = reach_of(actor.roles, Action.READ_CARE)
    if not reach:
        return [("/sharing", _("Sharing"), Action.READ_SHARING)]
    if reach is not Reach.OWN:
        return [("/care", _("Care"), Action.READ_CARE)]
    return [(f"/people/{actor.person_id}/care", _("My care"), Action.READ_CARE)] if actor.person_id else []


def see(url: str) -> Redirect:
    """After a write: go and look at `url`. htmx follows and swaps what that page answers."""
    return Redirect(url, status_code=303)


__all__ = ["ENVIRONMENT", "STATIC", "navigation", "page", "part", "see", "static_url"]
