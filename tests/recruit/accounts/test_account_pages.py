"""The administrator's pages: inviting, links, roles, closing."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import make
import pytest

from competences.audit.tables import AuditEntry
from competences.people.tables import Person
from recruit.access import Role
from recruit.accounts.tables import Account, Link, Session

PASSWORD = "four quiet words here"
HUGE = "99999999999999999999"


async def account_of(person) -> Account:
    return await Account.objects().get(Account.person == person.id)


@pytest.fixture
async def admin(as_):
    person = await make.person("Admin", Role.ADMINISTRATOR)
    await Account.update({Account.password: "set"}).where(Account.person == person.id)
    client = await as_(person)
    client.account = await account_of(person)
    return client


@pytest.fixture
async def daniel(db):
    row = Person(name="Daniel Rask", email="daniel@test.example")
    await row.save()
    return row


async def events() -> list[str]:
    rows = await AuditEntry.select(AuditEntry.event).order_by(AuditEntry.id)
    return [row["event"] for row in rows]


def link_in(text: str) -> str:
    return re.search(r'value="http://test(/links/[\w-]+)"', text)[1]


async def change(client, account: Account, **sent):
    form = (await client.get(f"/accounts/{account.id}")).text
    stamp = form.split('name="stamp" value="')[1].split('"')[0]
    sent = {"stamp": stamp, "email": account.email, "roles": account.roles, **sent}
    return await client.post(f"/accounts/{account.id}", data=sent)


async def test_an_invited_person_sets_a_password_and_signs_in(as_, admin, daniel):
    answer = await admin.post("/accounts", data={"person": daniel.id, "roles": ["staff", "trainer"]})
    assert answer.status_code == 200
    link = link_in(answer.text)
    stranger = await as_(None)
    assert (await stranger.post(link, data={"password": PASSWORD})).status_code == 303
    signed = await stranger.post("/sign-in", data={"email": "DANIEL@test.example", "password": PASSWORD})
    assert signed.headers["location"] == "/"
    assert (await account_of(daniel)).roles == ["staff", "trainer"]
    assert await events() == ["account.invited", "account.password-set", "account.signed-in"]


async def test_a_link_is_shown_once_and_stored_nowhere(admin, daniel):
    text = (await admin.post("/accounts", data={"person": daniel.id, "roles": "staff"})).text
    secret = link_in(text).rsplit("/", 1)[1]
    assert secret not in (await Link.objects().first()).token
    account = await account_of(daniel)
    assert secret not in (await admin.get(f"/accounts/{account.id}")).text
    assert all(secret not in str(row) for row in await AuditEntry.select())


async def test_a_newer_link_ends_the_one_before(as_, admin, daniel):
    first = link_in((await admin.post("/accounts", data={"person": daniel.id, "roles": "staff"})).text)
    account = await account_of(daniel)
    second = link_in((await admin.post(f"/accounts/{account.id}/links")).text)
    stranger = await as_(None)
    assert (await stranger.get(first)).status_code == 404
    assert (await stranger.get(second)).status_code == 200


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"roles": "staff"}, "person"),
        ({"person": "987654", "roles": "staff"}, "person"),
        ({"person": HUGE, "roles": "staff"}, "person"),
        ({"roles": "external"}, "roles"),
        ({}, "roles"),
        ({"roles": "emperor"}, "roles"),
        ({"roles": "staff", "ends_on": "2020-01-01"}, "ends_on"),
        ({"roles": "staff", "ends_on": "9999-12-31"}, "ends_on"),
        ({"roles": "staff", "ends_on": "soon"}, "ends_on"),
    ],
)
async def test_an_invitation_that_cannot_be_says_why(admin, daniel, sent, field):
    sent = {"person": daniel.id, **sent} if field != "person" else sent
    answer = await admin.post("/accounts", data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert await events() == []


async def test_a_person_has_one_account_and_needs_an_address(admin, daniel):
    await admin.post("/accounts", data={"person": daniel.id, "roles": "staff"})
    again = await admin.post("/accounts", data={"person": daniel.id, "roles": "staff"})
    assert "has an account already" in again.text
    silent = Person(name="No address")
    await silent.save()
    assert (
        "no work address"
        in (await admin.post("/accounts", data={"person": silent.id, "roles": "staff"})).text
    )


OUTSIDER = {"name": "Eva Lind", "email": "eva@uni.example", "organisation": "University"}


async def test_an_outside_member_has_one_role_and_an_end(as_, admin):
    day = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    answer = await admin.post(
        "/accounts/outside", data={**OUTSIDER, "ends_on": day, "roles": "administrator"}
    )
    assert "Link for Eva Lind" in answer.text
    person = await Person.objects().get(Person.email == "eva@uni.example")
    account = await account_of(person)
    assert (account.roles, person.external) == (["external"], "University")
    assert account.ends_at > datetime.now(UTC) + timedelta(days=13)
    for sent in (
        {"ends_on": ""},
        {"ends_on": day, "roles": "staff"},
        {"ends_on": day, "roles": ["external", "staff"]},
    ):
        assert (await change(admin, account, **sent)).status_code == 422
    unchanged = await account_of(person)
    assert (unchanged.roles, unchanged.ends_at) == (account.roles, account.ends_at)


@pytest.mark.parametrize("field", ["name", "email", "organisation", "ends_on"])
async def test_an_outside_member_needs_each_field(admin, field):
    sent = {**OUTSIDER, "ends_on": "2099-01-01", field: ""}
    answer = await admin.post("/accounts/outside", data=sent)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text


async def test_somebody_who_works_here_is_not_invited_from_outside(admin, daniel):
    sent = {**OUTSIDER, "email": daniel.email, "ends_on": "2099-01-01"}
    assert "somebody who works here" in (await admin.post("/accounts/outside", data=sent)).text


async def test_an_outside_account_ends_by_itself(as_, admin):
    eva = await make.person("Eva Lind", Role.EXTERNAL, external="University")
    client = await as_(eva)
    assert (await client.get("/settings")).status_code == 200
    await Account.update({Account.ends_at: datetime.now(UTC)}).where(Account.person == eva.id)
    assert (await client.get("/settings")).status_code == 303
    assert "Ended" in (await admin.get("/accounts?search=eva")).text


async def test_who_has_left_cannot_go_on(as_, admin):
    person = await make.person("Daniel Rask")
    client = await as_(person)
    await Person.update({Person.ended_on: datetime.now(UTC).date() - timedelta(days=2)}).where(
        Person.id == person.id
    )
    assert (await client.get("/settings")).status_code == 303
    assert "Has left" in (await admin.get("/accounts?search=daniel")).text


async def test_new_roles_hold_from_the_next_click(as_, admin):
    person = await make.person("Daniel Rask")
    client = await as_(person)
    assert (await client.get("/accounts")).status_code == 404
    answer = await change(admin, await account_of(person), roles=["staff", "administrator"])
    assert answer.headers["location"].endswith("?saved=1")
    assert (await client.get("/accounts")).status_code == 200
    assert await events() == ["account.changed"]


async def test_a_stale_form_gives_nobody_a_role(admin):
    person = await make.person("Daniel Rask")
    account = await account_of(person)
    await change(admin, account, roles=["staff", "trainer"])
    sent = {"stamp": "old", "email": account.email, "roles": ["administrator"]}
    assert (await admin.post(f"/accounts/{account.id}", data=sent)).status_code == 409
    assert (await account_of(person)).roles == ["staff", "trainer"]


async def test_two_accounts_never_share_an_address(admin):
    one, two = await make.person("One"), await make.person("Two")
    assert (await change(admin, await account_of(one), email=two.email)).status_code == 422


async def test_the_last_administrator_stays_one(as_, admin):
    for sent in ({"roles": "staff"}, {"ends_on": "2099-01-01"}):
        answer = await change(admin, admin.account, **sent)
        assert answer.status_code == 409
        assert "Nobody else is administrator" in answer.text
    other = await make.person("Other", Role.ADMINISTRATOR)  # invited, but cannot sign in yet
    assert (await change(admin, admin.account, roles="staff")).status_code == 409
    await Account.update({Account.password: "set"}).where(Account.person == other.id)
    assert (await change(admin, admin.account, roles="staff")).status_code == 303


async def another_administrator(name: str = "Other"):
    person = await make.person(name, Role.ADMINISTRATOR)
    await Account.update({Account.password: "set"}).where(Account.person == person.id)
    return person


async def test_two_administrators_cannot_close_each_other_at_once(as_, admin):
    other = await another_administrator()
    client, account = await as_(other), await account_of(other)
    await asyncio.gather(
        admin.post(f"/accounts/{account.id}/closure"), client.post(f"/accounts/{admin.account.id}/closure")
    )
    assert await Account.count().where(Account.closed_at.is_null()) == 1


async def test_nobody_closes_their_own_account(admin):
    await another_administrator()
    assert (await admin.post(f"/accounts/{admin.account.id}/closure")).status_code == 409
    assert (await admin.get("/accounts")).status_code == 200


async def test_a_closed_account_is_out_at_once_and_can_come_back(as_, admin):
    person = await make.person("Daniel Rask")
    client, account = await as_(person), await account_of(person)
    await admin.post(f"/accounts/{account.id}/closure")
    assert (await client.get("/settings")).status_code == 303
    assert (await admin.post(f"/accounts/{account.id}/links")).status_code == 409
    assert "Reopen account" in (await admin.get(f"/accounts/{account.id}")).text
    await admin.post(f"/accounts/{account.id}/reopening")
    assert (await client.get("/settings")).status_code == 303  # its sessions stay ended
    assert await events() == ["account.closed", "account.reopened"]


async def test_an_open_link_of_a_closed_account_opens_nothing(as_, admin, daniel):
    link = link_in((await admin.post("/accounts", data={"person": daniel.id, "roles": "staff"})).text)
    await Account.update({Account.closed_at: datetime.now(UTC)}).where(Account.person == daniel.id)
    assert (await (await as_(None)).get(link)).status_code == 404


async def test_all_sessions_end_on_request(as_, admin):
    person = await make.person("Daniel Rask")
    client, account = await as_(person), await account_of(person)
    await admin.post(f"/accounts/{account.id}/sign-out")
    assert await Session.count().where(Session.account == account.id) == 0
    assert (await client.get("/settings")).status_code == 303
    assert await events() == ["account.signed-out"]


@pytest.mark.parametrize("path", ["/links", "/sign-out", "/closure", "/reopening", "", "/nothing"])
@pytest.mark.parametrize("number", ["987654", HUGE, "-1", "x"])
async def test_accounts_that_do_not_exist_are_not_found(admin, number, path):
    assert (await admin.post(f"/accounts/{number}{path}")).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANYONE, Role.ADMINISTRATOR)])
async def test_nobody_else_manages_accounts(as_, admin, role):
    client = await as_(await make.person("Somebody", role))
    for answer in (
        await client.get("/accounts"),
        await client.get(f"/accounts/{admin.account.id}"),
        await client.post(f"/accounts/{admin.account.id}/links"),
    ):
        assert answer.status_code == 404


async def test_a_long_list_is_paged_in_few_queries(admin, queries_of):
    for number in range(60):
        await make.person(f"Name {number:03}")
    assert "Page 1 of 2" in (await admin.get("/accounts")).text
    for url in ("/accounts?page=2", "/accounts/new", f"/accounts/{admin.account.id}"):
        assert await queries_of(admin, url) <= 8


async def test_settings_say_that_they_were_saved(as_, db):
    client = await as_(await make.person())
    answer = await client.post("/settings", data={"theme": "dark", "language": ""}, follow_redirects=True)
    assert "Saved" in answer.text
    assert 'data-theme="dark"' in answer.text
    assert "Saved" not in (await client.get("/settings")).text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ANYONE])
async def test_help_speaks_to_each_role(as_, db, role):
    client = await as_(await make.person("Somebody", role))
    assert "What you can do here" in (await client.get("/help")).text


async def test_the_matrix_is_shown_as_it_is(as_, db):
    from recruit.access import MATRIX, ROLES, action_name

    text = (await (await as_(await make.person())).get("/help/access")).text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', text)
    assert len(rows) == len(MATRIX)
    shown = {name: [int(n) for n in re.findall(r"access__(\d)", cells)] for name, cells in rows}
    for action, reaches in MATRIX.items():
        from markupsafe import escape

        assert shown[str(escape(action_name(action)))] == [int(reach) for reach in reaches], action
    assert len(ROLES) == len(next(iter(shown.values())))
