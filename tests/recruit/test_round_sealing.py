"""Rule 14 under random play: before both have shared, nothing that anybody is shown depends on how another answered.

The person, their line manager and colleagues save and share in any order; somebody reads every page and
fragment there is. Then all answers that are not the reader's are turned round in the database, behind the
application's back, and the same pages are read again: not one byte may differ. Once both have shared, the two
see each other's view, and nobody else ever does; hiring never does at all. In between the administrator gives
the person another line manager, or the former one again: then the seal holds between those two.
"""

import re
from datetime import UTC, date, datetime

import httpx
import make
import pytest
import routes
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from competences.assessments.commands import answers, rounds
from competences.assessments.queries import own, places, sealed
from competences.assessments.rules import Mark
from competences.assessments.tables import Assessment
from competences.errors import Refused
from competences.people.reach import Reach
from competences.people.tables import Person
from recruit.access import Role
from recruit.piccolo_conf import DB

TEAM = Reach.TEAM
CODES = ("A1", "B4")
SIDES, PEERS = ("person", "manager"), ("peer1", "peer2", "peer3")
MANAGERS = ("manager", "leader")
READERS = (*SIDES, "peer1", "leader", "administrator", "privacy", "stranger")
NOISE = re.compile(r'x-csrftoken": "\w+|name="_csrf_token" value="\w+|\d\d:\d\d')
HIRING = ("/vacancies", "/scorecards", "/applications", "/panels", "/imports")


