"""When trainers are away: each says it of themselves, and those who plan sessions read it."""

from datetime import date, timedelta

import make
import pytest

from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.training.commands.absences import enter_absence, remove_absence
from competences.training.queries.absences import absences
from recruit.access import Role

TODAY = date(2026, 11, 25)


@pytest.fixture
async def jana(db):
    return await make.actor(await make.person("Jana Wirth", Role.STAFF, Role.TRAINER))


async def test_a_trainer_enters_their_days_and_takes_them_back(jana):
    made = await enter_absence(jana, Reach.ALL, TODAY, TODAY + timedelta(4), TODAY)
    await enter_absence(jana, Reach.ALL, TODAY, None, TODAY)
    found = await absences(jana, Reach.ALL, TODAY + timedelta(1))
    assert [(row.person, row.until_on) for row in found] == [("Jana Wirth", TODAY + timedelta(4))]
    ruth = await make.actor(await make.person("Ruth Okello", Role.STAFF, Role.TRAINER))
    with pytest.raises(NotFound, match="not yours"):
        await remove_absence(ruth, Reach.ALL, made.subject_id)
    await remove_absence(jana, Reach.ALL, made.subject_id)
    assert await absences(jana, Reach.ALL, TODAY + timedelta(1)) == []


@pytest.mark.parametrize(
    ("from_on", "until_on", "words"),
    [
        (None, TODAY, "first day"),
        (TODAY, TODAY - timedelta(1), "not before"),
        (TODAY - timedelta(9), TODAY - timedelta(1), "over"),
        (TODAY, TODAY + timedelta(732), "two years"),
    ],
)
async def test_days_that_cannot_be_are_refused(jana, from_on, until_on, words):
    with pytest.raises(Invalid) as error:
        await enter_absence(jana, Reach.ALL, from_on, until_on, TODAY)
    assert words in str(error.value.fields)


async def test_a_stranger_enters_and_reads_nothing(jana):
    await enter_absence(jana, Reach.ALL, TODAY, None, TODAY)
    daniel = await make.actor(await make.person("Daniel Rask"))
    assert await absences(daniel, Reach.OWN, TODAY) == []
    with pytest.raises(NotFound):
        await enter_absence(daniel, Reach.NO, TODAY, None, TODAY)
