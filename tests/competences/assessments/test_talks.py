"""The seal between two views, and the talk that follows it (rule 14)."""

from datetime import UTC, date, datetime, timedelta

import asyncpg
import make
import pytest

from competences.assessments.commands import answers, rounds, talks
from competences.assessments.commands.saving import Stale
from competences.assessments.queries import history_of, levels_of, own, sealed
from competences.assessments.queries.places import side
from competences.assessments.queries.talks import talk_of
from competences.assessments.rules import Mark
from competences.assessments.tables import Submission
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from recruit.piccolo_conf import DB

TEAM, OWN = Reach.TEAM, Reach.OWN
TODAY, NOW = date.today(), datetime.now(UTC)
ALL = {"A1": 3, "B4": 3, "E3": 3}


async def agreed(made, who, codes=("A1", "B4", "E3"), level: int = 3) -> None:
    for code in codes:
        mark = Mark(await make.competence_id(code), level, False, f"Seen in {code}.", 0)
        await talks.agree_level(who, TEAM, made.of(made.people[0]), mark, NOW)


async def version(made, who) -> int:
    return (await talk_of(await side(who, TEAM, made.of(made.people[0])))).version


async def test_neither_sees_the_other_before_both_have_shared(db):
    made = await make.opened_round()
    yusuf, place = made.people[0], made.of(made.people[0])
    both = [await make.actor(row) for row in (yusuf, made.manager)]
    await make.shared(made, made.manager, yusuf, ALL)
    await make.answered(made, yusuf, yusuf, ALL)
    for who in both:
        assert "Yusuf Yılmaz has not shared yet" in sealed.why_sealed(await side(who, TEAM, place))
        assert await sealed.views_of(who, TEAM, place) == [], "the statement itself holds the seal"
    await make.shared(made, yusuf, yusuf, {})
    assert [len(await sealed.views_of(who, TEAM, place)) for who in both] == [3, 3]


async def test_nobody_else_ever_sees_a_view_not_even_a_manager_who_was(db):
    made = await make.opened_talk(ALL, ALL)
    place, stranger = made.of(made.people[0]), await make.manager("Other Manager")
    assert await sealed.views_of(await make.actor(stranger), TEAM, place) == []
    await Person.update({Person.manager: stranger.id}).where(Person.id == made.people[0].id)
    assert await sealed.views_of(await make.actor(made.manager), TEAM, place) == []
    with pytest.raises(NotFound):
        await side(await make.actor(made.manager), TEAM, place)


async def test_a_new_line_manager_sees_nothing_before_they_have_shared_themselves(db):
    made = await make.opened_talk(ALL, ALL)
    yusuf, place = made.people[0], made.of(made.people[0])
    nora = await make.manager("Nora New")
    await Person.update({Person.manager: nora.id}).where(Person.id == yusuf.id)
    both = [await make.actor(row) for row in (yusuf, nora)]
    for who in both:
        assert "Nora New has not shared yet" in sealed.why_sealed(await side(who, TEAM, place))
        assert await sealed.views_of(who, TEAM, place) == []
        with pytest.raises(Conflict, match="Nora New has not shared"):
            await agreed(made, who)
    await make.shared(made, nora, yusuf, {"A1": 5, "B4": 3, "E3": 3}, "NORA words")
    for who in both:
        seen = {item.code: item.manager for item in await sealed.views_of(who, TEAM, place)}
        assert (seen["A1"].level, seen["A1"].words) == (5, "NORA words")
    await Person.update({Person.manager: None}).where(Person.id == yusuf.id)
    assert "Nobody leads you at present" in sealed.why_sealed(await side(both[0], TEAM, place))


async def test_a_talk_starts_anew_with_another_line_manager_and_is_kept_under_their_name(db):
    made = await make.opened_talk(ALL, ALL)
    yusuf, place = made.people[0], made.of(made.people[0])
    own_, mara, nora = await make.actor(yusuf), await make.actor(made.manager), await make.manager("Nora New")
    await agreed(made, mara)
    await talks.note_meeting(mara, TEAM, place, TODAY, None, TODAY, NOW)
    await talks.dissent(mara, TEAM, place, "Mara sees it higher.", "", NOW)
    await talks.confirm_talk(mara, TEAM, place, await version(made, mara), NOW)
    await Person.update({Person.manager: nora.id}).where(Person.id == yusuf.id)
    who = await make.actor(nora)
    await make.shared(made, nora, yusuf, ALL)
    talk = await talk_of(await side(who, TEAM, place))
    assert (talk.manager_confirmed_at, talk.manager_dissent) == (None, "")
    for one in (own_, who):
        await talks.confirm_talk(one, TEAM, place, await version(made, one), NOW)
    assert {row.assessor for row in await history_of(who, TEAM, yusuf.id)} == {"Nora New"}
    third = await make.manager("Tom Third")
    await Person.update({Person.manager: third.id}).where(Person.id == yusuf.id)
    here = await side(own_, TEAM, place)
    assert (here.manager, here.lifted) == ("Nora New", True)
    late = await make.actor(third)
    assert "Nora New held this talk" in sealed.why_sealed(await side(late, TEAM, place))
    assert await sealed.views_of(late, TEAM, place) == []
    with pytest.raises(Conflict, match="held this talk"):
        await answers.start_assessment(late, TEAM, place, TODAY, NOW)


