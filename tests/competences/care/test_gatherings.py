"""Meetings and who was there; incidents and what is owed afterwards."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import make
import pytest

from competences.care.commands import incidents, meetings
from competences.care.queries.incidents import concerned
from competences.care.queries.meetings import attended, could_attend, last_meetings_of
from competences.care.queries.meetings import meetings as listed
from competences.care.queries.register import facts_of
from competences.care.rules.choices import Gathering, Incident
from competences.care.rules.incidents import IncidentDraft
from competences.care.rules.meetings import MeetingDraft
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach

from .conftest import NOW, TODAY


async def met(team, *people, days_ago=1, **other):
    draft = MeetingDraft(
        Gathering.SAFE_SPACE, team.youth, TODAY - timedelta(days=days_ago),
        frozenset(one.person_id for one in people),
    )  # fmt: skip
    return (await meetings.record_meeting(team.mara, Reach.TEAM, draft, NOW, TODAY)).subject_id


async def test_who_misses_two_in_a_row_shows_and_who_comes_again_does_not(team):
    async def missed(person):
        return (await facts_of([person.person_id], TODAY))[person.person_id].missed

    await met(team, team.daniel, days_ago=20)
    assert await missed(team.selin) == ()
    await met(team, team.daniel, days_ago=13)
    assert await missed(team.selin) == (Gathering.SAFE_SPACE,)
    assert await missed(team.daniel) == ()
    assert await missed(team.otto) == ()  # of another unit
    await met(team, team.selin, days_ago=6)
    assert await missed(team.selin) == ()
    assert [one.came for one in await last_meetings_of(team.selin.person_id)] == [True, False, False]


async def test_meetings_are_recorded_by_who_leads_somebody_in_the_unit(team):
    draft = MeetingDraft(Gathering.TEAM_MEETING, team.adults, TODAY)
    everybody = MeetingDraft(Gathering.TEAM_MEETING, None, TODAY)
    for actor, reach, what in (
        (team.mara, Reach.TEAM, draft), (team.mara, Reach.TEAM, everybody), (team.daniel, Reach.OWN, draft),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            await meetings.record_meeting(actor, reach, what, NOW, TODAY)
    await meetings.record_meeting(team.ruth, Reach.ALL, everybody, NOW, TODAY)
    with pytest.raises(Invalid):
        await met(team, team.otto)
    with pytest.raises(Invalid):
        await met(team, team.daniel, days_ago=-1)


async def test_attendance_is_corrected_by_whoever_saw_the_last_edition(team):
    meeting = await met(team, team.daniel)
    await meetings.correct_attendance(team.mara, Reach.TEAM, meeting, [team.selin.person_id], 1)
    assert await attended(team.mara, Reach.TEAM, meeting) == {team.selin.person_id}
    with pytest.raises(Conflict):
        await meetings.correct_attendance(team.mara, Reach.TEAM, meeting, [], 1)


async def test_a_line_manager_sees_and_corrects_attendance_only_of_people_whom_they_lead(team):
    ivo = await make.manager("Ivo Second")
    petra = await make.person("Petra Led", manager=ivo.id, unit=team.youth)
    other = await make.actor(ivo)
    assert [one.name for one in await could_attend(other, Reach.TEAM, team.youth, TODAY)] == ["Petra Led"]
    meeting = await met(team, team.daniel)
    assert await attended(other, Reach.TEAM, meeting) == frozenset()
    with pytest.raises(Invalid):
        await meetings.correct_attendance(team.mara, Reach.TEAM, meeting, [petra.id], 1)
    with pytest.raises(Invalid):
        await meetings.correct_attendance(other, Reach.TEAM, meeting, [team.selin.person_id], 1)
    await meetings.correct_attendance(other, Reach.TEAM, meeting, [petra.id], 1)
    await meetings.correct_attendance(team.mara, Reach.TEAM, meeting, [team.selin.person_id], 2)
    assert await attended(team.ruth, Reach.ALL, meeting) == {petra.id, team.selin.person_id}
    assert await attended(other, Reach.TEAM, meeting) == {petra.id}


async def test_a_stranger_sees_no_meeting_and_who_was_there_no_list(team):
    meeting = await met(team, team.daniel)
    assert [row.id for row in await listed(team.daniel, Reach.OWN)] == [meeting]
    assert await attended(team.daniel, Reach.OWN, meeting) == frozenset()
    assert await listed(team.selin, Reach.OWN) == []
    for actor in (team.selin, team.otto):
        with pytest.raises(NotFound):
            await attended(actor, Reach.OWN, meeting)
    with pytest.raises(NotFound):
        await could_attend(team.daniel, Reach.OWN, team.youth, TODAY)


def threat(*people, kind=Incident.THREAT, at=NOW - timedelta(hours=5)):
    return IncidentDraft(kind, at, frozenset(one.person_id for one in people))


async def test_after_an_incident_each_person_is_owed_a_debrief_and_a_check_in(team):
    await incidents.record_incident(team.mara, Reach.TEAM, threat(team.daniel, team.selin), NOW, TODAY)
    rows = await concerned(team.mara, Reach.TEAM, UTC, only_open=True)
    assert [row.debrief_until for row in rows] == [NOW + timedelta(hours=67)] * 2
    row = next(row for row in rows if row.person == "Daniel Rask")
    with pytest.raises(Invalid):
        await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW - timedelta(hours=6), NOW)
    await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW, NOW)
    with pytest.raises(Conflict):
        await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW, NOW)
    month = NOW + timedelta(days=30)
    await incidents.record_check_in(team.mara, Reach.TEAM, row.id, month.date(), month)
    assert [row.person for row in await concerned(team.mara, Reach.TEAM, UTC, only_open=True)] == [
        "Selin Aydın"
    ]


async def test_a_check_in_is_on_a_later_day_than_the_incident_where_the_organisation_is(team):
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # in Berlin it is the 24th
    now = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    await incidents.record_incident(team.mara, Reach.TEAM, threat(team.daniel, at=late), NOW, TODAY)
    (row,) = await concerned(team.mara, Reach.TEAM, now.tzinfo)
    for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 26)):
        with pytest.raises(Invalid):
            await incidents.record_check_in(team.mara, Reach.TEAM, row.id, day, now)
    await incidents.record_check_in(team.mara, Reach.TEAM, row.id, date(2026, 11, 25), now)


async def test_on_the_day_of_news_somebody_may_be_asked_how_they_are(team):
    news = threat(team.daniel, kind=Incident.NEWS)
    await incidents.record_incident(team.mara, Reach.TEAM, news, NOW, TODAY)
    (row,) = await concerned(team.mara, Reach.TEAM, UTC)
    await incidents.record_check_in(team.mara, Reach.TEAM, row.id, TODAY, NOW)


async def test_after_news_a_check_in_is_owed_in_the_same_week_and_no_debrief(team):
    news = threat(team.daniel, kind=Incident.NEWS, at=datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    await incidents.record_incident(team.mara, Reach.TEAM, news, NOW, TODAY)
    (row,) = await concerned(team.daniel, Reach.OWN, UTC)
    assert (row.debrief_until, row.check_in_by) == (None, date(2026, 11, 29))
    with pytest.raises(Conflict):
        await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW, NOW)


async def test_incidents_are_recorded_and_seen_by_who_looks_after_the_people(team):
    for people in ([], [team.otto]):
        with pytest.raises(Invalid):
            await incidents.record_incident(team.mara, Reach.TEAM, threat(*people), NOW, TODAY)
    with pytest.raises(NotFound):
        await incidents.record_incident(team.daniel, Reach.OWN, threat(team.daniel), NOW, TODAY)
    await incidents.record_incident(team.mara, Reach.TEAM, threat(team.daniel), NOW, TODAY)
    (row,) = await concerned(team.daniel, Reach.OWN, UTC)
    assert await concerned(team.selin, Reach.OWN, UTC) == []
    for actor, reach in ((team.daniel, Reach.OWN), (team.otto, Reach.TEAM)):
        with pytest.raises(NotFound):
            await incidents.record_debrief(actor, reach, row.id, NOW, NOW)


async def test_nobody_who_has_a_line_manager_records_their_own_debrief(team):
    await incidents.record_incident(team.ruth, Reach.ALL, threat(team.ruth), NOW, TODAY)
    (row,) = await concerned(team.ruth, Reach.OWN, UTC)
    with pytest.raises(Conflict, match="line manager"):
        await incidents.record_debrief(team.ruth, Reach.ALL, row.id, NOW, NOW)
    await incidents.record_debrief(team.mara, Reach.TEAM, row.id, NOW, NOW)
