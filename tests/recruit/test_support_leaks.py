"""Rule 11: nobody who is not named can tell whether a support plan exists.

Everybody in the house reads every page and fragment there is and sends every form, first in a house without a
plan, then with a proposal, with a plan in which every field has a marker word, with the plan closed, and with the
plan deleted. Status, body and headers must be the same each time. The marker is in no answer to anybody unnamed,
no line of the server's log, no entry of the ordinary log and no export.
"""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import httpx
import make
import pytest
import pytest_asyncio
import routes
from make import support as plans

from competences.actor import SYSTEM
from competences.audit.tables import AuditEntry
from competences.care.commands.arrangements import set_arrangement
from competences.care.commands.names import make_exception
from competences.care.rules.names import ExceptionDraft
from competences.people.reach import Reach
from competences.support.commands.deletion import delete_due
from competences.support.commands.emergencies import break_glass
from competences.support.commands.plans import agree_plan, withdraw_consent
from competences.support.queries import plans as reading
from competences.support.tables import SupportPlan
from recruit.access import Role
from recruit.piccolo_conf import DB

# What changes by itself: tokens and the clock.
NOISE = re.compile(r'x-csrftoken": "\w+|name="_csrf_token" value="\w+|csrf=\w+|\d\d:\d\d')
# What a form leads to; its number grows with each try, with or without a plan.
NUMBER = re.compile(r"\d+")
UNNAMED = (
    "line manager",
    "another support lead",
    "panel member",
    "administrator",
    "privacy officer",
    "trainer",
    "colleague",
    "outsider",
    "nobody",
)
# Pages about support and about people: read again after each stage. The others once, with the full plan.
NEAR = re.compile(
    r"^/($|support|emergency|notices|arrangements|legal|people|staff|care|audit|cases|organisation|media|help)"
)
# Whoever asks in an emergency is named from then on, and everybody concerned is told: the one answer that may differ.
ASKING = ("another support lead", "POST /emergency-access")


class Undo(Exception):
    """Ends a transaction without keeping what it did."""


class House:
    """Daniel, who may have a plan; Ruth, who would lead it; everybody else."""

    def __init__(self, app):
        self.app = app

    async def fill(self):
        self.panel = await make.panel(codes=("A1", "B4"))
        self.mara = self.panel.manager
        self.unit = await make.unit("Adults")
        self.daniel = await make.person("Daniel Rask", manager=self.mara.id, unit=self.unit.id)
        self.ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
        everything = set(Role) - {Role.ANYONE, Role.EXTERNAL, Role.SUPPORT_LEAD}
        self.people = {
            "line manager": self.mara,
            "another support lead": await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD),
            "panel member": self.panel.people[1],
            "administrator": await make.person("Ada Admin", Role.ADMINISTRATOR),
            "privacy officer": await make.person("Per Privacy", Role.PRIVACY_OFFICER),
            "trainer": await make.person("Tove Trainer", Role.STAFF, Role.TRAINER),
            "colleague": await make.person("Cora Colleague", *everything, manager=self.mara.id),
            "outsider": await make.person("Ove Outsider", Role.EXTERNAL, external="Partner"),
            "nobody": None,
        }
        self.nina = await make.person("Nina Named")  # whom Daniel and Ruth name
        self.clients = {name: await self.client_of(row) for name, row in self.people.items()}
        self.places = {
            "person_id": [self.daniel.id],
            "vacancy_id": [self.panel.vacancy.id],
            "application_id": [self.panel.applications[0].id],
            "unit_id": [self.unit.id],
            "domain": ["a"],
        } | await plans.next_ids()
        return self

    async def client_of(self, row):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://test")
        if row is not None:
            client.cookies.set("session", await make.session_of(row))
        await client.get("/cover")
        client.headers["x-csrftoken"] = client.cookies.get("csrf", "")
        return client

    async def close(self):
        for client in self.clients.values():
            await client.aclose()

    def addresses(self, method):
        """Every address of a method, with its places filled in; strange ones with 1."""
        if method == "GET":
            yield "/support-plans/new?for=colleague"
        for route in routes.every(self.app):
            if route.method == method and not route.path.endswith("/events"):
                names = re.findall(r"{(\w+)", route.path)
                known = {name: self.places.get(name, [1]) for name in names}
                yield from routes.filled(route.path, known)

    async def seen_by(self, who, near=None):
        """Return what somebody is answered on every page, or on those near support."""
        seen, client = {}, self.clients[who]
        for address in self.addresses("GET"):
            if near is None or near.match(address):
                for headers in ({}, {"HX-Request": "true"}) if NEAR.match(address) else ({},):
                    answer = await read(client, address, headers)
                    seen[f"GET {address} {headers}"] = shown(answer)
        return seen

    async def answered(self, who, near=NEAR):
        """Return what somebody is answered to each form, filled in; nothing of it is kept."""
        seen, client = {}, self.clients[who]
        body = plans.filled_in(self.ruth, self.daniel)
        for address in self.addresses("POST"):
            if near.match(address):
                for sent in (body, {}):
                    try:
                        async with DB.transaction():
                            answer = await client.post(address, data=sent)
                            raise Undo
                    except Undo:
                        if (who, f"POST {address}") != ASKING:
                            seen[f"POST {address} {bool(sent)}"] = shown(answer, written=True)
        return seen


