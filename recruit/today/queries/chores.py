"""What of the work with people is due: steps, reviews, rounds, training, care and support."""

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
from competences.training.queries.completions import UNCHECKED, unchecked_filling
from competences.training.queries.due import MINE, mine_filling
from competences.training.queries.lone_work import NOTICES, notices_filling
from competences.training.queries.outcomes import UNSIGNED, unsigned_filling
from competences.training.queries.requests import (
    PLACES_WANTED,
    TO_ANSWER,
    places_wanted_filling,
    to_answer_filling,
)
from competences.training.queries.sessions import CANCELLED, cancelled_filling
from recruit.vacancies.tables import Vacancy


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
UNION ALL SELECT kind, id, person_id, person, what, due_on, begun FROM ({MINE}) courses
UNION ALL SELECT kind, id, person_id, person, what, CASE WHEN kind <> 'moderation' THEN due_on END,
    coalesce(begun, id) FROM ({UNSIGNED}) unsigned
UNION ALL SELECT 'session-cancelled', id, NULL, NULL, what, due_on, id FROM ({CANCELLED}) cancelled
UNION ALL SELECT kind, id, person_id, person, what, due_on, begun FROM ({UNCHECKED}) unchecked
UNION ALL SELECT 'answer-request', id, person_id, person, what, due_on, id FROM ({TO_ANSWER}) requests
UNION ALL SELECT 'places-wanted', id, NULL, NULL, what, NULL, id FROM ({PLACES_WANTED}) wanted
UNION ALL SELECT 'lone-work', id, person_id, person, what, NULL, NULL FROM ({NOTICES}) notices
UNION ALL SELECT kind, id, NULL, person, what, due_on, number FROM ({CARE}) care
UNION ALL SELECT kind, id, NULL, NULL, '', due_on, id FROM ({SUPPORT}) support
ORDER BY due_on, kind, id
"""  # noqa: S608  constants only


@dataclass(frozen=True, slots=True)
class Reaches:
    """How far somebody goes with each thing that makes chores."""

    plans: Reach
    cover: Reach
    assesses: Reach
    training: Reach
    sessions: Reach
    completions: Reach
    answers: Reach
    care: Reach
    cases: Reach
    media: Reach


async def chores(actor: Actor, now: datetime, until: date, limit: int, reaches: Reaches) -> list[Chore]:
    """Return what of the work with people is due: steps, reviews, rounds, training, care, support. In one statement, whatever there is.

    Args:
        now: In the organisation's time zone.
        until: The last day of which steps and reviews are told.

    Who cannot see the team's cover still sees what they answer for themselves, and everybody is told of emergency
    access. Of support only the kind and the day, never whose plan it is.
    """
    if actor.person_id is None:
        return []
    today = now.date()
    filling = (
        *steps_filling(actor, reaches.plans, until, limit),
        *reviews_filling(actor, reaches.cover or min(reaches.plans, Reach.OWN), until, limit),
        *due_filling(actor, reaches.assesses, today, limit),
        *mine_filling(actor, reaches.training, today, limit),
        *unsigned_filling(actor, reaches.sessions, now, limit),
        *cancelled_filling(actor, now, limit if reaches.training else 0),
        *unchecked_filling(actor, reaches.completions, limit),
        *to_answer_filling(actor, reaches.answers, limit),
        *places_wanted_filling(actor, reaches.sessions, today),
        *notices_filling(actor, reaches.answers >= Reach.TEAM, limit if reaches.training else 0),
        *care_filling(actor, now, limit, care=reaches.care, cases=reaches.cases, media=reaches.media),
        *support_filling(actor, now, until),
    )
    return [Chore(**row) for row in await Vacancy.raw(_CHORES, *filling)]
