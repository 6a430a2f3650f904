"""What is due: sections that hold each person once, and invitations."""

from datetime import UTC, date, datetime, timedelta

import make
import pytest
from make import training

from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.training.commands.due import invite
from competences.training.queries import due, matrix
from competences.training.rules.due import Section, sections
from competences.training.rules.matrix import Overview, State, Trainee
from competences.training.tables import Enrolment

NOW = datetime.now(UTC)
TODAY = NOW.date()


def board(**asked) -> dict[Section, set[int]]:
    groups = {
        (1, State.EXPIRED): (1, 2), (1, State.OVERDUE): (3,), (1, State.TO_DO): (4, 5), (1, State.IN_60): (6,),
        (1, State.IN_DATE): (7,),
    }  # fmt: skip
    people = tuple(Trainee(key, "", "", None, None) for key in range(1, 10))
    return sections(Overview(people, groups), 1, {1: (2, 5)}, {1: (6, 7, 8)}, **asked)


def test_whoever_waits_for_another_course_is_in_no_other_section():
    found = board()
    assert (found[Section.EXPIRED], found[Section.TO_DO], found[Section.WAITING]) == ({1}, {4}, {2, 5})
    assert found[Section.OVERDUE] == {3}


def test_who_asked_is_listed_apart_unless_it_is_due_anyway():
    assert board()[Section.ASKED] == {7, 8}


def test_a_unit_has_its_own_people_alone():
    found = board(people={1, 8})
    assert {section: ids for section, ids in found.items() if ids} == {
        Section.EXPIRED: {1},
        Section.ASKED: {8},
    }


async def test_a_course_waits_for_the_one_that_comes_first_and_a_stranger_sees_nobody(db):
    team = await make.team("Ruth Okello", in_role=1)
    first = await training.course("Induction")
    version = await training.course(required_by="Exit worker", after=(first,))
    lead, ruth = await make.actor(team.manager), team.people[0]
    assert await due.waiting(lead, Reach.TEAM, TODAY) == {version.course: (ruth.id,)}
    stranger = await make.actor(await make.manager("Selin Aydin"))
    assert await due.waiting(stranger, Reach.TEAM, TODAY) == {}
    assert await due.waiting(stranger, Reach.NO, TODAY) == {}
    await training.completion(ruth, first, date.today() - timedelta(9))
    assert await due.waiting(lead, Reach.TEAM, TODAY) == {}


async def test_those_who_are_invited_are_booked_in_order_until_it_is_full(db):
    trainer = await make.person("Jana Wirth", "staff", "trainer")
    people = [await make.person() for _ in range(3)]
    session = await training.session(await training.course(), TODAY + timedelta(9), capacity=2)
    await training.enrolment(session, people[2])
    jana, ids = await make.actor(trainer), [person.id for person in people]
    made = await invite(jana, Reach.ALL, session.id, ids, NOW)
    assert (made.person_ids, made.booked, made.waiting) == (tuple(ids[:2]), 1, 1)
    rows = await Enrolment.select(Enrolment.person, Enrolment.place).where(Enrolment.person == ids[1])
    assert rows == [{"person": ids[1], "place": "waiting"}]
    before = await matrix.stamp()
    assert await invite(jana, Reach.ALL, session.id, ids, NOW) is None
    assert await matrix.stamp() == before


async def test_an_invitation_is_for_people_who_work_here_to_a_session_that_is_held(db):
    jana = await make.actor(await make.person("Jana Wirth", "staff", "trainer"))
    person, gone = await make.person(), await make.person(ended_on=TODAY - timedelta(9))
    version = await training.course()
    session = await training.session(version, TODAY + timedelta(9))
    with pytest.raises(Invalid):
        await invite(jana, Reach.ALL, session.id, [person.id, gone.id], NOW)
    with pytest.raises(Invalid):
        await invite(jana, Reach.ALL, session.id, [], NOW)
    with pytest.raises(NotFound):
        await invite(jana, Reach.TEAM, session.id, [person.id], NOW)
    off = await training.session(version, TODAY + timedelta(9), cancelled_at=NOW, cancelled_reason="Ill.")
    with pytest.raises(Conflict):
        await invite(jana, Reach.ALL, off.id, [person.id], NOW)
    assert not await Enrolment.exists()
