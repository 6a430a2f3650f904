"""A year of training: when courses are held, and when people run out of date."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import make
import pytest
from make import training

from competences.people.reach import Reach
from competences.training.queries.year import months_of, year
from recruit.access import Role
from recruit.web.i18n import today


@pytest.fixture
async def jana(db):
    return await make.person("Jana Wirth", Role.STAFF, Role.TRAINER)


async def test_sessions_and_ends_stand_in_their_month(jana):
    team = await make.team(in_role=2)
    version = await training.course("De-escalation", required_by="Exit worker", refresh_months=12)
    await training.course("First aid")
    day, first = today(), today().replace(day=1)
    ahead = months_of(day)[3]
    held = await training.session(version, ahead + timedelta(9))
    await training.enrolment(held, team.people[2])
    await training.session(
        version, ahead + timedelta(10), cancelled_at=datetime.now(UTC), cancelled_reason="Ill"
    )
    done = ahead.replace(year=ahead.year - 1)
    await training.completion(team.people[0], version, done)  # ends in the month of the session
    await training.completion(team.people[2], version, done)  # in no role: nobody requires it
    found = {row.title: row.months for row in await year(await make.actor(jana), Reach.ALL, first, day)}
    assert [(cell.ends, [(s.id, s.booked) for s in cell.sessions]) for cell in found["De-escalation"]] == [
        (1, [(held.id, 1)]) if number == 3 else (0, []) for number in range(12)
    ]
    assert all(cell.ends == 0 and not cell.sessions for cell in found["First aid"])


async def test_nobody_else_sees_the_year(jana):
    await training.course()
    assert await year(await make.actor(await make.manager()), Reach.TEAM, today(), today()) == []


async def test_the_page_moves_by_years_and_links_its_sessions(as_, jana, queries_of):
    version, day = await training.course("De-escalation"), today()
    held = await training.session(version, day + timedelta(1))
    client = await as_(jana)
    page = unescape((await client.get(f"/training/plan/year?from={day + timedelta(1):%Y-%m}")).text)
    assert f'href="/training/sessions/{held.id}"' in page
    assert "0 of 12" in page
    later = re.search(r'href="(/training/plan/year\?from=[\d-]+)">Year after', page)[1]
    assert f"/training/sessions/{held.id}" not in (await client.get(later)).text
    for strange in ("", "2026-13", "x", "9999-12"):
        assert "De-escalation" in (await client.get(f"/training/plan/year?from={strange}")).text
    assert await queries_of(client, "/training/plan/year") <= 6
    assert (await (await as_(await make.manager())).get("/training/plan/year")).status_code == 404
