"""What waits for a trainer: attendance to take, outcomes to sign or to moderate."""

from datetime import datetime

from competences.actor import Actor
from competences.people.reach import Reach

#: For Today, as DUE of plans: `id` is the session, for a moderation the outcome; `begun` the day to take attendance of.
UNSIGNED = """
SELECT * FROM (
    WITH mine AS (
        SELECT s.id, s.zone, v.title FROM course_session s JOIN session_trainer t ON t.session = s.id
        JOIN course_version v ON v.id = s.version WHERE t.person = {} AND s.cancelled_at IS NULL
    ), told AS (SELECT {}::timestamptz AS now)
    SELECT 'attendance' AS kind, m.id, NULL::int AS person_id, NULL::varchar AS person, m.title AS what,
           (d.starts_at AT TIME ZONE m.zone)::date AS due_on, d.id AS begun
    FROM mine m JOIN session_day d ON d.session = m.id CROSS JOIN told
    WHERE (d.starts_at AT TIME ZONE m.zone)::date <= (told.now AT TIME ZONE m.zone)::date
      AND EXISTS (SELECT FROM enrolment e WHERE e.session = m.id AND e.place = 'booked' AND NOT EXISTS (
          SELECT FROM attendance a WHERE a.enrolment = e.id AND a.day = d.id))
    UNION ALL
    SELECT 'outcomes', m.id, NULL, NULL, m.title, (max(d.ends_at) AT TIME ZONE m.zone)::date, NULL
    FROM mine m JOIN session_day d ON d.session = m.id CROSS JOIN told
    GROUP BY m.id, m.title, m.zone, told.now HAVING max(d.ends_at) <= told.now AND EXISTS (
        SELECT FROM enrolment e JOIN attendance a ON a.enrolment = e.id AND a.present
        WHERE e.session = m.id AND e.place = 'booked' AND NOT EXISTS (
            SELECT FROM outcome o WHERE o.enrolment = e.id AND o.corrected_at IS NULL))
    UNION ALL
    SELECT 'moderation', o.id, p.id, coalesce(p.name, e.guest), v.title, (o.signed_at AT TIME ZONE s.zone)::date, NULL
    FROM outcome o JOIN enrolment e ON e.id = o.enrolment JOIN course_session s ON s.id = e.session
    JOIN course_version v ON v.id = s.version AND v.moderated LEFT JOIN person p ON p.id = e.person
    WHERE o.moderated_at IS NULL AND o.corrected_at IS NULL AND o.result <> 'attended'
      AND o.trainer IS DISTINCT FROM {} AND e.person IS DISTINCT FROM {}
) unsigned ORDER BY due_on, kind, id LIMIT {}
"""


def unsigned_filling(actor: Actor, reach: Reach, now: datetime, limit: int) -> tuple[object, ...]:
    """Return what fills the places of UNSIGNED; `reach` is how far the actor leads sessions."""
    me = actor.person_id
    return me, now, me, me, limit if reach is Reach.ALL else 0
