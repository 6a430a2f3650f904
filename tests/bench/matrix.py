"""Forty courses that all of the bench team needs, with completions, sessions and bookings: the seventeen that come with
the package, and others."""

from competences.people.tables import Person
from recruit import database
from tests.bench.client import Client
from tests.bench.processes import seconds

#: Whatever is written makes what is kept old: a change of this is the least that can be written.
_WRITTEN = "UPDATE audit_head SET entries = entries + 1"
_COURSES = (
    """
    WITH made AS (
        INSERT INTO course (code, retired) SELECT 'B' || lpad(i::text, 2, '0'), false FROM generate_series(1, 40 - (SELECT count(*)::int FROM course)) i
        RETURNING id, code
    )
    INSERT INTO course_version (course, number, title, aims, outline, hours, refresh_months, moderated, assessed_by,
                                capacity, published_at, edition)
    SELECT id, 1, 'Course ' || code || ' of the bench', '', '', 8, CASE id % 4 WHEN 0 THEN NULL ELSE 12 * (id % 4) END,
           false, ARRAY['test'], 12, NULL, 1 FROM made
    """,
    """
    INSERT INTO prerequisite (version, course)
    SELECT v.id, f.id FROM course_version v JOIN course k ON k.id = v.course JOIN course f ON f.code = 'B01'
    WHERE k.code IN ('B10', 'B20', 'B30')
    """,
    "UPDATE course_version SET published_at = now() WHERE published_at IS NULL",
    """
    INSERT INTO course_requirement (course, profile, deadline_days, before_lone_work)
    SELECT k.id, p.id, 90, k.id % 5 = 0 FROM course k, role_profile p
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO course_session (version, zone, place, link, capacity, uid, sequence, cancelled_reason, made_at, edition)
    SELECT v.id, 'Europe/Berlin', 'Room 2', '', 500, 'bench' || v.id, 0, '', now(), 1
    FROM course_version v
    """,
    """
    INSERT INTO session_day (session, starts_at, ends_at)
    SELECT s.id, now() + interval '20 days', now() + interval '20 days 8 hours' FROM course_session s
    WHERE s.uid LIKE 'bench%'
    """,
)
# One in nine cells was never done, the others at some time of the last two years; one in forty is booked.
_DONE = (
    """
    INSERT INTO completion (person, version, completed_on, expires_on, origin, issuer, checked_by, code, recorded_at,
                            recorded_by, withdrawn_by, withdrawn_reason)
    SELECT p.id, v.id, d.day, (d.day + make_interval(months => v.refresh_months))::date, 'imported', '', '',
           p.id || '-' || v.id, now(), 'Bench', '', ''
    FROM person p CROSS JOIN course_version v
    CROSS JOIN LATERAL (SELECT current_date - ((p.id * 31 + v.id * 17) % 700) AS day) d
    WHERE p.email LIKE 'team%@bench.example' AND (p.id * 7 + v.id * 3) % 9 > 0
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO enrolment (session, person, guest, organisation, place, turn, joined_at)
    SELECT s.id, p.id, '', '', 'booked', p.id, now() FROM course_session s, person p
    WHERE s.uid LIKE 'bench%' AND p.email LIKE 'team%@bench.example' AND (p.id + s.id * 11) % 40 = 0
    ON CONFLICT DO NOTHING
    """,
    "ANALYZE",
)
# Ten times the people, in the same team and roles.
_MORE = (
    """
    INSERT INTO person (name, email, post, unit, manager, external)
    SELECT 'Person ' || i, 'team' || i || '@bench.example', 'Exit worker', p.unit, p.manager, ''
    FROM generate_series(501, 5000) i JOIN person p ON p.email = 'team' || 1 + i % 500 || '@bench.example'
    """,
    """
    INSERT INTO role_holder (person, profile, from_on)
    SELECT p.id, (ARRAY(SELECT id FROM role_profile ORDER BY id))[1 + p.id % 4], date '2026-01-01'
    FROM person p WHERE p.email LIKE 'team%@bench.example'
      AND NOT EXISTS (SELECT FROM role_holder h WHERE h.person = p.id)
    """,
)


async def with_courses() -> None:
    """Add the courses, and what the team did of them."""
    await _run(*_COURSES, *_DONE)


async def ten_times() -> None:
    """Make the team of 500 one of 5,000, each with as many courses."""
    await _run("UPDATE course_session SET capacity = 500", *_MORE, *_DONE)


async def _run(*statements: str) -> None:
    async with database.pool():
        for statement in statements:
            await Person.raw(statement)


async def costs(port: int, processes, cookies: dict[str, str], path: str) -> tuple[float, float]:
    """Return ms of CPU of a page after each write anywhere, and of one where nothing was written since."""
    client = Client(port, dict(cookies))

    async def cost(times: int, *, writes: bool) -> float:
        start = sum(map(seconds, processes))
        for _ in range(times):
            if writes:
                await Person.raw(_WRITTEN)
            answer = await client.get(path)
            assert answer.status == 200, f"{path} answered {answer.status}"
        return 1000 * (sum(map(seconds, processes)) - start) / times

    async with database.pool():
        await cost(8, writes=True)
        fresh = await cost(20, writes=True)
    await cost(20, writes=False)
    kept = await cost(200, writes=False)
    client.close()
    return fresh, kept
