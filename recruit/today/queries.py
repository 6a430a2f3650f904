"""Reads for Today: counts and dates, never a score. Each is one statement whatever the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.queries.due import DUE as ROUNDS
from competences.assessments.queries.due import due_filling
from competences.care.queries.due import DUE as CARE
from competences.care.queries.due import due_filling as care_filling
from competences.coverage.queries.leadership import DUE as REVIEWS
from competences.coverage.queries.leadership import due_filling as reviews_filling
from competences.people.reach import Reach
from competences.plans.queries import DUE as STEPS
from competences.plans.queries import due_filling as steps_filling
from competences.support.queries.due import DUE as SUPPORT
from competences.support.queries.due import due_filling as support_filling
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


# Vacancies that still take applications need nothing. Sets are joined once, not once a vacancy.
_MANAGED = """
WITH mine AS MATERIALIZED (
    SELECT v.id, v.title, v.state, v.closes_on, v.revealed_at FROM vacancy v
    WHERE v.manager = {} AND (v.state IN ('draft', 'scoring')
          OR v.state = 'open' AND (v.closes_on IS NULL OR v.closes_on < {}))
    ORDER BY v.id DESC LIMIT {}
), theirs AS MATERIALIZED (
    SELECT a.id, a.vacancy FROM mine JOIN application a ON a.vacancy = mine.id WHERE a.withdrawn_at IS NULL
), applied AS (
    SELECT a.vacancy, count(*) AS applications, count(i.id) AS interviews, count(d.id) AS decided
    FROM theirs a LEFT JOIN interview i ON i.application = a.id LEFT JOIN decision d ON d.application = a.id
    GROUP BY a.vacancy
), panel AS (
    SELECT m.vacancy, count(*) AS members, count(*) FILTER (WHERE m.chair) AS chairs FROM panel_member m
    WHERE m.vacancy IN (SELECT id FROM mine) AND m.left_at IS NULL GROUP BY m.vacancy
), asked AS (
    SELECT k.vacancy, count(*) AS criteria FROM criterion k WHERE k.vacancy IN (SELECT id FROM mine) GROUP BY k.vacancy
)
SELECT v.id, v.title, v.state, v.closes_on, v.revealed_at IS NOT NULL AS revealed,
       coalesce(applications, 0) AS applications, coalesce(interviews, 0) AS interviews,
       coalesce(criteria, 0) AS criteria, coalesce(members, 0) AS members, coalesce(chairs, 0) AS chairs,
       coalesce(decided, 0) AS decided
FROM mine v LEFT JOIN applied ON applied.vacancy = v.id LEFT JOIN panel ON panel.vacancy = v.id
LEFT JOIN asked ON asked.vacancy = v.id
"""


async def managed(actor: Actor, reach: Reach, today: date) -> list[Managed]:
    """Return the vacancies that the actor manages, has not decided, and that take no more applications."""
    if not reach or actor.person_id is None:
        return []
    return [Managed(**row) for row in await Vacancy.raw(_MANAGED, actor.person_id, today, MOST)]


# The applications come first, as a set of their own: the joins on them stay as small as they are.
_PROGRESS = """
WITH applied AS MATERIALIZED (
    SELECT id, vacancy FROM application WHERE vacancy = ANY({}::int[]) AND withdrawn_at IS NULL
), panel AS (
    SELECT m.vacancy, count(*) AS n FROM panel_member m
    WHERE m.vacancy = ANY({}::int[]) AND m.left_at IS NULL GROUP BY m.vacancy
), met AS (
    SELECT a.vacancy, count(*) AS n FROM applied a JOIN interview i ON i.application = a.id GROUP BY a.vacancy
), asked AS (
    SELECT k.vacancy, count(*) AS n FROM criterion k WHERE k.vacancy = ANY({}::int[]) GROUP BY k.vacancy
), agreed AS (
    SELECT a.vacancy, count(*) AS n FROM applied a JOIN agreed_level g ON g.application = a.id GROUP BY a.vacancy
), cards AS (
    SELECT a.vacancy, count(*) FILTER (WHERE s.recused_at IS NOT NULL) AS recused,
           count(t.submitted_at) FILTER (WHERE s.recused_at IS NULL) AS submitted
    FROM applied a JOIN scorecard s ON s.application = a.id JOIN panel_member m ON m.id = s.member
    JOIN assessment t ON t.id = s.assessment WHERE m.left_at IS NULL GROUP BY a.vacancy
)
SELECT v.id, coalesce(panel.n * met.n, 0) - coalesce(cards.recused, 0) AS due,
       coalesce(cards.submitted, 0) AS submitted, coalesce(met.n * asked.n, 0) AS items,
       coalesce(agreed.n, 0) AS agreed
