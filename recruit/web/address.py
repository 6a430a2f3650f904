"""Where others reach this server, for links that leave it: on paper, in calendars, in badges."""

from typing import Any

from litestar import Request


def address_of(request: Request[Any, Any, Any]) -> str:
    """Return the address of the server without a slash at the end; behind a proxy with TLS it is https."""
    found = str(request.base_url).rstrip("/")
    secure: bool = request.app.state.settings.https
    return "https://" + found.removeprefix("http://") if secure and found.startswith("http://") else found
