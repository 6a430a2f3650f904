"""Writes that plan sessions."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid
from competences.people.tables import Person
from competences.text import _
from competences.training.commands.sessions.places import join
from competences.training.events.sessions import SessionPlanned
from competences.training.rules import sessions as rules
from competences.training.rules.expiry import day_of
from competences.training.rules.sessions import SessionDraft
from competences.training.tables import (
    CourseSession,
    CourseTrainer,
    CourseVersion,
    SessionDay,
    SessionTrainer,
)
from competences.training.tables.sessions import Place


@command
async def plan_session(
    actor: Actor, draft: SessionDraft, now: datetime, invite: Sequence[int] = ()
) -> SessionPlanned:
    """Plan a session and put people on its list, in this order: as many as fit are booked, the others wait.

    Raises:
        Invalid: something of the draft cannot be, or somebody invited does not work here.
    """
    return await _planned([draft], now, invite)


@command
async def plan_series(
    actor: Actor, drafts: Sequence[SessionDraft], now: datetime, invite: Sequence[int] = ()
) -> SessionPlanned:
    """Plan several sessions that belong together; who is invited comes on the list of the first.

    Raises:
        Invalid: something of a draft cannot be, or somebody invited does not work here.
    """
    return await _planned(drafts, now, invite)


async def _planned(drafts: Sequence[SessionDraft], now: datetime, invite: Sequence[int]) -> SessionPlanned:
    for draft in drafts:
        await check(draft, now)
    await _check_invited(invite, day_of(now, drafts[0].zone))
    rows = [await _written(draft, now) for draft in drafts]
    if len(rows) > 1:
        await CourseSession.update({CourseSession.series: rows[0].id}).where(
            CourseSession.id.is_in([row.id for row in rows])
        )
    first = rows[0].id
    places = [(await join(first, now, person_id=key))[1] for key in dict.fromkeys(invite)]
    booked = places.count(Place.BOOKED)
    return SessionPlanned(
        subject_id=first, version_id=drafts[0].version_id, booked=booked, waiting=len(places) - booked,
        times=len(rows),
    )  # fmt: skip


async def check(draft: SessionDraft, now: datetime, leads: Sequence[int] | None = None) -> None:
    """Part of a command: refuse a draft that cannot be held.

    Args:
        leads: Who leads the session already and may go on doing so; None for a new one.
    """
    errors = rules.wrong(draft)
    if "zone" not in errors and not await _knows_zone(draft.zone):
        errors["zone"] = rules.no_zone()
    version = await CourseVersion.objects(CourseVersion.course).get(CourseVersion.id == draft.version_id)
    if version is None or version.published_at is None:
        errors["course"] = _("Choose a course from the list.")
    elif version.course.retired and leads is None:
        errors["course"] = _("This course is not offered any more.")
    elif new := [key for key in draft.trainer_ids if key not in (leads or ())]:
        rows = await CourseTrainer.select(CourseTrainer.person).where(
            CourseTrainer.course == version.course.id
        )
        here = await working(new, now.date() if "zone" in errors else day_of(now, draft.zone))
        if here != set(new) or not rules.may_teach(new, [row["person"] for row in rows]):
            errors["trainers"] = _("Choose people who may teach this course.")
    if errors:
        raise Invalid(errors)


async def _knows_zone(name: str) -> bool:
    """Return whether the database, too, knows a zone: it reckons with it in every list."""
    (row,) = await CourseSession.raw("SELECT knows_zone({}) AS known", name)
    return bool(row["known"])


_WORKING = """
SELECT id FROM person WHERE id = ANY({}::int[]) AND external = '' AND (ended_on IS NULL OR ended_on >= {})
"""


async def working(person_ids: Sequence[int], today: object) -> set[int]:
    """Return those of some people who work here on a day."""
    return {row["id"] for row in await Person.raw(_WORKING, list(person_ids), today)}


async def _check_invited(invite: Sequence[int], today: object) -> None:
    if invite and await working(invite, today) != set(invite):
        raise Invalid({"invite": _("Somebody whom you invite does not work here any more.")})


async def _written(draft: SessionDraft, now: datetime) -> CourseSession:
    row = CourseSession(
        version=draft.version_id, zone=draft.zone, place=draft.place.strip(), link=draft.link.strip(),
        capacity=draft.capacity, uid=token_hex(16), made_at=now,
    )  # fmt: skip
    await row.save()
    await SessionDay.insert(*(SessionDay(session=row.id, starts_at=a, ends_at=b) for a, b in draft.days))
    await SessionTrainer.insert(
        *(SessionTrainer(session=row.id, person=key) for key in dict.fromkeys(draft.trainer_ids))
    )
    return row
