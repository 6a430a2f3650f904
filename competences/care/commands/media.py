"""Writes of who speaks to the media, and of appearances: the person alone decides."""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.media import (
    AppearanceAnswered,
    AppearanceAsked,
    AppearanceGuided,
    AppearanceMade,
    SpokespersonSet,
    SpokespersonTaken,
)
from competences.care.queries.media import appearance
from competences.care.queries.register import in_care
from competences.care.rules.media import (
    Answer,
    Asked,
    DutyDraft,
    check_answer,
    check_appeared,
    check_asked,
    check_duty,
    check_guided,
)
from competences.care.tables import Appearance, SpokespersonDuty
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _


@command
async def set_spokesperson(actor: Actor, reach: Reach, draft: DutyDraft, today: date) -> SpokespersonSet:
    """Say who speaks to the media on which days: one at a time.

    Raises:
        Conflict: somebody does so on one of these days already.
        Invalid: the person or the days cannot be used.
    """
    check_duty(draft, today)
    await _check_person(actor, reach, draft.person_id, today)
    await SpokespersonDuty.raw("LOCK TABLE spokesperson_duty IN SHARE ROW EXCLUSIVE MODE")
    taken = await SpokespersonDuty.exists().where(
        SpokespersonDuty.from_on <= draft.until_on, SpokespersonDuty.until_on >= draft.from_on
    )
    if taken:
        raise Conflict(_("Somebody else speaks to the media on one of these days. One voice at a time."))
    row = SpokespersonDuty(person=draft.person_id, from_on=draft.from_on, until_on=draft.until_on)
    await row.save()
    return SpokespersonSet(subject_id=row.id, person_id=draft.person_id)


@command
async def remove_spokesperson(actor: Actor, reach: Reach, duty_id: int, today: date) -> SpokespersonTaken:
    """Take somebody off this duty.

    Raises:
        NotFound: there is no such duty, or the actor does not look after the person.
    """
    row = await SpokespersonDuty.objects().get(SpokespersonDuty.id == duty_id).lock_rows()
    if row is None or row.person not in {one.id for one in await in_care(actor, reach, today)}:
        raise NotFound(_("There is no such page, or it is not for you."))
    await row.remove()
    return SpokespersonTaken(subject_id=duty_id, person_id=row.person)


@command
async def ask_appearance(actor: Actor, reach: Reach, asked: Asked, today: date) -> AppearanceAsked:
    """Ask somebody whether they would appear in public.

    Raises:
        Invalid: the person or the day cannot be used.
    """
    check_asked(asked, today)
    await _check_person(actor, reach, asked.person_id, today)
    row = Appearance(
        person=asked.person_id, medium=asked.medium.value, planned_on=asked.planned_on, asked_on=today
    )
    await row.save()
    return AppearanceAsked(subject_id=row.id, person_id=asked.person_id)


@command
async def record_guidance(
    actor: Actor, reach: Reach, appearance_id: int, guided_on: date, today: date
) -> AppearanceGuided:
    """Put on record that the guidance talk took place, by the actor.

    Raises:
        NotFound: there is no such appearance, or the actor does not look after the person.
        Conflict: the person has decided already, or it is the actor.
        Invalid: the day cannot be.
    """
    row = await _looked_after(actor, reach, appearance_id)
    check_guided(row.decision, guided_on, row.asked_on, today)
    row.guided_on, row.guided_by = guided_on, actor.person_id
    await row.save([Appearance.guided_on, Appearance.guided_by])
    return AppearanceGuided(subject_id=row.id, person_id=row.person)


@command
async def answer_appearance(
    actor: Actor, appearance_id: int, answer: Answer, now: datetime
) -> AppearanceAnswered:
    """Agree to an appearance or say no to it. Only the person; no reason is asked, and no can be said until it happens.

    Raises:
        NotFound: there is none, or it is not the actor's.
        Conflict: the guidance talk comes first, or it has taken place.
    """
    row = await Appearance.objects().get(Appearance.id == appearance_id).lock_rows()
    if row is None or actor.person_id is None or row.person != actor.person_id:
        raise NotFound(_("There is no such appearance, or it is not for you."))
    check_answer(answer, row.decision, row.guided_on, row.appeared_on)
    row.decision, row.decided_at = answer.value, now
    await row.save([Appearance.decision, Appearance.decided_at])
    return AppearanceAnswered(subject_id=row.id, person_id=row.person, answer=answer.value)


@command
async def record_appearance(
    actor: Actor, reach: Reach, appearance_id: int, appeared_on: date, today: date
) -> AppearanceMade:
    """Put on record that somebody appeared in public, as they had agreed to.

    Raises:
        NotFound: there is no such appearance, or the actor does not look after the person.
        Conflict: the person did not agree, it is on record already, or it is the actor.
        Invalid: the day is before the guidance talk or to come.
    """
    row = await _looked_after(actor, reach, appearance_id)
    check_appeared(row.decision, row.guided_on, row.appeared_on, appeared_on, today)
    row.appeared_on = appeared_on
    await row.save([Appearance.appeared_on])
    return AppearanceMade(subject_id=row.id, person_id=row.person)


async def _looked_after(actor: Actor, reach: Reach, appearance_id: int) -> Appearance:
    """Return an appearance of another whom the actor looks after, locked."""
    if reach < Reach.TEAM:
        raise NotFound(_("There is no such appearance, or it is not for you."))
    await appearance(actor, reach, appearance_id)
    row: Appearance | None = await Appearance.objects().get(Appearance.id == appearance_id).lock_rows()
    assert row is not None
    if row.person == actor.person_id:
        raise Conflict(_("Somebody else gives you the guidance talk and records this."))
    return row


async def _check_person(actor: Actor, reach: Reach, person_id: int, today: date) -> None:
    if person_id not in {one.id for one in await in_care(actor, reach, today)}:
        raise Invalid({"person": _("Choose somebody from the list.")})
