"""Alone before a client goes only whoever training lets work alone: asked of it, not of the page."""

from datetime import timedelta

import pytest

from competences.care.queries.lone_work import authorised
from competences.training.tables.lone_work import LoneWorkException

from .conftest import NOW, TODAY
from .test_cases import decide, decision, discussed, takers

pytest.importorskip("competences.training.queries.lone_work")


async def test_who_is_authorised_takes_it_on_alone(team):
    people = [team.selin.person_id, team.daniel.person_id]
    assert await authorised(people, TODAY) == frozenset()
    await LoneWorkException(
        person=team.selin.person_id, from_on=TODAY, until_on=TODAY + timedelta(days=9), reason="Sick leave.",
        given_by="Mara Keller", given_at=NOW,
    ).save()  # fmt: skip
    assert await authorised(people, TODAY) == {team.selin.person_id}
    case = await discussed(team)
    await decide(team, case, decision(team.daniel, alone=[team.selin]))
    assert await takers(team, case) == [("Daniel Rask", False), ("Selin Aydın", True)]
