"""What a panel agreed becomes somebody's first levels."""

from datetime import UTC, datetime, timedelta

import asyncpg
import make
import pytest

from competences.actor import SYSTEM
from competences.assessments import commands, queries
from competences.assessments.rules import AgreedRating
from competences.assessments.tables import Rating
from competences.audit.tables import AuditEntry
from competences.errors import Conflict, NotFound
from competences.frameworks.tables import Competence
from competences.people.reach import Reach

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


async def ids(*codes: str) -> list[int]:
    version = await make.framework()
    rows = await Competence.select(Competence.id).where(
        Competence.version == version.id, Competence.code.is_in(list(codes))
    ).order_by(Competence.code)  # fmt: skip
    return [row["id"] for row in rows]


async def record(person, levels, now=NOW):
    version = await make.framework()
    keys = await ids(*levels)
    ratings = [
        AgreedRating(key, level, "The panel said why.")
        for key, level in zip(keys, (levels[code] for code in sorted(levels)), strict=True)
    ]
    return await commands.record_agreed_levels(SYSTEM, person.id, version.id, ratings, now)


async def test_levels_are_kept_and_locked_and_never_in_the_log(db):
    person = await make.person("Ilse Brandt")
    await record(person, {"A1": 4, "E3": None})
    levels = await queries.levels_of(SYSTEM, Reach.ALL, person.id)
    assert [(row.code, row.level) for row in levels] == [("A1", 4), ("E3", None)]
    entry = await AuditEntry.select().first()
    assert entry["event"] == "levels.recorded"
    assert "4" not in entry["details"].replace(str(person.id), "")
    with pytest.raises(asyncpg.PostgresError):
        await Rating.update({Rating.level: 1}, force=True)


async def test_the_latest_word_on_a_competence_counts(db):
    person = await make.person("Ilse Brandt")
    await record(person, {"A1": 2, "B4": 3})
    await record(person, {"A1": 4}, NOW + timedelta(days=1))
    levels = await queries.levels_of(SYSTEM, Reach.ALL, person.id)
    assert [(row.code, row.level) for row in levels] == [("A1", 4), ("B4", 3)]


async def test_a_stranger_finds_no_levels(db):
    person, stranger = await make.person("Ilse Brandt"), await make.manager("Stranger")
    await record(person, {"A1": 2})
    for reach in (Reach.NO, Reach.OWN, Reach.TEAM):
        with pytest.raises(NotFound):
            await queries.levels_of(await make.actor(stranger), reach, person.id)


async def test_levels_of_another_framework_or_twice_the_same_are_refused(db):
    person, leader = await make.person("Ilse Brandt"), await make.framework("leader")
    (key,) = await ids("A1")
    rating = AgreedRating(key, 3, "")
    version = await make.framework()
    for version_id, ratings in ((leader.id, [rating]), (version.id, [rating, rating]), (version.id, [])):
        with pytest.raises(Conflict):
            await commands.record_agreed_levels(SYSTEM, person.id, version_id, ratings, NOW)
