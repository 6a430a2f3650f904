"""The seal (rule 1). Whatever shows what somebody scored, page, export or statistic, asks here."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _, _n
from recruit.panels.queries import Seat, informed_seat
from recruit.panels.tables import Scorecard


@dataclass(frozen=True, slots=True)
class OpenRating:
    """What one member gave for one criterion of one application. `level` is 1..5 or None."""

    application_id: int
    member_id: int
    criterion_id: int
    level: int | None
    no_evidence: bool
    evidence: str


_RATINGS = """
SELECT s.application AS application_id, s.member AS member_id, k.id AS criterion_id,
       r.level, r.no_evidence, CASE WHEN {} THEN r.evidence ELSE '' END AS evidence
FROM scorecard s
JOIN panel_member m ON m.id = s.member
JOIN vacancy v ON v.id = m.vacancy
JOIN assessment a ON a.id = s.assessment
JOIN rating r ON r.assessment = a.id
JOIN criterion k ON k.vacancy = v.id AND k.competence = r.competence
WHERE v.id = {} AND v.revealed_at IS NOT NULL AND a.submitted_at IS NOT NULL AND s.recused_at IS NULL
  AND (m.left_at IS NULL OR m.left_at > v.revealed_at)
  AND ({} = 0 OR s.application = {})
"""


async def open_ratings(actor: Actor, reach: Reach, vacancy_id: int) -> list[OpenRating]:
    """Return every submitted rating of a vacancy, once its seal is lifted.

    Raises:
        NotFound: the actor neither manages the vacancy nor is a declared member of its panel.
        Conflict: the seal is not lifted. It says how many scorecards are missing, not whose scores.
    """
    return await ratings_for(await open_seat(actor, reach, vacancy_id))


async def open_seat(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of somebody for whom this vacancy's scores are open; raises as open_ratings."""
    here = await informed_seat(actor, reach, vacancy_id)
    if here.revealed_at is None:
        raise Conflict(await why_sealed(here))
    return here


async def ratings_for(here: Seat, *, only: int = 0, words: bool = True) -> list[OpenRating]:
    """Return every submitted rating; the statement itself holds the seal, whoever calls.

    With `only`, of one application; without `words`, levels alone.
    """
    rows = await Scorecard.raw(_RATINGS, words, here.vacancy_id, only, only)
    return [OpenRating(**row) for row in rows]


async def why_sealed(here: Seat) -> str:
    """Return the sentence for somebody who asks too early."""
    if here.scoring_opened_at is None:
        return _("Scoring has not opened yet.")
    missing = await missing_scorecards(here.vacancy_id)
    return _n(
        "The scores are sealed: %(count)s scorecard is not submitted yet.",
        "The scores are sealed: %(count)s scorecards are not submitted yet.",
        missing,
    ) if missing else _("All scorecards are in. The chair or the manager can reveal the scores now.")  # fmt: skip


_MISSING = """
SELECT count(*) AS missing
FROM panel_member m
JOIN application ap ON ap.vacancy = m.vacancy AND ap.withdrawn_at IS NULL
JOIN interview i ON i.application = ap.id
LEFT JOIN scorecard s ON s.member = m.id AND s.application = ap.id
LEFT JOIN assessment a ON a.id = s.assessment
WHERE m.vacancy = {} AND m.left_at IS NULL AND s.recused_at IS NULL AND a.submitted_at IS NULL
"""


async def missing_scorecards(vacancy_id: int) -> int:
    """Return how many scorecards active members still owe, begun or not."""
    rows = await Scorecard.raw(_MISSING, vacancy_id)
    return int(rows[0]["missing"])


@dataclass(frozen=True, slots=True)
class OwnComparison:
    """One level on an applicant whom the actor scored too: their own, or a co-rater's, who has no name here."""

    vacancy_id: int
    title: str
    revealed_at: datetime
    application_id: int
    member_id: int
    own: bool
    criterion_id: int
    level: int


_OWN = """
SELECT v.id AS vacancy_id, v.title, v.revealed_at, s.application AS application_id, s.member AS member_id,
       m.person = {} AS own, k.id AS criterion_id, r.level
FROM panel_member me
JOIN vacancy v ON v.id = me.vacancy AND v.revealed_at IS NOT NULL
JOIN panel_member m ON m.vacancy = v.id AND (m.left_at IS NULL OR m.left_at > v.revealed_at)
JOIN scorecard s ON s.member = m.id AND s.recused_at IS NULL
JOIN assessment a ON a.id = s.assessment AND a.submitted_at IS NOT NULL
JOIN rating r ON r.assessment = a.id AND r.level IS NOT NULL
JOIN criterion k ON k.vacancy = v.id AND k.competence = r.competence
WHERE me.person = {} AND me.left_at IS NULL AND me.declared_at IS NOT NULL
  AND EXISTS (SELECT FROM scorecard o JOIN assessment b ON b.id = o.assessment
              WHERE o.member = me.id AND o.application = s.application
              AND o.recused_at IS NULL AND b.submitted_at IS NOT NULL)
ORDER BY v.revealed_at, v.id, s.application, k.id LIMIT 100000
"""


async def own_comparisons(actor: Actor, reach: Reach) -> list[OwnComparison]:
    """Return the actor's own levels and their co-raters' on the same applicants, over all open panels.

    For what somebody may learn about their own scoring; of nobody else's panels.
    """
    if not reach or actor.person_id is None:
        return []
    rows = await Scorecard.raw(_OWN, actor.person_id, actor.person_id)
    return [OwnComparison(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class SubmittedCard:
    """A locked scorecard that the chair may reopen: whose, for whom, since when. No scores."""

    id: int
    member: str
    applicant: str
    submitted_at: datetime


_SUBMITTED = """
SELECT s.id, p.name AS member, ap.name AS applicant, a.submitted_at
FROM scorecard s JOIN panel_member m ON m.id = s.member JOIN person p ON p.id = m.person
JOIN application ap ON ap.id = s.application JOIN assessment a ON a.id = s.assessment
WHERE m.vacancy = {} AND m.left_at IS NULL AND a.submitted_at IS NOT NULL
ORDER BY p.name, ap.name
"""


async def submitted_cards(actor: Actor, reach: Reach, vacancy_id: int) -> list[SubmittedCard]:
    """Return what the chair may reopen before the reveal; NotFound for everybody else."""
    here = await informed_seat(actor, reach, vacancy_id)
    if not here.chair or not here.declared:
        raise NotFound(_("Only the chair of a panel reopens scorecards."))
    if here.revealed_at is not None:
        raise Conflict(_("The scores are revealed; scorecards stay as they were."))
    return [SubmittedCard(**row) for row in await Scorecard.raw(_SUBMITTED, vacancy_id)]
