"""Accounts, for the administrator."""

from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.plugins.htmx import HTMXRequest

from competences.actor import Actor
from competences.errors import Conflict, Invalid
from recruit.access import Action, role_name
from recruit.accounts import commands, forms, queries
from recruit.accounts.rules import LINK_LASTS
from recruit.web.forms import posted
from recruit.web.i18n import local
from recruit.web.lists import PAGE, Paged, containing, page_number, search_words
from recruit.web.render import page, see


@get("/accounts", name="accounts", action=Action.EDIT_ACCOUNTS)
async def accounts_page(request: HTMXRequest) -> Response[Any]:
    search = search_words(request.query_params.get("search")).lower()
    pattern, number = containing(search), page_number(request.query_params.get("page"))
    rows = await queries.accounts(search, pattern, limit=PAGE, offset=(number - 1) * PAGE)
    found = Paged(rows, number, await queries.count_accounts(search, pattern))
    return page(request, "accounts/list.html", accounts=found, search=search, role_name=role_name)


async def _new(request: HTMXRequest, search: str, **context: Any) -> Response[Any]:
    people = await queries.people_without_account(search, containing(search))
    return page(
        request, "accounts/new.html", people=people, search=search,
        roles=[(role.value, role_name(role)) for role in forms.GIVEN], **context,
    )  # fmt: skip


@get("/accounts/new", name="account.new", action=Action.EDIT_ACCOUNTS)
async def new_account_page(request: HTMXRequest) -> Response[Any]:
    return await _new(request, search_words(request.query_params.get("search")).lower())


@post("/accounts", name="account.create", action=Action.EDIT_ACCOUNTS, status_code=200)
async def create_account(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        made, secret = await commands.invite_person(actor, form.row("person"), forms.account(form))
    except Invalid as error:
        return await _new(request, search_words(form.get("search")), values=form, errors=error.fields)
    return await _shown_once(request, made, secret)


@get("/accounts/new-outside", name="account.new-outside", action=Action.EDIT_ACCOUNTS)
async def new_outsider_page(request: HTMXRequest) -> Response[Any]:
    return page(request, "accounts/new_outside.html")


@post("/accounts/outside", name="account.create-outside", action=Action.EDIT_ACCOUNTS, status_code=200)
async def create_outsider(request: HTMXRequest, actor: NamedDependency[Actor]) -> Response[Any]:
    form = await posted(request)
    try:
        made, secret = await commands.invite_outsider(actor, *forms.outsider(form))
    except Invalid as error:
        return page(request, "accounts/new_outside.html", values=form, errors=error.fields)
    return await _shown_once(request, made, secret)


async def _shown_once(request: HTMXRequest, account_id: int, secret: str) -> Response[Any]:
    """Answer the post itself: a redirect would carry the secret in an address."""
    return page(
        request, "accounts/shown_once.html", account=await queries.account(account_id),
        url=f"{str(request.base_url).rstrip('/')}/links/{secret}", days=LINK_LASTS.days,
    )  # fmt: skip


async def _account(request: HTMXRequest, actor: Actor, account_id: int, **context: Any) -> Response[Any]:
    row = await queries.account(account_id)
    return page(
        request, "accounts/account.html", account=row, own=row.id == actor.account_id,
        last_day=local(row.ends_at - timedelta(seconds=1)).date() if row.ends_at else None,
        roles=[(role.value, role_name(role)) for role in forms.GIVEN], **context,
    )  # fmt: skip


@get("/accounts/{account_id:int}", name="account", action=Action.EDIT_ACCOUNTS)
async def account_page(
    request: HTMXRequest, actor: NamedDependency[Actor], account_id: FromPath[int]
) -> Response[Any]:
    saved = request.query_params.get("saved") == "1"
    return await _account(request, actor, account_id, saved=saved)


@post("/accounts/{account_id:int}", name="account.save", action=Action.EDIT_ACCOUNTS, status_code=200)
async def save_account(
    request: HTMXRequest, actor: NamedDependency[Actor], account_id: FromPath[int]
) -> Response[Any]:
    form = await posted(request)
    await queries.account(account_id)
    try:
        await commands.change_account(actor, account_id, forms.account(form), form.get("stamp"))
    except Invalid as error:
        return await _account(request, actor, account_id, saved=False, values=form, errors=error.fields)
    except Conflict as error:
        errors = {"roles": str(error)}
        return await _account(request, actor, account_id, saved=False, values=form, errors=errors, status=409)
    return see(f"/accounts/{account_id}?saved=1")


@post("/accounts/{account_id:int}/links", name="account.link", action=Action.EDIT_ACCOUNTS, status_code=200)
async def make_link(
    request: HTMXRequest, actor: NamedDependency[Actor], account_id: FromPath[int]
) -> Response[Any]:
    return await _shown_once(request, account_id, await commands.make_link(actor, account_id))


@post(
    "/accounts/{account_id:int}/sign-out",
    name="account.sign-out",
    action=Action.EDIT_ACCOUNTS,
    status_code=200,
)
async def end_sessions(actor: NamedDependency[Actor], account_id: FromPath[int]) -> Response[Any]:
    await commands.end_sessions(actor, account_id)
    return see(f"/accounts/{account_id}")


@post(
    "/accounts/{account_id:int}/closure", name="account.close", action=Action.EDIT_ACCOUNTS, status_code=200
)
async def close_account(actor: NamedDependency[Actor], account_id: FromPath[int]) -> Response[Any]:
    await commands.close_account(actor, account_id, datetime.now(UTC))
    return see(f"/accounts/{account_id}")


@post(
    "/accounts/{account_id:int}/reopening",
    name="account.reopen",
    action=Action.EDIT_ACCOUNTS,
    status_code=200,
)
async def reopen_account(actor: NamedDependency[Actor], account_id: FromPath[int]) -> Response[Any]:
    await commands.reopen_account(actor, account_id)
    return see(f"/accounts/{account_id}")


router = Router(
    "/",
    route_handlers=[
        accounts_page, new_account_page, create_account, new_outsider_page, create_outsider, account_page,
        save_account, make_link, end_sessions, close_account, reopen_account,
    ],
)  # fmt: skip
