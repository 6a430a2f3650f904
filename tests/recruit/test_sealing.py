"""Rule 1 under random play: nothing that anybody is shown depends on what another has scored.

Members save, submit, are reopened, withdraw; somebody reads every page and fragment there is. Then all
ratings that are not the reader's are turned round in the database, behind the application's back, and
the same pages are read again. Before the reveal not one byte may differ.
"""

import re

import httpx
import make
import pytest
import routes
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from competences.assessments.rules import Mark
from competences.errors import Refused
from competences.people.reach import Reach
from recruit.access import Role
from recruit.comparison import queries as comparison
from recruit.panels import commands as panels
from recruit.panels.forms import Declaration
from recruit.piccolo_conf import DB
from recruit.scorecards import commands
from recruit.scorecards.queries import cards, sealed

OWN = Reach.OWN
SCORERS, APPLICANTS, CODES = 3, 2, ("A1", "B4")
READERS = ("first", "second", "third", "manager", "administrator", "privacy", "stranger")
# What changes by itself: tokens, the clock.
NOISE = re.compile(r'x-csrftoken": "\w+|name="_csrf_token" value="\w+|\d\d:\d\d')


class Sealing(RuleBasedStateMachine):
    """A panel of three, two applicants, and everybody else in the house."""

    app = loop = cleaner = None

    def __init__(self):
        super().__init__()
        self.do(self.begin())

    def do(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    async def begin(self):
        await self.cleaner()
        self.made = await make.panel(SCORERS, APPLICANTS, codes=CODES)
        others = {
            "manager": self.made.manager,
            "administrator": await make.person("Ada Admin", Role.ADMINISTRATOR),
            "privacy": await make.person("Per Privacy", Role.PRIVACY_OFFICER),
            "stranger": await make.person("Sten Stranger", *set(Role) - {Role.ANYONE, Role.EXTERNAL}),
        }
        self.rows = dict(zip(READERS, (*self.made.people, *others.values()), strict=True))
        self.clients = {}
        for name, row in self.rows.items():
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url="http://test")
            client.cookies.set("session", await make.session_of(row))
            self.clients[name] = client
        self.cards = {}
        self.left = set()
        self.revealed = False

    @rule(
        scorer=st.integers(0, 2),
        applicant=st.integers(0, 1),
        code=st.integers(0, 1),
        level=st.sampled_from([None, 1, 3, 5]),
        word=st.integers(0, 999),
    )
    def save(self, scorer, applicant, code, level, word):
        self.do(self._save(scorer, applicant, code, level, word))

    async def _save(self, scorer, applicant, code, level, word):
        who = await make.actor(self.made.people[scorer])
        try:
            card = await commands.start_scorecard(
                who, OWN, self.made.vacancy.id, self.made.applications[applicant].id
            )
            self.cards[scorer, applicant] = card
            item = (await cards.sheet(await cards.own(who, OWN, card))).items[code]
            mark = Mark(item.competence_id, level, level is None, f"heard{scorer}x{word}", item.version)
            await commands.save_rating(who, OWN, card, mark)
        except Refused:
            pass

    @rule(scorer=st.integers(0, 2), applicant=st.integers(0, 1))
    def submit(self, scorer, applicant):
        self.do(self._submit(scorer, applicant))

    async def _submit(self, scorer, applicant):
        for code in range(len(CODES)):
            await self._save(scorer, applicant, code, 4, 7)
        if card := self.cards.get((scorer, applicant)):
            await self._try(commands.submit_scorecard(await make.actor(self.made.people[scorer]), OWN, card))

    @rule(scorer=st.integers(0, 2), applicant=st.integers(0, 1))
    def reopen(self, scorer, applicant):
        if card := self.cards.get((scorer, applicant)):
            chair = self.do(make.actor(self.made.people[0]))
            self.do(self._try(commands.reopen_scorecard(chair, OWN, self.made.vacancy.id, card, "a mistake")))

    @precondition(lambda self: not self.left)
    @rule(scorer=st.integers(1, 2))
    def withdraw(self, scorer):
        who = self.do(make.actor(self.made.people[scorer]))
        self.do(self._try(panels.declare(who, OWN, self.made.vacancy.id, Declaration("withdraws", ""))))
        self.left.add(READERS[scorer])

    @rule(who=st.sampled_from(READERS))
    def try_to_reveal(self, who):
        """Only when all active members have submitted everything may this succeed."""
        actor = self.do(make.actor(self.rows[who]))
        missing = self.do(sealed.missing_scorecards(self.made.vacancy.id))
        if self.do(self._try(commands.reveal_scores(actor, OWN, self.made.vacancy.id))):
            assert missing == 0
            assert who in ("first", "manager")
            self.revealed = True

    async def _try(self, writing):
        try:
            return await writing
        except Refused:
            return None

    @precondition(lambda self: not self.revealed and self.cards)
    @rule(who=st.sampled_from(READERS))
    def read(self, who):
        """Whatever `who` is shown stays the same when everybody else's scores change."""
        before = self.do(self._all_pages(who))
        own = next(
            (
                member.id
                for member, row in zip(self.made.members, self.made.people, strict=True)
                if row.id == self.rows[who].id
            ),
            0,
        )
        self.do(self._turn_round(own))
        after = self.do(self._all_pages(who))
        self.do(self._turn_round(own))
        for address, text in before.items():
            assert text == after[address], f"{who} can tell from {address} what others scored"
            foreign = {f"heard{n}x" for n in range(SCORERS)} - {f"heard{READERS.index(who)}x"}
            assert not any(word in text for word in foreign), f"{who} reads another's note at {address}"

    async def _all_pages(self, who):
        places = {
            "vacancy_id": [self.made.vacancy.id],
            "application_id": [row.id for row in self.made.applications],
            "scorecard_id": list(self.cards.values()),
            "domain": ["a", "b"],
            "member_id": [self.made.members[1].id],
            "competence_id": [1],
            "person_id": [self.made.people[1].id],
        }
        pages = {}
        for route in routes.every(self.app):
            if route.method != "GET" or route.path.endswith(("/events", "/sign-in", *routes.TRACED)):
                continue
            try:
                addresses = routes.filled(route.path, places)
            except KeyError:
                addresses = routes.filled(
                    route.path, {name: [1] for name in re.findall(r"{(\w+)", route.path)}
                )
            for address in addresses:
                for headers in ({}, {"HX-Request": "true"}):
                    answer = await self.clients[who].get(address, headers=headers)
                    pages[address, bool(headers)] = f"{answer.status_code} {NOISE.sub('', answer.text)}"
        return pages

    async def _turn_round(self, own_member):
        async with DB.pool.acquire() as connection:
            await connection.execute(
                "SET session_replication_role = replica;"
                " UPDATE rating SET level = 6 - level, no_evidence = level IS NULL, evidence = reverse(evidence)"
                f" WHERE assessment IN (SELECT assessment FROM scorecard WHERE member <> {own_member});"
                " SET session_replication_role = DEFAULT"
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


PLAY = settings(
    max_examples=8, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
def test_no_page_and_no_fragment_tells_what_another_scored(machine):
    run_state_machine_as_test(machine, settings=PLAY)


@pytest.mark.slow
def test_the_machine_notices_when_the_seal_is_taken_out(machine, monkeypatch):
    unsealed = sealed._RATINGS.replace("v.revealed_at IS NOT NULL AND a.submitted_at IS NOT NULL", "true")
    assert unsealed != sealed._RATINGS
    monkeypatch.setattr(sealed, "_RATINGS", unsealed.replace("m.left_at > v.revealed_at", "true"))
    monkeypatch.setattr(comparison, "open_seat", sealed.informed_seat)
    play = machine()
    play.submit(1, 0)
    play.submit(0, 0)
    with pytest.raises(AssertionError, match=r"what others scored|another's note"):
        play.read("first")
    play.teardown()