async def read(client, address, headers):
    """Return an answer; what some pages leave in the log of being read is not kept."""
    try:
        async with DB.transaction():
            answer = await client.get(address, headers=headers)
            raise Undo
    except Undo:
        return answer


def shown(answer, *, written=False):
    """Return all that an answer tells: status, headers and body, without what changes by itself."""
    headers = {name: NOISE.sub("", value) for name, value in answer.headers.items()}
    if written and "location" in headers:
        headers["location"] = NUMBER.sub("0", headers["location"])
    headers.pop("content-length", None)  # the body is compared itself
    return answer.status_code, tuple(sorted(headers.items())), NOISE.sub("", words_of(answer))


def words_of(answer):
    """Return the text of an answer; of a workbook, all that is in it but when it was written."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with ZipFile(BytesIO(answer.content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "docProps" not in name]
    return "\n".join(parts)


@pytest_asyncio.fixture
async def house(app, db):
    made = await House(app).fill()
    yield made
    await made.close()


async def everything(house, near=None):
    """Return all that everybody unnamed is answered."""
    return {who: await house.seen_by(who, near) | await house.answered(who) for who in UNNAMED}


def compare(before, after, stage):
    """Refuse any answer that tells of a plan, or holds a word of it."""
    for who, answers in after.items():
        for address, answer in answers.items():
            assert answer[0] < 500, f"{who} at {address}"
            assert answer == before[who][address], (
                f"{who} can tell from {address} that there is a plan: {stage}"
            )
            assert plans.MARKER not in str(answer), f"{who} reads of the plan at {address}: {stage}"


async def delete(plan_id):
    """Let the time of a closed plan pass, and have it deleted."""
    day = date.today() - timedelta(days=1)
    await SupportPlan.update({SupportPlan.delete_on: day}).where(SupportPlan.id == plan_id)
    assert await delete_due(SYSTEM, datetime.now(UTC)) == 1


@pytest.mark.slow
async def test_nobody_unnamed_can_tell_whether_there_is_a_plan(house, caplog):
    caplog.set_level(logging.DEBUG)
    before = await everything(house)
    await plans.next_are(house.places)
    plan_id = await plans.proposed(house.ruth, house.daniel)
    assert plan_id == house.places["plan_id"][0]
    compare(before, await everything(house, NEAR), "proposed")
    daniel = await make.actor(house.daniel)
    await agree_plan(daniel, plans.ring(), plan_id, f"My words. {plans.MARKER}", datetime.now(UTC))
    await plans.next_are(house.places | {"plan_id": [plan_id + 1]})
    made = await plans.filled(house.ruth, house.daniel, house.nina, plan_id=plan_id)
    assert made.measures[0] == house.places["measure_id"][0]
    compare(before, await everything(house), "agreed, with something in every field")
    await withdraw_consent(daniel, plans.ring(), plan_id, datetime.now(UTC))
    compare(before, await everything(house, NEAR), "closed")
    await delete(plan_id)
    compare(before, await everything(house, NEAR), "deleted")
    assert plans.MARKER not in caplog.text
    entries = await AuditEntry.raw("SELECT array_agg(e::text) AS texts FROM audit_entry e")
    assert not [text for text in entries[0]["texts"] if plans.MARKER in text or "support_plan" in text]


@pytest.mark.slow
async def test_the_comparison_notices_a_plan_that_opens_to_anybody(house, monkeypatch):
    before = {"colleague": await house.seen_by("colleague", NEAR)}
    await plans.filled(house.ruth, house.daniel, house.nina)
    after = {"colleague": await house.seen_by("colleague", NEAR)}
    compare(before, after, "agreed")
    open_to_all = reading._PLAN.replace(
        "THEN 'reader' END AS side", "THEN 'reader' ELSE 'reader' END AS side"
    )
    assert open_to_all != reading._PLAN
    monkeypatch.setattr(reading, "_PLAN", open_to_all)
    with pytest.raises(AssertionError, match=r"can tell from GET /support-plans/\d+ "):
        compare(before, {"colleague": await house.seen_by("colleague", NEAR)}, "agreed")


async def test_a_forbidden_plan_costs_the_same_statements_as_a_missing_one(house, monkeypatch):
    plan_id = await plans.agreed(house.ruth, house.daniel)
    client, seen, run = house.clients["colleague"], [], DB.run_querystring

    async def noting(querystring, in_pool=True):
        seen.append(querystring.template)
        return await run(querystring, in_pool=in_pool)

    monkeypatch.setattr(DB, "run_querystring", noting)
    body = plans.filled_in(house.ruth, house.daniel)
    for route in routes.every(house.app):
        if "{plan_id" not in route.path:
            continue
        asked = []
        for number in (plan_id, plan_id + 1000):
            seen.clear()
            address = routes.filled(route.path, house.places | {"plan_id": [number]})[0]
            if route.method == "GET":
                await client.get(address)
            else:
                await client.post(address, data=body)
            asked.append(list(seen))
        assert asked[0] == asked[1], f"{route.method} {route.path} does more for a plan that is there"


async def test_emergency_access_tells_all_but_who_used_it_the_same_with_and_without_a_plan(house):
    async def told():
        lea = await make.actor(house.people["another support lead"])
        try:
            async with DB.transaction():
                opened = await break_glass(lea, plans.ring(), house.daniel.id, "Not home.", datetime.now(UTC))
                seen = {who: await house.seen_by(who, NEAR) for who in UNNAMED if who != ASKING[0]}
                raise Undo
        except Undo:
            return opened, NUMBER.sub("0", str(seen))

    nothing, without = await told()
    await plans.filled(house.ruth, house.daniel, house.nina)
    opened, with_plan = await told()
    assert (nothing is None, opened is not None) == (True, True)
    assert "Lea Sommer" in without
    assert without == with_plan


async def test_hiring_never_sees_support_not_even_through_those_who_may_read_the_plan(house):
    """Rule 10. The candidate is the worker, the manager reads the plan, the support lead sits on the panel."""
    application = await make.application(
        house.panel.vacancy, "Daniel Rask", adjustments="Longer breaks, please."
    )
    await make.member(house.panel.vacancy, house.ruth)
    house.places["application_id"].append(application.id)
    readers = {"manager": house.mara, "lead on the panel": house.ruth, "candidate": house.daniel}
    house.clients |= {name: await house.client_of(row) for name, row in readers.items()}
    hiring = re.compile(r"^/(vacancies|panels|applications|scorecards|imports|team/applicants)")
    before = {who: await house.seen_by(who, hiring) for who in readers}
    await plans.filled(house.ruth, house.daniel, house.mara)
    now, today = datetime.now(UTC), date.today()
    await set_arrangement(await make.actor(house.daniel), f"By phone. {plans.MARKER}", today, now)
    draft = ExceptionDraft(today, today + timedelta(days=90), f"Threats. {plans.MARKER}")
    lea = await make.actor(house.people["another support lead"])
    await make_exception(lea, plans.ring(), Reach.ALL, house.daniel.id, draft, now)
    compare(before, {who: await house.seen_by(who, hiring) for who in readers}, "agreed")
    assert len(before["manager"]) > 20


async def test_the_panel_sees_the_adjustments_in_the_words_agreed_and_nothing_else_of_it(house):
    application = await make.application(
        house.panel.vacancy, "Daniel Rask", adjustments="Longer breaks, please."
    )
    await plans.filled(house.ruth, house.daniel, house.nina)
    member = house.clients["panel member"]
    started = await member.post(
        f"/vacancies/{house.panel.vacancy.id}/interviews/{application.id}/scorecard", follow_redirects=True
    )
    assert "Longer breaks, please." in started.text
    assert plans.MARKER not in started.text
