"""A line manager of 500 people who all have a role and levels in every competence of both frameworks."""

from competences.people.tables import Person
from recruit import database

_TEAM = (
    "INSERT INTO unit (name) VALUES ('North'), ('South')",
    """
    INSERT INTO person (name, email, post, external) VALUES ('Lee Leader', 'leader@bench.example', 'Head', '')
    """,
    """
    INSERT INTO account (person, email, password, roles, language, theme)
    SELECT p.id, p.email, a.password, ARRAY['staff', 'line_manager'], '', '' FROM person p, account a
    WHERE p.email = 'leader@bench.example' AND a.email = 'mara.keller@demo.example'
    """,
    """
    INSERT INTO person (name, email, post, unit, manager, external)
    SELECT 'Person ' || i, 'team' || i || '@bench.example', 'Exit worker', u.ids[1 + i % 2], l.id, ''
    FROM generate_series(1, 500) i, person l,
         (SELECT array_agg(id ORDER BY id) AS ids FROM unit WHERE name IN ('North', 'South')) u
    WHERE l.email = 'leader@bench.example'
    """,
    """
    INSERT INTO role_holder (person, profile, from_on)
    SELECT p.id, (ARRAY(SELECT id FROM role_profile ORDER BY id))[1 + p.id % 4], date '2026-01-01'
    FROM person p WHERE p.email LIKE 'team%@bench.example'
    """,
    """
    INSERT INTO assessment (kind, version, person, started_at)
    SELECT 'imported', v.id, p.id, now() - interval '90 days' FROM person p, framework_version v
    WHERE p.email LIKE 'team%@bench.example' AND v.number = 1
    """,
    """
    INSERT INTO rating (assessment, competence, level, no_evidence, evidence, support, version, saved_at)
    SELECT a.id, c.id, 1 + (a.id * 7 + c.id * 3) % 5, false, '', false, 1, now()
    FROM assessment a JOIN person p ON p.id = a.person JOIN competence c ON c.version = a.version
    WHERE p.email LIKE 'team%@bench.example'
    """,
    """
    UPDATE assessment SET submitted_at = started_at FROM person p
    WHERE p.id = assessment.person AND p.email LIKE 'team%@bench.example'
    """,
    "ANALYZE",
)


async def with_team() -> None:
    """Add them."""
    async with database.pool():
        for statement in _TEAM:
            await Person.raw(statement)
