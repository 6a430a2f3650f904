"""Daniel, who may have a plan; Ruth, who keeps it with him; Mara, who leads him; Lea, another support lead."""

from dataclasses import dataclass
from datetime import UTC, datetime

import make
import pytest
import pytest_asyncio

from competences.actor import Actor
from competences.people.reach import Reach
from competences.sealing.rules import KeyRing, new_key
from competences.support.commands import plans
from competences.support.rules.bodies import Basis, Raised
from competences.support.rules.proposals import Proposal
from recruit.access import Role

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WORDS = "Tell me early when a case touches my old town."


@dataclass
class House:
    """Everybody as actors, the ring, and the plan once it is begun."""

    ring: KeyRing
    daniel: Actor
    ruth: Actor
    mara: Actor
    lea: Actor
    ada: Actor
    plan_id: int = 0

    async def begin(self) -> int:
        """Daniel asks Ruth for a plan."""
        self.plan_id = await self.begin_with(self.daniel, self.ruth)
        return self.plan_id

    async def begin_with(self, worker: Actor, lead: Actor) -> int:
        """Somebody asks a support lead for a plan."""
        draft = asked(lead)
        made = await plans.propose_plan(
            worker, self.ring, Reach.OWN, worker.person_id, draft, NOW, self.leads
        )
        return made.subject_id

    @property
    def leads(self) -> list[int]:
        return [self.ruth.person_id, self.lea.person_id]

    @property
    def unnamed(self) -> list[Actor]:
        return [self.mara, self.lea, self.ada]


def asked(lead: Actor, **other) -> Proposal:
    """What a worker hands in."""
    return Proposal(Raised.SELF, Basis.CONSENT, "I agree.", lead.person_id, WORDS, **other)


def proposed(**other) -> Proposal:
    """What a support lead hands in after a talk."""
    return Proposal(
        Raised.CONVERSATION, Basis.CONSENT, "I agree.", why="We spoke about the evening calls.", **other
    )


@pytest.fixture
def ring() -> KeyRing:
    """A ring with one master key."""
    key = new_key()
    return KeyRing(lambda: (key,))


@pytest_asyncio.fixture
async def house(db, ring) -> House:
    """Nobody has a plan yet."""
    mara = await make.manager()
    daniel = await make.person("Daniel Rask", manager=mara.id)
    ruth = await make.person("Ruth Okello", Role.STAFF, Role.SUPPORT_LEAD)
    lea = await make.person("Lea Sommer", Role.STAFF, Role.SUPPORT_LEAD)
    ada = await make.person("Ada Admin", Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
    return House(ring, *[await make.actor(row) for row in (daniel, ruth, mara, lea, ada)])
