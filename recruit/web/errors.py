"""The one place that turns what went wrong into a status and a page."""

import logging
import traceback
from secrets import token_hex
from typing import Any
from urllib.parse import quote

import asyncpg
from litestar import Request, Response
from litestar.exceptions import (
    HTTPException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
)
from litestar.plugins.htmx import HTMXRequest
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap

from competences.errors import Conflict, Invalid, NotFound
from competences.text import _
from recruit.web.render import page

log = logging.getLogger("recruit")

AnyRequest = Request[Any, Any, Any]


def sign_in_first(request: AnyRequest, _error: Exception) -> Response[Any]:
    """Nobody is signed in: lead to the sign-in page and back here afterwards."""
    if request.headers.get("hx-request"):
        return Response("", status_code=401)
    back = request.url.path if request.method == "GET" else "/"
    return Redirect(f"/sign-in?next={quote(back)}" if back != "/" else "/sign-in", status_code=303)


def not_found(request: AnyRequest, _error: Exception) -> Response[Any]:
    """Missing and forbidden look the same, so that nothing leaks by existing."""
    return _notice(request, 404, _("You cannot open this page"), _(
        "It may not exist, or it may be for named people only. If you need it for your work,"
        " ask whoever gave you the link."
    ))  # fmt: skip


def conflict(request: AnyRequest, error: Exception) -> Response[Any]:
    """The rows are not in a state that allows this."""
    return _notice(request, 409, _("That is not possible now"), str(error))


def fixed(request: AnyRequest, _error: Exception) -> Response[Any]:
    """The database refused what a command should have refused with better words."""
    return _notice(request, 409, _("That is not possible now"), _(
        "What you tried to change is fixed, or somebody else changed it in this moment."
        " Go back, reload the page and look at how it is now."
    ))  # fmt: skip


def invalid(request: AnyRequest, error: Exception) -> Response[Any]:
    """A form whose page did not draw it again."""
    return _notice(request, 422, _("There is a problem"), str(error))


def bad_request(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """The address or the body could not be read, or the form is too old."""
    if isinstance(error, PermissionDeniedException):
        return _notice(request, 403, _("This form was open for too long"), _(
            "Go back, reload the page and send it again. What you typed is still there when you go back."
        ))  # fmt: skip
    if error.status_code in (400, 404, 405):
        return not_found(request, error)
    if error.status_code == 413:
        return _notice(
            request, 413, _("That is too large"), _("Files may have up to 10 MB. Choose a smaller one.")
        )
    if error.status_code >= 500:
        return broken(request, error)
    return _notice(
        request, error.status_code, _("That did not work"), _("Go back, reload the page and try again.")
    )


def broken(request: AnyRequest, error: Exception) -> Response[Any]:
    """A bug. The log gets an id and where it happened, and no words of anybody."""
    number = token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    route = getattr(request.scope.get("route_handler"), "name", None) or "?"
    log.error("error %s in %s: %s\n%s", number, route, type(error).__qualname__, frames)
    return _notice(request, 500, _("Something went wrong here"), _(
        "It is not your fault, and what was saved before is safe. Tell your administrator this number: %(number)s",
        number=number,
    ))  # fmt: skip


def _notice(request: AnyRequest, status: int, title: str, text: str) -> Response[Any]:
    return page(
        HTMXRequest(request.scope, request.receive),
        "shared/notice.html",
        fragment="shared/_notice.html",
        status=status,
        title=title,
        text=text,
    )


HANDLERS: ExceptionHandlersMap = {
    NotAuthorizedException: sign_in_first,
    NotFoundException: not_found,
    NotFound: not_found,
    Conflict: conflict,
    Invalid: invalid,
    asyncpg.IntegrityConstraintViolationError: fixed,
    asyncpg.DataError: not_found,
    asyncpg.PostgresError: lambda request, error: (fixed if error.sqlstate == "RC001" else broken)(
        request, error
    ),
    HTTPException: bad_request,
    Exception: broken,
}
