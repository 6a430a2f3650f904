"""A year of care for the 500 people whom one line manager leads: some fifteen entries each, and weekly meetings."""

from competences.people.tables import Person
from recruit import database

_TEAM = "p.email LIKE 'team%@bench.example'"
_CARE = (
    f"""
    INSERT INTO care_entry (person, duty, done_on, outside, basis, recorded_at, recorded_by)
    SELECT p.id, 'supervision', current_date - 45 * i + p.id % 50, i % 3 = 0, '', now(), 'Lee Leader'
    FROM person p, generate_series(2, 9) i WHERE {_TEAM}
    """,
    f"""
    INSERT INTO care_entry (person, duty, done_on, outside, basis, recorded_at, recorded_by)
    SELECT p.id, d, current_date - 330 * i - p.id % 60, false, '', now(), 'Lee Leader'
    FROM person p, unnest(ARRAY['check-up', 'address', 'real-name']) d, generate_series(1, 2) i WHERE {_TEAM}
    """,
    f"INSERT INTO workload (person, load, said_on) SELECT p.id, 'right', current_date - 9 FROM person p WHERE {_TEAM}",
    """
    INSERT INTO meeting (gathering, unit, held_on, recorded_at, recorded_by, edition)
    SELECT g, u.id, current_date - 7 * i, now(), 'Lee Leader', 1
    FROM unit u, unnest(ARRAY['team-meeting', 'safe-space']) g, generate_series(1, 50) i WHERE u.name IN ('North', 'South')
    """,
    f"""
    INSERT INTO meeting_attendance (meeting, person)
    SELECT m.id, p.id FROM meeting m JOIN person p ON p.unit = m.unit WHERE {_TEAM} AND (m.id + p.id) % 4 > 0
    """,
    """
    INSERT INTO staff_incident (kind, happened_at, recorded_at, recorded_by)
    SELECT 'threat', now() - i * interval '20 hours', now(), 'Lee Leader' FROM generate_series(1, 40) i
    """,
    f"""
    INSERT INTO incident_person (incident, person) SELECT i.id, p.id FROM staff_incident i
    JOIN person p ON p.id % 40 = i.id % 40 WHERE {_TEAM} AND i.recorded_by = 'Lee Leader'
    """,
    "ANALYZE",
)  # fmt: skip


async def with_care() -> None:
    """Add them."""
    async with database.pool():
        for statement in _CARE:
            await Person.raw(statement)
