"""Writes about when trainers are away: each says it of themselves."""

from datetime import date, timedelta

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.events.absences import AbsenceEntered, AbsenceRemoved
from competences.training.tables import TrainerAbsence

#: Nobody plans further ahead.
LONGEST = timedelta(days=731)


@command
async def enter_absence(
    actor: Actor, reach: Reach, from_on: date | None, until_on: date | None, today: date
) -> AbsenceEntered:
    """Say from when until when one holds no session; without a last day, for one day.

    Raises:
        NotFound: the actor plans no sessions.
        Invalid: the days are missing, over, in the wrong order or too far off.
    """
    if reach is not Reach.ALL or actor.person_id is None:
        raise NotFound(_("There is no such page, or it is not for you."))
    if from_on is None:
        raise Invalid({"from_on": _("Choose the first day.")})
    until_on = until_on or from_on
    if until_on < from_on:
        raise Invalid({"until_on": _("The last day is not before the first one.")})
    if until_on < today:
        raise Invalid({"until_on": _("These days are over.")})
    if until_on > today + LONGEST:
        raise Invalid({"until_on": _("Choose days within the next two years.")})
    row = TrainerAbsence(person=actor.person_id, from_on=from_on, until_on=until_on)
    await row.save()
    return AbsenceEntered(
        subject_id=row.id, person_id=actor.person_id, from_on=str(from_on), until_on=str(until_on)
    )


@command
async def remove_absence(actor: Actor, reach: Reach, absence_id: int) -> AbsenceRemoved:
    """Say that one is there after all.

    Raises:
        NotFound: there is no such absence of one's own.
    """
    rows = []
    if reach is Reach.ALL and actor.person_id is not None:
        rows = await TrainerAbsence.raw(
            "DELETE FROM trainer_absence WHERE id = {} AND person = {} RETURNING person",
            absence_id, actor.person_id,
        )  # fmt: skip
    if not rows:
        raise NotFound(_("There is no such absence, or it is not yours."))
    return AbsenceRemoved(subject_id=absence_id, person_id=rows[0]["person"])
