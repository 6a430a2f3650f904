"""Finds out who asks: a cookie, a row, an actor."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.types import ASGIApp

from competences.actor import Actor
from recruit.web.i18n import speak

COOKIE = "session"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and what its account prefers."""

    session_id: int
    actor: Actor
    language: str
    theme: str
    seen_at: datetime


def fingerprint(secret: str) -> str:
    """Return what is stored of a secret: a copy of the database opens no session."""
    return sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """Return 256 random bits for a cookie or a link."""
    return token_urlsafe(32)


class Authentication(AbstractAuthenticationMiddleware):
    """Sets user (an Actor or None) and auth (a SignedIn or None), and the language."""

    def __init__(self, app: ASGIApp, find: Callable[[str], Awaitable[SignedIn | None]]) -> None:
        super().__init__(app, exclude="^/static/")
        self.find = find

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        """Look the cookie up; a missing or dead session is simply nobody."""
        secret = connection.cookies.get(COOKIE)
        signed = await self.find(fingerprint(secret)) if secret else None
        chosen = signed.language if signed else connection.cookies.get("language", "")
        speak(chosen, connection.headers.get("accept-language", ""))
        return AuthenticationResult(user=signed.actor if signed else None, auth=signed)


def cookie(secret: str, *, https: bool) -> Cookie:
    """Return the session cookie; it ends with the browser, the session itself much earlier."""
    return Cookie(key=COOKIE, value=secret, httponly=True, secure=https, samesite="lax", path="/")
