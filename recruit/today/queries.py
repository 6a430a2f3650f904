"""Reads for Today: counts and dates, never a score. Each is one statement whatever the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.people.reach import Reach
from recruit.today.rules import Facts, Managed, Progress, Seat
from recruit.vacancies.tables import Vacancy

#: More panels or vacancies than anybody works on at once; the lists themselves show all.
MOST = 60

_SEATS = """
SELECT v.id AS vacancy_id, v.title, {} AND v.manager = m.person AS manages, m.chair,
       m.declared_at IS NOT NULL AS declared, v.state = 'scoring' AS scoring,
       v.revealed_at IS NOT NULL AS revealed
FROM panel_member m JOIN vacancy v ON v.id = m.vacancy
WHERE m.person = {} AND m.left_at IS NULL AND v.state IN ('open', 'scoring') AND v.signed_at IS NULL
ORDER BY m.declared_at IS NOT NULL, v.revealed_at IS NULL, v.id DESC LIMIT {}
"""


async def seats(actor: Actor, reach: Reach, *, manages: bool) -> list[Seat]:
    """Return the panels that the actor sits on, undeclared ones first; nothing of their applicants."""
    if not reach or actor.person_id is None:
        return []
    return [Seat(**row) for row in await Vacancy.raw(_SEATS, manages, actor.person_id, MOST)]


_MANAGED = """
WITH mine AS (
    SELECT * FROM vacancy v WHERE v.manager = {} AND v.state IN ('draft', 'open', 'scoring')
    ORDER BY v.state = 'open' AND coalesce(v.closes_on, current_date) >= current_date, v.id DESC LIMIT {}
)
SELECT v.id, v.title, v.state, v.closes_on, v.revealed_at IS NOT NULL AS revealed,
       (SELECT count(*) FROM application a WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS applications,
       (SELECT count(*) FROM application a JOIN interview i ON i.application = a.id
        WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS interviews,
       (SELECT count(*) FROM criterion k WHERE k.vacancy = v.id) AS criteria,
       (SELECT count(*) FROM panel_member m WHERE m.vacancy = v.id AND m.left_at IS NULL) AS members,
       (SELECT count(*) FROM panel_member m WHERE m.vacancy = v.id AND m.left_at IS NULL AND m.chair) AS chairs,
       (SELECT count(*) FROM decision d JOIN application a ON a.id = d.application
        WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS decided
FROM mine v
"""


async def managed(actor: Actor, reach: Reach) -> list[Managed]:
    """Return the vacancies that the actor manages and has not decided."""
    if not reach or actor.person_id is None:
        return []
    return [Managed(**row) for row in await Vacancy.raw(_MANAGED, actor.person_id, MOST)]


_PROGRESS = """
SELECT v.id, seats.n * met.n - cards.recused AS due, cards.submitted, met.n * asked.n AS items, agreed.n AS agreed
FROM vacancy v,
     LATERAL (SELECT count(*) AS n FROM panel_member m WHERE m.vacancy = v.id AND m.left_at IS NULL) seats,
     LATERAL (SELECT count(*) AS n FROM application a JOIN interview i ON i.application = a.id
              WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) met,
     LATERAL (SELECT count(*) AS n FROM criterion k WHERE k.vacancy = v.id) asked,
     LATERAL (SELECT count(*) AS n FROM agreed_level g JOIN application a ON a.id = g.application
              WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) agreed,
     LATERAL (SELECT count(*) FILTER (WHERE s.recused_at IS NOT NULL) AS recused,
                     count(t.submitted_at) FILTER (WHERE s.recused_at IS NULL) AS submitted
              FROM panel_member m JOIN scorecard s ON s.member = m.id
              JOIN application a ON a.id = s.application AND a.withdrawn_at IS NULL
              JOIN assessment t ON t.id = s.assessment
              WHERE m.vacancy = v.id AND m.left_at IS NULL) cards
WHERE v.id = ANY({}::int[])
"""


async def progress(vacancies: Iterable[int]) -> dict[int, Progress]:
    """Return how far panels are. For callers that read them as `seats` or `managed`."""
    wanted = sorted(set(vacancies))
    rows = await Vacancy.raw(_PROGRESS, wanted) if wanted else []
    return {row.pop("id"): Progress(**row) for row in rows}


@dataclass(frozen=True, slots=True)
class Coming:
    """An interview, or (with no time) the closing date of a vacancy."""

    day: date | None
    at: datetime | None
    vacancy_id: int
    title: str


# Interviews only where the actor may see who applied: as manager or after declaring (rule 2).
_COMING = """
SELECT NULL::date AS day, i.starts_at AS at, v.id AS vacancy_id, v.title
FROM interview i JOIN application a ON a.id = i.application JOIN vacancy v ON v.id = a.vacancy
WHERE i.starts_at >= {} AND i.starts_at < {} AND a.withdrawn_at IS NULL AND v.state IN ('open', 'scoring')
  AND (({} AND v.manager = {}) OR EXISTS (SELECT FROM panel_member m
       WHERE m.vacancy = v.id AND m.person = {} AND m.left_at IS NULL AND m.declared_at IS NOT NULL))
UNION ALL
SELECT v.closes_on, NULL, v.id, v.title FROM vacancy v
WHERE {} AND v.manager = {} AND v.state = 'open' AND v.closes_on >= {} AND v.closes_on < {}
ORDER BY 2, 1 LIMIT 200
"""


async def coming(actor: Actor, *, manages: bool, since: datetime, until: datetime) -> list[Coming]:
    """Return interviews and closing dates of the next days."""
    me = actor.person_id
    if me is None:
        return []
    days = (since.date(), until.date())
    rows = await Vacancy.raw(_COMING, since, until, manages, me, me, manages, me, *days)
    return [Coming(**row) for row in rows]


_FACTS = """
SELECT CASE WHEN {hiring} THEN (SELECT count(*) FROM vacancy v
           WHERE v.manager = {me} AND v.state IN ('open', 'scoring')) END AS vacancies,
       CASE WHEN {hiring} THEN (SELECT count(*) FROM application a JOIN vacancy v ON v.id = a.vacancy
           WHERE v.manager = {me} AND v.state IN ('open', 'scoring') AND a.withdrawn_at IS NULL) END AS applicants,
       CASE WHEN {leads} THEN (SELECT count(*) FROM person p
           WHERE p.manager = {me} AND (p.ended_on IS NULL OR p.ended_on >= current_date)) END AS team,
       CASE WHEN {admin} THEN (SELECT count(*) FROM account WHERE closed_at IS NULL) END AS accounts,
       CASE WHEN {admin} THEN (SELECT count(*) FROM account a WHERE closed_at IS NULL AND password IS NULL
           AND EXISTS (SELECT FROM link l WHERE l.account = a.id)) END AS invited,
       CASE WHEN {admin} THEN (SELECT count(*) FROM account WHERE closed_at IS NULL
           AND ends_at BETWEEN now() AND now() + interval '14 days') END AS ending,
       CASE WHEN {admin} THEN (SELECT count(*) FROM unit) END AS units,
       CASE WHEN {admin} THEN (SELECT count(*) FROM account
           WHERE closed_at IS NULL AND 'hiring_manager' = ANY(roles)) END AS hiring,
       CASE WHEN {privacy} THEN (SELECT max(entries) FROM audit_head) END AS entries,
       CASE WHEN {privacy} THEN (SELECT count(*) FROM audit_entry
           WHERE at > now() - interval '7 days') END AS recent
"""


async def facts(actor: Actor, *, hiring: bool, leads: bool, admin: bool, privacy: bool) -> Facts:
    """Return the counts that the actor's roles make theirs."""
    if not (hiring or leads or admin or privacy):
        return Facts()
    words = {"hiring": hiring, "leads": leads, "admin": admin, "privacy": privacy}
    text = _FACTS.format(me="{}", **{name: str(value) for name, value in words.items()})
    rows = await Vacancy.raw(text, actor.person_id, actor.person_id, actor.person_id)
    return Facts(**rows[0])
