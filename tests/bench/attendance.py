"""A session of today with a full list, for whoever takes its attendance on several phones at once."""

from competences.people.tables import Person
from recruit import database

_SESSION = (
    """
    INSERT INTO person (name, email, post, external) VALUES ('Toni Trainer', 'trainer@bench.example', 'Trainer', '')
    """,
    """
    INSERT INTO account (person, email, password, roles, language, theme)
    SELECT p.id, p.email, a.password, ARRAY['staff', 'trainer'], '', '' FROM person p, account a
    WHERE p.email = 'trainer@bench.example' AND a.email = 'mara.keller@demo.example'
    """,
    """
    INSERT INTO course_session (version, zone, place, link, capacity, uid, sequence, cancelled_reason, made_at, edition)
    SELECT min(id), 'UTC', 'Room 2', '', 40, 'taps', 0, '', now(), 1 FROM course_version WHERE published_at IS NOT NULL
    """,
    """
    INSERT INTO session_day (session, starts_at, ends_at)
    SELECT id, date_trunc('day', now()), date_trunc('day', now()) + interval '8 hours' FROM course_session WHERE uid = 'taps'
    """,
    """
    INSERT INTO session_trainer (session, person)
    SELECT s.id, p.id FROM course_session s, person p WHERE s.uid = 'taps' AND p.email = 'trainer@bench.example'
    """,
    """
    INSERT INTO enrolment (session, person, guest, organisation, place, turn, joined_at)
    SELECT s.id, NULL, 'Guest ' || i, 'Partner', 'booked', i, now() FROM course_session s, generate_series(1, 40) i
    WHERE s.uid = 'taps'
    """,
)
_TAPS = """
SELECT s.id AS session, d.id AS day, e.id AS enrolment FROM course_session s
JOIN session_day d ON d.session = s.id JOIN enrolment e ON e.session = s.id WHERE s.uid = 'taps' ORDER BY e.id LIMIT {}
"""


async def with_session() -> None:
    """Add it."""
    async with database.pool():
        for statement in _SESSION:
            await Person.raw(statement)


async def taps(most: int) -> list[dict]:
    """Return places to tap on: session, day, enrolment."""
    return await Person.raw(_TAPS, most)
