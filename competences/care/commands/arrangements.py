"""What colleagues are told of how somebody works: in agreed words, without why."""

from datetime import date, datetime, timedelta

from competences.actor import SYSTEM, Actor
from competences.audit.commands import command
from competences.care.events.arrangements import ArrangementEnded, ArrangementSet
from competences.care.tables import Arrangement
from competences.errors import Invalid, NotFound
from competences.text import _

LONGEST = 200

_LEFT = """
SELECT a.id, a.person FROM arrangement a JOIN person p ON p.id = a.person
WHERE p.ended_on < {} AND (a.until_on IS NULL OR a.until_on >= {}) ORDER BY a.id
"""


@command
async def set_arrangement(
    actor: Actor,
    words: str,
    from_on: date,
    now: datetime,
    *,
    about_cases: bool = False,
    until_on: date | None = None,
) -> ArrangementSet:
    """Tell one's colleagues how one works, in these words. It is about the actor: nobody says it for another.

    Raises:
        NotFound: the actor is nobody who works here.
        Invalid: words or days cannot be used.
    """
    if actor.person_id is None:
        raise NotFound(_("There is no such person."))
    if not words.strip() or len(words.strip()) > LONGEST:
        raise Invalid({"words": _("Say in a line what colleagues are told.")})
    if until_on is not None and until_on < from_on:
        raise Invalid({"until_on": _("The last day comes before the first.")})
    row = Arrangement(
        person=actor.person_id, words=words.strip(), about_cases=about_cases, from_on=from_on, until_on=until_on,
        agreed_at=now,
    )  # fmt: skip
    await row.save()
    return ArrangementSet(subject_id=row.id, person_id=actor.person_id)


async def end_arrangement(person_id: int, arrangement_id: int, today: date) -> ArrangementEnded | None:
    """End at once what colleagues are told of somebody. Part of the commands that may end it.

    The log names nobody, whoever ends it: another name than the person's own would tell that others see to it.

    Raises:
        NotFound: there is no such arrangement of this person.
    """
    return await _end(SYSTEM, person_id, arrangement_id, today)


async def end_arrangements_of_left(today: date) -> None:
    """End what colleagues are told of everybody who has left. Part of what is done each day."""
    for row in await Arrangement.raw(_LEFT, today, today):
        await end_arrangement(row["person"], row["id"], today)


@command
async def _end(_actor: Actor, person_id: int, arrangement_id: int, today: date) -> ArrangementEnded | None:
    row = await Arrangement.objects().where(
        Arrangement.id == arrangement_id, Arrangement.person == person_id
    ).first()  # fmt: skip
    if row is None:
        raise NotFound(_("There is no such arrangement."))
    if row.until_on is not None and row.until_on < today:
        return None
    if row.from_on < today:
        await Arrangement.update({Arrangement.until_on: today - timedelta(days=1)}).where(
            Arrangement.id == row.id
        )
    else:
        await Arrangement.delete().where(Arrangement.id == row.id)
    return ArrangementEnded(subject_id=row.id, person_id=person_id)