class Sealing(RuleBasedStateMachine):
    """A round of one person, with colleagues asked, in a house that hires as well."""

    app = loop = cleaner = None

    def __init__(self):
        super().__init__()
        self.do(self.begin())

    def do(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    async def begin(self):
        await self.cleaner()
        self.panel = await make.panel(codes=CODES)
        self.made = await make.opened_round(codes=CODES, peers=True, manager=self.panel.manager)
        peers = [self.panel.people[0], *[await make.person() for _number in range(2)]]
        self.rows = {
            "person": self.made.people[0], "manager": self.made.manager, **dict(zip(PEERS, peers, strict=True)),
            "leader": await make.person("Lena Leader", Role.STAFF, Role.LINE_MANAGER),
            "administrator": await make.person("Ada Admin", Role.ADMINISTRATOR),
            "privacy": await make.person("Per Privacy", Role.PRIVACY_OFFICER),
            "stranger": await make.person("Sten Stranger", *set(Role) - {Role.ANYONE, Role.EXTERNAL}),
        }  # fmt: skip
        self.place = self.made.of(self.made.people[0])
        mara = await make.actor(self.made.manager)
        await rounds.name_peers(mara, TEAM, self.place, [row.id for row in peers], date.today())
        self.clients = {name: await self.client_of(self.rows[name]) for name in READERS}
        self.shared, self.leads = set(), "manager"

    async def client_of(self, row):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://test")
        client.cookies.set("session", await make.session_of(row))
        return client

    @rule(who=st.sampled_from(MANAGERS))
    def another_line_manager(self, who):
        """The administrator gives the person another line manager."""
        self.do(Person.update({Person.manager: self.rows[who].id}).where(Person.id == self.rows["person"].id))
        self.leads = who

    @property
    def sides(self):
        return ("person", self.leads)

    @rule(
        who=st.sampled_from(SIDES + PEERS + ("leader",)), code=st.integers(0, 1), level=st.sampled_from([None, 1, 3, 5]),
        word=st.integers(0, 999),
    )  # fmt: skip
    def save(self, who, code, level, word):
        self.do(self._save(who, code, level, word))

    async def _save(self, who, code, level, word):
        actor, now = await make.actor(self.rows[who]), datetime.now(UTC)
        try:
            key = await answers.start_assessment(actor, TEAM, self.place, date.today(), now)
            item = (await own.sheet(await own.own(actor, TEAM, key))).items[code]
            mark = Mark(item.competence_id, level, level is None, f"heard-{who}-{word}", item.version)
            await answers.save_answer(actor, TEAM, key, mark, date.today(), now)
            return key
        except Refused:
            return None

    @rule(who=st.sampled_from(SIDES + PEERS + ("leader",)))
    def share(self, who):
        self.do(self._share(who))

    async def _share(self, who):
        for code in range(len(CODES)):
            key = await self._save(who, code, 4, 7)
        if key is not None and who not in self.shared:
            actor = await make.actor(self.rows[who])
            await answers.share_assessment(actor, TEAM, key, date.today(), datetime.now(UTC))
            self.shared.add(who)

    @property
    def lifted(self):
        return set(self.sides) <= self.shared

    @rule(who=st.sampled_from(READERS))
    def read(self, who):
        """Whatever `who` is shown stays the same when everybody else's answers change."""
        before = self.do(self._all_pages(who))
        for address, text in before.items():
            foreign = {f"heard-{name}-" for name in (*SIDES, "leader", *PEERS) if name != who}
            if self.lifted and who in self.sides and not address.startswith(HIRING):
                foreign -= {f"heard-{name}-" for name in self.sides}
            assert not any(word in text for word in foreign), f"{who} reads another's words at {address}"
        if self.lifted and who in self.sides:
            return
        self.do(self._turn_round(self.rows[who].id))
        after = self.do(self._all_pages(who))
        self.do(self._turn_round(self.rows[who].id))
        for address, text in before.items():
            assert text == after[address], f"{who} can tell from {address} how others answered"

    @precondition(lambda self: self.lifted)
    @rule(who=st.sampled_from([0, 1]))
    def see_both(self, who):
        who = self.sides[who]
        page = self.do(self.clients[who].get(f"/talks/{self.place}"))
        assert "heard-person-" in page.text
        assert f"heard-{self.leads}-" in page.text

    async def _all_pages(self, who):
        places = {
            "round_id": [self.made.id],
            "participant_id": [self.place],
            "assessment_id": [row["id"] for row in await Assessment.select(Assessment.id)],
            "person_id": [self.rows["person"].id, self.rows["manager"].id],
            "vacancy_id": [self.panel.vacancy.id],
            "application_id": [self.panel.applications[0].id],
            "domain": ["a"],
        }
        pages = {}
        for route in routes.every(self.app):
            if route.method != "GET" or route.path.endswith(("/events", "/sign-in", *routes.TRACED)):
                continue
            names = re.findall(r"{(\w+)", route.path)
            known = {name: places.get(name, [1]) for name in names}
            for address in routes.filled(route.path, known):
                for headers in ({}, {"HX-Request": "true"}) if "{" in route.path else ({},):
                    answer = await self.clients[who].get(address, headers=headers)
                    pages[address + "#" * len(headers)] = f"{answer.status_code} {NOISE.sub('', answer.text)}"
        return pages

    async def _turn_round(self, reader):
        async with DB.pool.acquire() as connection:
            await connection.execute(
                "SET session_replication_role = replica;"
                " UPDATE rating SET level = 6 - level, no_evidence = level IS NULL, evidence = reverse(evidence)"
                " WHERE assessment IN (SELECT id FROM assessment WHERE participant IS NOT NULL"
                f" AND assessor <> {reader}); SET session_replication_role = DEFAULT"
            )

    def teardown(self):
        for client in getattr(self, "clients", {}).values():
            self.do(client.aclose())


@pytest.fixture
def machine(app, event_loop_of_session, emptied):
    """The machine, bound to this run's application, loop and database."""
    return type(
        "Bound", (Sealing,), {"app": app, "loop": event_loop_of_session, "cleaner": staticmethod(emptied)}
    )


PLAY = settings(max_examples=4, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
def test_no_page_and_no_fragment_tells_how_another_answered(machine):
    run_state_machine_as_test(machine, settings=PLAY)


@pytest.mark.slow
@pytest.mark.parametrize("sharing", [("person", "manager"), ("manager", "person")])
def test_in_either_order_the_two_see_both_only_once_both_have_shared(machine, sharing):
    play = machine()
    for name in PEERS:
        play.share(name)
    play.share(sharing[0])
    for reader in SIDES:
        play.read(reader)
    play.share(sharing[1])
    play.read("leader" if sharing[0] == "person" else "peer1")
    for reader in (0, 1):
        play.see_both(reader)
    play.another_line_manager("leader")
    for reader in ("person", "leader", "manager"):
        play.read(reader)
    play.share("leader")
    for reader in (0, 1):
        play.see_both(reader)
    play.teardown()


@pytest.mark.slow
def test_the_machine_notices_when_the_seal_is_taken_out(machine, monkeypatch):
    unsealed = re.sub(r" AND (sa|ma)\.submitted_at IS NOT NULL", "", sealed._VIEWS)
    assert unsealed != sealed._VIEWS
    play = machine()
    play.save("person", 0, 3, 5)
    play.share("manager")
    monkeypatch.setattr(sealed, "_VIEWS", unsealed)
    monkeypatch.setattr(places.Place, "lifted", True)
    with pytest.raises(AssertionError, match=r"how others answered|another's words"):
        play.read("manager")
    play.teardown()
