"""Reads of equality answers: that one exists, for the privacy officer; what they add up to, after the signature.

No read returns what one person answered, but for the command that writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.equality.rules import Comparison, Count, Question, compared
from recruit.equality.tables import EqualityAnswer
from recruit.vacancies.tables import State
from recruit.web.lists import PAGE, Paged


@dataclass(frozen=True, slots=True)
class Monitored:
    """A vacancy, and how the reader stands towards it."""

    id: int
    title: str
    state: str
    signed_at: datetime | None
    manages: bool
    on_panel: bool

    @property
    def open(self) -> bool:
        """Whether answers are still taken. Afterwards one more would show as a difference between two readings."""
        return self.signed_at is None and self.state != State.CLOSED


_MONITORED = """
SELECT v.id, v.title, v.state, v.signed_at, coalesce(v.manager = {}, false) AS manages,
       EXISTS (SELECT FROM panel_member m WHERE m.vacancy = v.id AND m.person = {}) AS on_panel
FROM vacancy v WHERE v.id = {} AND v.state <> 'draft'
"""


async def _monitored(actor: Actor, vacancy_id: int) -> Monitored | None:
    rows = await EqualityAnswer.raw(_MONITORED, actor.person_id, actor.person_id, vacancy_id)
    return Monitored(**rows[0]) if rows else None


async def entered(actor: Actor, reach: Reach, vacancy_id: int) -> Monitored:
    """Return a vacancy whose answers the actor may enter.

    Raises:
        NotFound: they may not, or they manage the vacancy or were ever on its panel: no panel sees an answer.
    """
    found = await _monitored(actor, vacancy_id) if reach is Reach.ALL else None
    if found is None or found.manages or found.on_panel:
        raise NotFound(_("There is no such vacancy, or its equality answers are not for you."))
    return found


@dataclass(frozen=True, slots=True)
class ListRow:
    """A vacancy in the list of the privacy officer."""

    id: int
    title: str
    state: str
    signed: bool
    applicants: int
    answered: int


_LIST = """
SELECT v.id, v.title, v.state, v.signed_at IS NOT NULL AS signed, count(*) OVER () AS total,
       (SELECT count(*) FROM application a WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS applicants,
       (SELECT count(DISTINCT a.id) FROM application a JOIN equality_answer e ON e.application = a.id
        WHERE a.vacancy = v.id AND a.withdrawn_at IS NULL) AS answered
FROM vacancy v
WHERE v.state <> 'draft' AND v.manager IS DISTINCT FROM {}
  AND NOT EXISTS (SELECT FROM panel_member m WHERE m.vacancy = v.id AND m.person = {})
ORDER BY v.signed_at IS NOT NULL OR v.state = 'closed', v.id DESC LIMIT {} OFFSET {}
"""


async def vacancies(actor: Actor, reach: Reach, page: int = 1) -> Paged[ListRow]:
    """Return one page of the vacancies whose answers the actor may enter; past the last page, the first one."""
    if reach is not Reach.ALL:
        return Paged([], 1, 0)
    rows = await EqualityAnswer.raw(_LIST, actor.person_id, actor.person_id, PAGE, (page - 1) * PAGE)
    if not rows and page > 1:
        return await vacancies(actor, reach)
    total = rows[0]["total"] if rows else 0
    return Paged([ListRow(**{key: row[key] for key in row if key != "total"}) for row in rows], page, total)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applied, and which questions have an answer: its version, 0 for none; never the answer."""

    id: int
    name: str
    withdrawn: bool
    versions: dict[str, int]


# Who withdrew is listed only while something is stored that could be removed.
_APPLICANTS = """
SELECT a.id, a.name, a.withdrawn_at IS NOT NULL AS withdrawn, count(*) OVER () AS total,
       array_agg(e.question) FILTER (WHERE e.id IS NOT NULL) AS questions,
       array_agg(e.version) FILTER (WHERE e.id IS NOT NULL) AS versions
FROM application a LEFT JOIN equality_answer e ON e.application = a.id
WHERE a.vacancy = {} GROUP BY a.id HAVING a.withdrawn_at IS NULL OR count(e.id) > 0
ORDER BY lower(a.name), a.id LIMIT {} OFFSET {}
"""


async def applicants(vacancy: Monitored, page: int = 1) -> Paged[Applicant]:
    """Return one page of applicants by name; past the last page, the first one. For a checked vacancy."""
    rows = await EqualityAnswer.raw(_APPLICANTS, vacancy.id, PAGE, (page - 1) * PAGE)
    if not rows and page > 1:
        return await applicants(vacancy)
    none: dict[str, int] = dict.fromkeys(Question, 0)
    people = [
        Applicant(
            row["id"], row["name"], row["withdrawn"],
            none | dict(zip(row["questions"] or (), row["versions"] or (), strict=True)),
        )
        for row in rows
    ]  # fmt: skip
    return Paged(people, page, rows[0]["total"] if rows else 0)


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored, for the command that compares it with what was sent."""

    withdrawn: bool
    answers: dict[str, str]
    versions: dict[str, int]


async def stored(vacancy_id: int, applications: Sequence[int]) -> dict[int, Stored]:
    """Return what is stored of those of `applications` that belong to the vacancy. Only for a command."""
    rows = await EqualityAnswer.raw(
        "SELECT a.id, a.withdrawn_at IS NOT NULL AS withdrawn, e.question, e.answer, e.version"
        " FROM application a LEFT JOIN equality_answer e ON e.application = a.id"
        " WHERE a.vacancy = {} AND a.id = ANY({}::int[])",
        vacancy_id, list(applications),
    )  # fmt: skip
    found: dict[int, Stored] = {}
    for row in rows:
        one = found.setdefault(row["id"], Stored(row["withdrawn"], {}, {}))
        if row["question"] is not None:
            one.answers[row["question"]], one.versions[row["question"]] = row["answer"], row["version"]
    return found


@dataclass(frozen=True, slots=True)
class Judged:
    """What the answers add up to for a signed vacancy: nothing in here is suppressed by a page."""

    vacancy: Monitored
    comparisons: list[Comparison]


# Who withdrew left by their own choice and was not turned down. Interviewed: on the panel's list.
_COUNTS = """
WITH applied AS (
    SELECT a.id, i.id IS NOT NULL AS interviewed,
           coalesce(d.outcome IN ('appoint', 'appoint_with_plan'), false) AS appointed
    FROM application a LEFT JOIN interview i ON i.application = a.id LEFT JOIN decision d ON d.application = a.id
    WHERE a.vacancy = {} AND a.withdrawn_at IS NULL
)
SELECT e.question, e.answer, count(*) AS applied, count(*) FILTER (WHERE interviewed) AS interviewed,
       count(*) FILTER (WHERE appointed) AS appointed
FROM applied JOIN equality_answer e ON e.application = applied.id GROUP BY e.question, e.answer
UNION ALL
SELECT '', '', count(*), count(*) FILTER (WHERE interviewed), count(*) FILTER (WHERE appointed) FROM applied
"""


async def judged(actor: Actor, reach: Reach, vacancy_id: int) -> Judged:
    """Return the aggregate for the manager of a vacancy, or for the privacy officer.

    Raises:
        NotFound: it is for neither; members of the panel who do not manage it have no part in this.
        Conflict: the decision is not signed, and could be swayed.
    """
    found = await _monitored(actor, vacancy_id) if reach else None
    if found is None or not (found.manages or (reach is Reach.ALL and not found.on_panel)):
        raise NotFound(_("There is no such vacancy, or you do not manage it."))
    if found.signed_at is None:
        raise Conflict(_("The decision is not signed yet. What equality answers add up to appears then."))
    counts = [Count(**row) for row in await EqualityAnswer.raw(_COUNTS, vacancy_id)]
    everybody = next(row for row in counts if not row.question)
    return Judged(found, compared(counts, everybody))
