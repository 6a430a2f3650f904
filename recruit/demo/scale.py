"""Many more invented people, by bulk insert, for load tests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from faker import Faker
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.people.tables import Person
from recruit.demo.cast import LOCALES, PLAYERS, SEED
from recruit.demo.events import DemoScaled

MOST_IN_ONE = 2000
USUAL_IN_ONE = 50
BATCH = 5000
SCORED = 120
INTERVIEWED = 24
"""Of the first 120 vacancies every second has a panel of three, who met its first 24 applicants."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many of what: nine in ten are applicants, one large vacancy, the others of a usual size."""

    applicants: int
    staff: int
    vacancies: int
    largest: int

    @property
    def usual(self) -> int:
        """Applicants of each vacancy but the large one, rounded up."""
        return -(-(self.applicants - self.largest) // max(self.vacancies - 1, 1))


def plan(people: int) -> Plan:
    """Return how `people` are split."""
    staff = people // 10
    applicants = people - staff
    largest = min(MOST_IN_ONE, max(applicants // 4, min(applicants, USUAL_IN_ONE)))
    vacancies = 1 + -(-(applicants - largest) // USUAL_IN_ONE)
    return Plan(applicants, staff, vacancies, largest)


async def scale(people: int, console: Console | None = None) -> None:
    """Add `people` invented people: applicants of many vacancies, some scored, and staff."""
    wanted = plan(people)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console or Console(stderr=True)) as progress:
        await _fill(SYSTEM, wanted, progress)
    await Person.raw("ANALYZE")


@command
async def _fill(actor: Actor, wanted: Plan, progress: Progress) -> DemoScaled:
    first, last = _names()
    bar = progress.add_task("Staff", total=wanted.staff)
    for start, end in _batches(wanted.staff):
        await Person.raw(_STAFF, first, last, *_manager(), start, end)
        progress.advance(bar, end - start + 1)
    await Person.raw(_ACCOUNTS)
    after = (await Person.raw("SELECT coalesce(max(id), 0) AS id FROM vacancy"))[0]["id"]
    await Person.raw(_VACANCIES, wanted.vacancies, *_manager())
    await Person.raw(_CRITERIA, after)
    bar = progress.add_task("Applicants", total=wanted.applicants)
    numbers = (wanted.largest, wanted.largest, max(wanted.usual, 1))
    for start, end in _batches(wanted.applicants):
        await Person.raw(_APPLICATIONS, after, *numbers, first, last, datetime.now(UTC), start, end)
        progress.advance(bar, end - start + 1)
    await Person.raw("ANALYZE")  # what follows joins these rows
    bar = progress.add_task("Scores", total=len(_SCORES))
    names = {"after": after, "last": after + SCORED}
    for statement, values in _SCORES:
        await Person.raw(statement, *(names.get(str(value), value) for value in values))
        progress.advance(bar)
    return DemoScaled(
        subject_id=wanted.applicants + wanted.staff,
        applicants=wanted.applicants, staff=wanted.staff, vacancies=wanted.vacancies,
    )  # fmt: skip


def _batches(count: int) -> list[tuple[int, int]]:
    return [(start, min(start + BATCH - 1, count)) for start in range(1, count + 1, BATCH)]


def _names() -> tuple[list[str], list[str]]:
    """Return first and last names: every pair of them is somebody."""
    invented = Faker(LOCALES)
    invented.seed_instance(SEED)
    firsts = {invented.first_name() for _ in range(600)}
    lasts = {invented.last_name() for _ in range(1200)}
    return sorted(firsts), sorted(lasts)


def _manager() -> tuple[Any, ...]:
    """Return the address of who leads the invented staff and manages some of the invented vacancies."""
    return (PLAYERS[0].address,)


# Prime steps walk both lists at different speeds, so that the same pair comes back late.
_STAFF = """
WITH names AS (SELECT {}::text[] AS f, {}::text[] AS l),
     boss AS (SELECT (SELECT id FROM person WHERE email = {}) AS id),
     units AS (SELECT array_agg(id ORDER BY id) AS ids FROM unit),
     base AS (SELECT coalesce(max(id), 0) AS n FROM person)
INSERT INTO person (name, email, post, unit, manager, external, started_on)
SELECT f[1 + (n.n::bigint * 7919 + i) % cardinality(f)] || ' ' || l[1 + i::bigint * 104729 % cardinality(l)],
       'staff' || n.n + i || '@scale.example', (ARRAY['Exit worker', 'Mentor', 'Coordinator'])[1 + i % 3],
       ids[1 + i % greatest(cardinality(ids), 1)], boss.id, '', date '2020-01-01' + (i % 2000)
FROM names, boss, units, base n, generate_series({}::int, {}::int) i
"""

_ACCOUNTS = """
INSERT INTO account (person, email, roles, language, theme)
SELECT id, email, CASE WHEN id % 40 = 0 THEN ARRAY['staff', 'hiring_manager'] ELSE ARRAY['staff'] END, '', ''
FROM person p WHERE email LIKE 'staff%@scale.example'
AND NOT EXISTS (SELECT FROM account a WHERE a.person = p.id)
"""

# The demo's manager has the first sixty; the others are spread over the invented managers.
_VACANCIES = """
WITH numbered AS (SELECT i FROM generate_series(1, {}::int) i),
     boss AS (SELECT id FROM person WHERE email = {}),
     others AS (SELECT array_agg(person ORDER BY person) AS ids FROM account WHERE 'hiring_manager' = ANY(roles)),
     profile AS (SELECT r.id, r.version FROM role_profile r ORDER BY r.title <> 'Exit worker', r.id LIMIT 1),
     units AS (SELECT array_agg(id ORDER BY id) AS ids FROM unit)
INSERT INTO vacancy (title, unit, manager, profile, version, posts, closes_on, text, state, revealed_early,
                     signed_by, version_number)
SELECT (ARRAY['Exit worker', 'Mentor', 'Coordinator'])[1 + i % 3] || ' ' || i,
       units.ids[1 + i % greatest(cardinality(units.ids), 1)],
       CASE WHEN i <= 60 AND boss.id IS NOT NULL THEN boss.id ELSE others.ids[1 + i % cardinality(others.ids)] END,
       profile.id, profile.version, 1 + i % 2, current_date + (i % 60 - 30), '', 'open', '', '', 1
FROM numbered LEFT JOIN boss ON true, others, profile, units
"""

_CRITERIA = """
INSERT INTO criterion (vacancy, competence, weight, weight_reason, required_level, gate, learnable, assessed_by)
SELECT v.id, c.competence, c.weight, c.weight_reason, c.required_level, c.gate, c.learnable, c.assessed_by
FROM vacancy v JOIN profile_criterion c ON c.profile = v.profile WHERE v.id > {}
"""

_APPLICATIONS = """
WITH start AS (SELECT {}::int AS after),
     numbered AS (SELECT array_agg(id ORDER BY id) AS ids FROM vacancy, start WHERE id > after),
     place AS (SELECT {}::int AS largest, {}::int AS skip, {}::int AS usual),
     names AS (SELECT {}::text[] AS f, {}::text[] AS l)
INSERT INTO application (vacancy, name, email, phone, received_on, source, notes, adjustments, added_at, version)
SELECT ids[CASE WHEN i <= largest THEN 1 ELSE 2 + (i - skip - 1) / usual END],
       f[1 + (i::bigint * 7919) % cardinality(f)] || ' ' || l[1 + (i::bigint * 104729) % cardinality(l)],
       'applicant' || i || '@scale.example', '', current_date - (i % 40),
       (ARRAY['Job board', 'Website', 'Newspaper'])[1 + i % 3], '', '', {}, 1
FROM numbered, place, names, generate_series({}::int, {}::int) i
"""

# Of each six vacancies with a panel in reach: three have none, one has one and is open, one is in
# scoring and half done, one is revealed.
_PANELS = """
WITH scorers AS (
    SELECT array_agg(p.id ORDER BY p.email NOT IN ('mara.keller@demo.example', 'selin.aydin@demo.example',
                     'paul.novak@demo.example'), p.id) AS ids
    FROM person p JOIN account a ON a.person = p.id WHERE 'staff' = ANY(a.roles) AND a.closed_at IS NULL)
INSERT INTO panel_member (vacancy, person, chair, invited_at, declared_at, conflict, mitigation)
SELECT v.id, ids[CASE WHEN v.id <= {} + 60 THEN seat
                      ELSE 1 + (v.id * 3 + seat) % cardinality(ids) END],
       seat = 1, now(), now(), 'none', ''
FROM vacancy v, scorers, generate_series(1, 3) seat WHERE v.id > {} AND v.id <= {} AND v.id % 2 = 0 AND cardinality(ids) >= 3
"""

_INTERVIEWS = """
INSERT INTO interview (application, starts_at, ends_at, place)
SELECT id, at, at + interval '90 minutes', 'Room 2' FROM (
    SELECT a.id, date_trunc('hour', now()) + (row_number() OVER own - 12) * interval '6 hours' AS at,
           row_number() OVER own AS place
    FROM application a JOIN vacancy v ON v.id = a.vacancy WHERE v.id > {} AND v.id <= {} AND v.id % 2 = 0
    WINDOW own AS (PARTITION BY a.vacancy ORDER BY a.id)
) met WHERE place <= {}
"""

_OPEN_SCORING = """
UPDATE vacancy SET state = 'scoring', scoring_opened_at = now() WHERE id > {} AND id % 2 = 0 AND id % 6 <> 0
AND EXISTS (SELECT FROM panel_member m WHERE m.vacancy = vacancy.id)
"""

# In scoring (id % 6 = 2) members have half of the scorecards; revealed ones (id % 6 = 4) all.
_CARDS = """
WITH wanted AS (
    SELECT m.id AS member, m.person, a.id AS application, v.version,
           nextval(pg_get_serial_sequence('assessment', 'id')) AS assessment
    FROM vacancy v JOIN panel_member m ON m.vacancy = v.id JOIN application a ON a.vacancy = v.id
    JOIN interview i ON i.application = a.id
    WHERE v.id > {} AND v.state = 'scoring' AND (v.id % 6 = 4 OR (m.id + a.id) % 2 = 0)
), made AS (
    INSERT INTO assessment (id, kind, version, assessor, started_at)
    SELECT assessment, 'panel', version, person, now() FROM wanted RETURNING id
)
INSERT INTO scorecard (member, application, assessment, recusal)
SELECT w.member, w.application, w.assessment, '' FROM wanted w JOIN made ON made.id = w.assessment
"""

_RATINGS = """
INSERT INTO rating (assessment, competence, level, no_evidence, evidence, version, saved_at)
SELECT s.assessment, k.competence, CASE WHEN (s.id + k.id) % 17 <> 0 THEN level END, (s.id + k.id) % 17 = 0,
       'Invented for load tests: what the applicant said about ' || k.id || '.', 1, now()
FROM scorecard s JOIN application a ON a.id = s.application JOIN criterion k ON k.vacancy = a.vacancy,
     LATERAL (SELECT 1 + (s.application * 7 + k.id * 3 + (s.member * k.id) % 5 / 3) % 5 AS level) given
WHERE a.vacancy > {}
"""

_SUBMIT = """
UPDATE assessment SET submitted_at = now() FROM scorecard s JOIN application a ON a.id = s.application
WHERE s.assessment = assessment.id AND a.vacancy > {} AND (a.vacancy % 6 = 4 OR s.id % 3 <> 0)
"""

_REVEAL = "UPDATE vacancy SET revealed_at = now() WHERE id > {} AND state = 'scoring' AND id % 6 = 4"

_SCORES: list[tuple[str, tuple[Any, ...]]] = [
    (_PANELS, ("after", "after", "last")),
    (_INTERVIEWS, ("after", "last", INTERVIEWED)),
    (_OPEN_SCORING, ("after",)),
    (_CARDS, ("after",)),
    (_RATINGS, ("after",)),
    (_SUBMIT, ("after",)),
    (_REVEAL, ("after",)),
]
