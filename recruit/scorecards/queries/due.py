"""The scorecards that a member still owes, over all panels. Only one's own."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.people.reach import Reach
from recruit.panels.tables import Scorecard


@dataclass(frozen=True, slots=True)
class Due:
    """An applicant whom the actor has yet to score: begun when there is a scorecard."""

    vacancy_id: int
    title: str
    application_id: int
    name: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    scorecard_id: int | None
    total: int
    done: int
    asked: int


# Today's interviews by their time, then what is overdue, then the rest by date.
_DUE = """
WITH owed AS (
    SELECT v.id AS vacancy_id, v.title, ap.id AS application_id, ap.name, i.starts_at, i.ends_at, i.place,
           s.id AS scorecard_id, s.assessment, count(*) OVER () AS total
    FROM panel_member m
    JOIN vacancy v ON v.id = m.vacancy AND v.state = 'scoring' AND v.revealed_at IS NULL
    JOIN application ap ON ap.vacancy = v.id AND ap.withdrawn_at IS NULL
    JOIN interview i ON i.application = ap.id
    LEFT JOIN scorecard s ON s.member = m.id AND s.application = ap.id
    LEFT JOIN assessment a ON a.id = s.assessment
    WHERE m.person = {} AND m.left_at IS NULL AND m.declared_at IS NOT NULL
      AND s.recused_at IS NULL AND a.submitted_at IS NULL
    ORDER BY CASE WHEN i.starts_at >= {} AND i.starts_at < {} THEN 0 WHEN i.starts_at < {} THEN 1 ELSE 2 END,
             i.starts_at NULLS FIRST, ap.id
    LIMIT {}
)
SELECT o.vacancy_id, o.title, o.application_id, o.name, o.starts_at, o.ends_at, o.place, o.scorecard_id, o.total,
       (SELECT count(*) FROM rating r
        WHERE r.assessment = o.assessment AND (r.level IS NOT NULL OR r.no_evidence)) AS done,
       (SELECT count(*) FROM criterion k WHERE k.vacancy = o.vacancy_id) AS asked
FROM owed o
"""


async def due(actor: Actor, reach: Reach, today: tuple[datetime, datetime], limit: int) -> list[Due]:
    """Return the first `limit` scorecards that the actor owes; `today` begins and ends the day.

    Nothing of a panel where the actor has not declared (rule 2).
    """
    if not reach or actor.person_id is None:
        return []
    start, end = today
    return [Due(**row) for row in await Scorecard.raw(_DUE, actor.person_id, start, end, start, limit)]