async def test_a_target_is_not_there_before_the_answer(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    for assessor in (yusuf, made.manager):
        key = await make.answered(made, assessor, yusuf, {"A1": 3, "B4": None})
        items = (await own.sheet(await own.own(await make.actor(assessor), TEAM, key))).items
        assert {item.code: (item.required_level, item.gate) for item in items} == {
            "A1": (4, False),
            "B4": (None, False),
            "E3": (None, False),
        }


async def test_what_was_shared_is_locked_and_kept(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    key = await make.answered(made, yusuf, yusuf, {"A1": 1, "B4": None}, "")
    who = await make.actor(yusuf)
    with pytest.raises(Invalid) as refused:
        await answers.share_assessment(who, OWN, key, TODAY, NOW)
    fields = {f"evidence-{await make.competence_id('A1')}", f"level-{await make.competence_id('E3')}"}
    assert set(refused.value.fields) == fields
    for code, words, seen in (("A1", "Said so myself.", 1), ("E3", "", 0)):
        mark = Mark(await make.competence_id(code), 1 if code == "A1" else 4, False, words, seen, True)
        await answers.save_answer(who, OWN, key, mark, TODAY, NOW)
    await answers.share_assessment(who, OWN, key, TODAY, NOW)
    kept = await Submission.objects().get(Submission.assessment == key)
    assert "Said so myself." in kept.ratings
    with pytest.raises(Conflict, match="shared"):
        await answers.save_answer(who, OWN, key, Mark(mark.competence_id, 2, False, "", 1), TODAY, NOW)
    async with DB.pool.acquire() as connection:
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(f"UPDATE assessment SET submitted_at = NULL WHERE id = {key}")


async def test_two_tabs_of_a_self_assessment_do_not_overwrite_each_other(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    key = await make.answered(made, yusuf, yusuf, {"A1": 3}, "one")
    who, mark = await make.actor(yusuf), Mark(await make.competence_id("A1"), 3, False, "two", 0)
    with pytest.raises(Stale) as refused:
        await answers.save_answer(who, OWN, key, mark, TODAY, NOW)
    assert refused.value.stored.evidence == "one"


async def test_a_stranger_neither_begins_nor_saves_nor_shares(db):
    made = await make.opened_round()
    yusuf = made.people[0]
    key = await make.answered(made, yusuf, yusuf, ALL)
    mark = Mark(await make.competence_id("A1"), 5, False, "", 1)
    for row in (made.manager, await make.manager("Other Manager")):
        who = await make.actor(row)
        with pytest.raises(NotFound):
            await answers.save_answer(who, TEAM, key, mark, TODAY, NOW)
        with pytest.raises(NotFound):
            await answers.share_assessment(who, TEAM, key, TODAY, NOW)
    with pytest.raises(NotFound):
        await answers.start_assessment(who, TEAM, made.of(yusuf), TODAY, NOW)


async def test_who_was_asked_as_a_colleague_and_leads_the_person_since_sees_no_range(db):
    made = await make.opened_round(peers=True)
    yusuf, place = made.people[0], made.of(made.people[0])
    nora = await make.manager("Nora New")
    peers = [nora, *[await make.person() for _number in range(3)]]
    mara = await make.actor(made.manager)
    await rounds.name_peers(mara, TEAM, place, [row.id for row in peers], TODAY)
    for row, level in zip(peers, (2, 3, 5, 4), strict=True):
        await make.shared(made, row, yusuf, {"A1": level, "B4": 3, "E3": 4}, "")
    await Person.update({Person.manager: nora.id}).where(Person.id == yusuf.id)
    for row in (yusuf, nora):
        await make.shared(made, row, yusuf, ALL)
    assert {item.peers for item in await sealed.views_of(await make.actor(nora), TEAM, place)} == {None}
    assert {item.peers.count for item in await sealed.views_of(await make.actor(yusuf), TEAM, place)} == {4}


async def test_no_more_colleagues_are_asked_once_the_person_could_read_the_range_of_an_earlier_talk(db):
    made = await make.opened_round(peers=True)
    yusuf, nora = made.people[0], await make.manager("Nora New")
    for row in (yusuf, made.manager):
        await make.shared(made, row, yusuf, ALL)
    await Person.update({Person.manager: nora.id}).where(Person.id == yusuf.id)
    keys = [(await make.person()).id for _number in range(3)]
    with pytest.raises(Conflict, match="not any more"):
        await rounds.name_peers(await make.actor(nora), TEAM, made.of(yusuf), keys, TODAY)


async def test_colleagues_show_as_a_range_of_three_and_not_once_it_could_grow(db):
    made = await make.opened_round(peers=True)
    yusuf, place = made.people[0], made.of(made.people[0])
    peers = [await make.person() for _number in range(4)]
    mara = await make.actor(made.manager)
    await rounds.name_peers(mara, TEAM, place, [row.id for row in peers], TODAY)
    for row, level in zip(peers, (2, 3, 5), strict=False):
        await make.shared(made, row, yusuf, {"A1": level, "B4": 3 if level > 2 else None, "E3": 4}, "")
    waiting = await make.answered(made, peers[3], yusuf, {"A1": 1, "B4": 1, "E3": 1}, "")
    await make.shared(made, made.manager, yusuf, ALL)
    await make.shared(made, yusuf, yusuf, ALL)
    ranges = {item.code: item.peers for item in await sealed.views_of(mara, TEAM, place)}
    assert (ranges["A1"].low, ranges["A1"].high, ranges["A1"].count) == (2, 5, 3)
    alike = ranges["E3"]
    assert (alike.low, alike.high, alike.count) == (None, None, 3), "all gave 4: a range would name each"
    assert ranges["B4"] is None, "two levels would say too much"
    with pytest.raises(Conflict, match="not needed any more"):
        await answers.share_assessment(await make.actor(peers[3]), OWN, waiting, TODAY, NOW)
    assert await sealed.views_of(await make.actor(peers[0]), TEAM, place) == []


async def test_levels_count_once_both_confirmed_what_they_saw(db):
    made = await make.opened_talk({"A1": 2, "B4": 3, "E3": 4}, {"A1": 4, "B4": 3, "E3": 4})
    yusuf, place = made.people[0], made.of(made.people[0])
    mara, own_ = await make.actor(made.manager), await make.actor(yusuf)
    with pytest.raises(Invalid, match="day"):
        await talks.confirm_talk(mara, TEAM, place, 1, NOW)
    await talks.accept_shared_levels(mara, TEAM, place, NOW)
    await agreed(made, own_, ("A1",))
    await talks.note_meeting(mara, TEAM, place, TODAY, None, TODAY, NOW)
    await talks.confirm_talk(own_, OWN, place, await version(made, own_), NOW)
    assert await levels_of(mara, TEAM, yusuf.id) == [], "one confirmation gives no level"
    changed = Mark(await make.competence_id("A1"), 4, False, "On second thoughts.", 1)
    seen = await version(made, mara)
    await talks.agree_level(own_, OWN, place, changed, NOW)
    with pytest.raises(Conflict, match="changed since"):
        await talks.confirm_talk(mara, TEAM, place, seen, NOW)
    await talks.confirm_talk(mara, TEAM, place, await version(made, mara), NOW)
    assert await levels_of(mara, TEAM, yusuf.id) == [], "the change took the first confirmation back"
    await talks.dissent(own_, OWN, place, "I see A1 lower.", "", NOW)
    await talks.confirm_talk(own_, OWN, place, await version(made, own_), NOW)
    assert await levels_of(mara, TEAM, yusuf.id) == [], "who confirmed had not read that the other sees it so"
    await talks.confirm_talk(mara, TEAM, place, await version(made, mara), NOW)
    await talks.confirm_talk(own_, OWN, place, await version(made, own_), NOW)
    rows = {row.code: (row.level, row.kind) for row in await levels_of(mara, TEAM, yusuf.id)}
    assert rows == {"A1": (4, "talk"), "B4": (3, "talk"), "E3": (4, "talk")}
    for late in (
        talks.agree_level(mara, TEAM, place, Mark(changed.competence_id, 1, False, "x", 2), NOW),
        talks.note_meeting(mara, TEAM, place, TODAY - timedelta(days=1), TODAY, TODAY, NOW),
        talks.dissent(own_, OWN, place, "Other words.", "I see A1 lower.", NOW),
    ):
        with pytest.raises(Conflict, match="does not change"):
            await late
    async with DB.pool.acquire() as connection:
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute("UPDATE talk SET person_dissent = ''")


async def test_a_talk_is_for_the_two_alone(db):
    made = await make.opened_talk(ALL, ALL)
    who, place = await make.actor(await make.manager("Other Manager")), made.of(made.people[0])
    for refused in (
        talks.agree_level(who, TEAM, place, Mark(await make.competence_id("A1"), 5, False, "x", 0), NOW),
        talks.accept_shared_levels(who, TEAM, place, NOW),
        talks.note_meeting(who, TEAM, place, TODAY, None, TODAY, NOW),
        talks.dissent(who, TEAM, place, "x", "", NOW),
        talks.confirm_talk(who, TEAM, place, 1, NOW),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_a_talk_cannot_begin_before_both_have_shared(db):
    made = await make.opened_round()
    await make.shared(made, made.manager, made.people[0], ALL)
    with pytest.raises(Conflict, match="has not shared"):
        await agreed(made, await make.actor(made.manager))
