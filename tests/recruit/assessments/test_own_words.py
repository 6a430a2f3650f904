"""Whoever assesses their own work reads the levels in the first person; everybody else in the third."""

from dataclasses import replace
from datetime import UTC, date, datetime

import make
import pytest

from competences.actor import SYSTEM
from competences.assessments.tables import Participant, Round, Target
from competences.frameworks import commands, queries

THIRD, FIRST = "Keeps agreed appointments, and owns", "I keep agreed appointments, and own"
AS_IF = "Read each level as if it began with “I”."


async def test_only_the_own_assessment_speaks_in_the_first_person(as_):
    made = await make.opened_round(peers=True)
    yusuf = made.people[0]
    own = await make.answered(made, yusuf, yusuf, {})
    page = (await (await as_(yusuf)).get(f"/assessments/{own}/a")).text
    assert FIRST in page
    assert THIRD not in page
    assert AS_IF not in page
    assert "What your role needs shows once you have answered." in page
    led = await make.answered(made, made.manager, yusuf, {})
    page = (await (await as_(made.manager)).get(f"/assessments/{led}/a")).text
    assert THIRD in page
    assert FIRST not in page
    assert AS_IF not in page


@pytest.fixture
async def edited(db):
    """A published version of the leader framework in which one anchor of the first competence was changed."""
    source = await make.framework("leader")
    made = await commands.create_version(SYSTEM, source.id, "Shorter words.")
    row = (await queries.content(made.subject_id))[0].competences[0]
    text = replace(row.text, anchors=("Blames others.", *row.text.anchors[1:]))
    await commands.save_competence(SYSTEM, made.subject_id, row.id, row.domain_id, text, row.stamp)
    await commands.publish(SYSTEM, made.subject_id, datetime.now(UTC))
    yield made.subject_id
    await make.without_version(made.subject_id)


async def test_a_competence_whose_anchors_were_edited_keeps_them_and_says_how_to_read_them(as_, edited):
    yusuf, today = await make.person("Yusuf Yılmaz"), date.today()
    row = Round(title="Autumn round", opens_on=today, closes_on=today, opened_by=yusuf.id)
    await row.save()
    entry = Participant(
        round=row.id, person=yusuf.id, profile=await make.profile_id("Exit worker"), version=edited
    )
    await entry.save()
    for asked in (await queries.content(edited))[0].competences:
        await Target(participant=entry.id, competence=asked.id, required_level=3, gate=False).save()
    await Round.update({Round.opened_at: datetime.now(UTC)}).where(Round.id == row.id)
    client = await as_(yusuf)
    page = (await client.post(f"/participants/{entry.id}/assessment", follow_redirects=True)).text
    assert AS_IF in page
    assert "<li>Blames others.</li>" in page
    assert "<li>Keeps agreements with partners" in page
    assert "<li>I play down a threat to staff" in page