FROM unnest({}::int[]) AS v (id) LEFT JOIN panel ON panel.vacancy = v.id LEFT JOIN met ON met.vacancy = v.id
LEFT JOIN asked ON asked.vacancy = v.id LEFT JOIN agreed ON agreed.vacancy = v.id
LEFT JOIN cards ON cards.vacancy = v.id
"""


async def progress(vacancies: Iterable[int]) -> dict[int, Progress]:
    """Return how far panels are. For callers that read them as `seats` or `managed`."""
    wanted = sorted(set(vacancies))
    rows = await Vacancy.raw(_PROGRESS, *[wanted] * 4) if wanted else []
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
WITH mine AS MATERIALIZED (
    SELECT v.id, v.title, v.state, v.closes_on, v.manager FROM vacancy v
    WHERE v.state IN ('open', 'scoring') AND (({} AND v.manager = {}) OR v.id IN (
        SELECT m.vacancy FROM panel_member m
        WHERE m.person = {} AND m.left_at IS NULL AND m.declared_at IS NOT NULL))
)
SELECT NULL::date AS day, i.starts_at AS at, v.id AS vacancy_id, v.title
FROM interview i JOIN application a ON a.id = i.application JOIN mine v ON v.id = a.vacancy
WHERE i.starts_at >= {} AND i.starts_at < {} AND a.withdrawn_at IS NULL
UNION ALL
SELECT v.closes_on, NULL, v.id, v.title FROM mine v
WHERE {} AND v.manager = {} AND v.state = 'open' AND v.closes_on >= {} AND v.closes_on < {}
ORDER BY 2, 1 LIMIT 200
"""


async def coming(actor: Actor, *, manages: bool, since: datetime, until: datetime) -> list[Coming]:
    """Return interviews and closing dates of the next days."""
    me = actor.person_id
    if me is None:
        return []
    days = (since.date(), until.date())
    rows = await Vacancy.raw(_COMING, manages, me, me, since, until, manages, me, *days)
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


@dataclass(frozen=True, slots=True)
class Chore:
    """Something about somebody who works here that is due; `kind` says what.

    `begun` is where to go on; without it a post begins. Of care it is how many people or hours.
    """

    kind: str
    id: int
    person_id: int | None
    person: str | None
    what: str
    due_on: date | None
    begun: int | None


_CHORES = f"""
SELECT 'plan-step' AS kind, id, person_id, person, what, due_on, id AS begun FROM ({STEPS}) steps
UNION ALL SELECT 'delegation', id, person_id, person, what, due_on, id FROM ({REVIEWS}) reviews
UNION ALL SELECT kind, id, person_id, person, what, due_on, begun FROM ({ROUNDS}) rounds
UNION ALL SELECT kind, id, NULL, person, what, due_on, number FROM ({CARE}) care
UNION ALL SELECT kind, id, NULL, NULL, '', due_on, id FROM ({SUPPORT}) support
ORDER BY due_on, kind, id
"""  # noqa: S608  constants only


async def chores(
    actor: Actor,
    now: datetime,
    until: date,
    limit: int,
    *,
    plans: Reach,
    cover: Reach,
    assesses: Reach,
    care: Reach,
    cases: Reach,
    media: Reach,
) -> list[Chore]:
    """Return steps of plans, reviews of delegations and care that the actor sees to until a day, and what rounds ask.

    Of support only the kind and the day, never whose plan it is. In one statement, whatever there is: who cannot see
    the team's cover still sees what they answer for themselves, and everybody is told of emergency access.
    """
    if actor.person_id is None:
        return []
    steps = steps_filling(actor, plans, until, limit)
    reviews = reviews_filling(actor, cover or min(plans, Reach.OWN), until, limit)
    rounds = due_filling(actor, assesses, now.date(), limit)
    owed = care_filling(actor, now, limit, care=care, cases=cases, media=media)
    support = support_filling(actor, now, until)
    filling = (*steps, *reviews, *rounds, *owed, *support)
    return [Chore(**row) for row in await Vacancy.raw(_CHORES, *filling)]
