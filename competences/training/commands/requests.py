"""Writes of requests for courses."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.events.requests import CourseRequestAnswered, CourseRequested
from competences.training.queries.courses import course
from competences.training.queries.requests import request
from competences.training.tables import CourseRequest

_ASK = """
INSERT INTO course_request (person, course, why, asked_at, answer) VALUES ({}, {}, {}, {}, '')
ON CONFLICT (person, course) WHERE answered_at IS NULL DO NOTHING RETURNING id
"""


@command
async def ask(actor: Actor, course_id: int, why: str, now: datetime) -> CourseRequested:
    """Ask for a course for oneself; the line manager answers.

    Raises:
        NotFound: there is no such course, or the actor is nobody who works here.
        Conflict: it is not offered any more, or a request for it waits already.
        Invalid: there is no reason.
    """
    if actor.person_id is None:
        raise NotFound(_("There is no such course."))
    if (await course(course_id)).retired:
        raise Conflict(_("This course is not offered any more."))
    if not why.strip():
        raise Invalid({"why": _("Say what you want it for. Your line manager reads it.")})
    rows = await CourseRequest.raw(_ASK, actor.person_id, course_id, why.strip(), now)
    if not rows:
        raise Conflict(_("You asked for this course already. Your line manager has not answered yet."))
    return CourseRequested(subject_id=rows[0]["id"], person_id=actor.person_id, course_id=course_id)


@command
async def answer(
    actor: Actor, reach: Reach, request_id: int, words: str, now: datetime, *, approved: bool
) -> CourseRequestAnswered:
    """Say yes or no to a request. Yes lets the person book a place, and trainers see that they wait for one.

    Raises:
        NotFound: there is no such request, or somebody else answers it.
        Conflict: it was answered already.
        Invalid: a refusal has no words.
    """
    seen = await request(actor, reach, request_id)
    row = await CourseRequest.objects().get(CourseRequest.id == request_id).lock_rows()
    assert row is not None
    if row.answered_at is not None:
        raise Conflict(_("This request was answered already."))
    if not approved and not words.strip():
        raise Invalid({"answer": _("Say why not, or from when. %(name)s reads it.", name=seen.person)})
    row.answered_at, row.answered_by = now, actor.person_id
    row.approved, row.answer = approved, words.strip()
    await row.save()
    return CourseRequestAnswered(
        subject_id=request_id, person_id=seen.person_id, course_id=seen.course_id, approved=approved
    )
