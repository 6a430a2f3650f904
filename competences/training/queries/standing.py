"""Who stands how towards which course on a day: what matrix, board, plan and lone work all rest on."""

from collections.abc import Collection
from datetime import date

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.rules.standing import CourseStanding
from competences.training.tables import Completion

#: Common tables that end in `standing` (the columns of CourseStanding), for statements that count or page. People are
#: those who work here on the day and whom the reader sees; nobody has two roles on a day. `asked` is what each kind of
#: person has to have, so that a person is matched with their courses at once and not with every requirement.
#: `standing_filling` has what fills the places.
STANDING = f"""
the AS MATERIALIZED (SELECT {{}}::date AS day),
seen AS MATERIALIZED (
    SELECT p.id, p.unit, h.profile, coalesce(h.from_on, p.started_on) AS since,
           dense_rank() OVER (ORDER BY h.profile, p.unit) AS kind
    FROM person p CROSS JOIN the
    LEFT JOIN role_holder h ON h.person = p.id AND h.from_on <= the.day
        AND (h.until_on IS NULL OR h.until_on >= the.day)
    WHERE ({{}}::int[] IS NULL OR p.id = ANY({{}}::int[])) AND {people.SEEN} AND p.external = ''
      AND (p.started_on IS NULL OR p.started_on <= the.day) AND (p.ended_on IS NULL OR p.ended_on >= the.day)
), asked AS MATERIALIZED (
    SELECT s.kind, r.course, min(r.deadline_days) AS days, bool_or(r.before_lone_work) AS before_lone_work
    FROM (SELECT DISTINCT kind, profile, unit FROM seen) s JOIN course_requirement r
        ON (r.profile IS NULL OR r.profile = s.profile) AND (r.unit IS NULL OR r.unit = s.unit)
    JOIN course k ON k.id = r.course AND NOT k.retired
    GROUP BY s.kind, r.course
), needs AS (
    SELECT s.id AS person, a.course, s.since + a.days AS due_on, a.before_lone_work
    FROM seen s JOIN asked a ON a.kind = s.kind
), ends AS MATERIALIZED (
    SELECT v.id, v.course, coalesce((SELECT min(n.earlier_until) FROM course_version n
        WHERE n.course = v.course AND n.number > v.number AND n.published_at IS NOT NULL), 'infinity') AS until
    FROM course_version v
), done AS (
    SELECT c.person, v.course, max(c.completed_on) AS done_on,
           max(least(coalesce(c.expires_on, 'infinity'), v.until)) AS expires_on
    FROM completion c JOIN ends v ON v.id = c.version JOIN seen s ON s.id = c.person CROSS JOIN the
    WHERE c.withdrawn_at IS NULL AND (c.origin <> 'external' OR c.checked_at IS NOT NULL)
      AND c.completed_on <= the.day
    GROUP BY c.person, v.course
), coming AS (
    SELECT s.id, v.course, (min(d.starts_at) AT TIME ZONE s.zone)::date AS first_on
    FROM course_session s JOIN course_version v ON v.id = s.version JOIN session_day d ON d.session = s.id CROSS JOIN the
    WHERE s.cancelled_at IS NULL AND d.ends_at >= the.day::timestamp AT TIME ZONE s.zone
    GROUP BY s.id, v.course
), booked AS (
    SELECT DISTINCT ON (e.person, c.course) e.person, c.course, c.first_on AS booked_on, c.id AS session
    FROM coming c JOIN enrolment e ON e.session = c.id AND e.place = 'booked' JOIN seen s ON s.id = e.person
    ORDER BY e.person, c.course, c.first_on, c.id
), first AS MATERIALIZED (
    SELECT v.course, q.course AS before FROM prerequisite q JOIN course_version v ON v.id = q.version
    WHERE v.published_at IS NOT NULL AND NOT EXISTS (SELECT FROM course_version n WHERE n.course = v.course
        AND n.number > v.number AND n.published_at IS NOT NULL)
), waiting AS (
    SELECT DISTINCT n.person, n.course
    FROM needs n JOIN first f ON f.course = n.course CROSS JOIN the
    LEFT JOIN done d ON d.person = n.person AND d.course = f.before AND d.expires_on >= the.day
    WHERE d.person IS NULL
), standing AS (
    SELECT person AS person_id, course AS course_id, n.person IS NOT NULL AS required,
           coalesce(n.before_lone_work, false) AS before_lone_work, n.due_on, d.done_on,
           nullif(d.expires_on, 'infinity') AS expires_on, b.booked_on, b.session AS session_id,
           w.person IS NOT NULL AS waits
    FROM needs n FULL JOIN done d USING (person, course) FULL JOIN booked b USING (person, course)
    LEFT JOIN waiting w USING (person, course)
)"""  # noqa: S608  constants only

_ALL = f"WITH {STANDING} SELECT * FROM standing ORDER BY person_id, course_id"  # noqa: S608  constants only


def standing_filling(
    actor: Actor, reach: Reach, today: date, person_ids: Collection[int] | None = None
) -> tuple[object, ...]:
    """Return what fills the places of STANDING; without `person_ids`, for everybody whom the actor reaches."""
    ids = None if person_ids is None else sorted(person_ids)
    return today, ids, ids, *people.seen_by(actor, reach)


async def standings(
    actor: Actor, reach: Reach, today: date, person_ids: Collection[int] | None = None
) -> list[CourseStanding]:
    """Return how people stand towards courses that are required of them, that they did or are booked for.

    Args:
        today: The day to look at; a later one shows what will have run out by then.
        person_ids: Only these; None for everybody whom the actor reaches.
    """
    if not reach or (person_ids is not None and not person_ids):
        return []
    rows = await Completion.raw(_ALL, *standing_filling(actor, reach, today, person_ids))
    return [CourseStanding(**row) for row in rows]
