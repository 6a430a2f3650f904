"""The end of a plan's texts: its key is destroyed first, then its rows; a record in clear stays, which names nobody.

Deleting is part of a command. Nothing but the key's destruction reaches into backups: they hold the sealed texts, and
no keys. On the disk itself PostgreSQL overwrites the removed key in its own time; after `recruit keys rotate` what is
left of it opens nothing.
"""

import json
from datetime import UTC, date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.commands import destroy_key
from competences.support.events.apart import HoldSet
from competences.support.queries.parts import CLEAR
from competences.support.queries.retention import due_for_deletion
from competences.support.tables import SupportEntry, SupportPlan
from competences.text import _


async def delete_due(_actor: Actor, today: date) -> int:
    """Delete every closed plan whose time has come and that no legal hold keeps; return how many. Part of a command."""
    count = 0
    for plan_id, uid in await due_for_deletion(today):
        async with SupportPlan._meta.db.transaction():
            row = await SupportPlan.objects().where(SupportPlan.id == plan_id).lock_rows().first()
            if row is not None and (plan_id, uid) in await due_for_deletion(today):
                await erase(plan_id, uid, datetime.now(UTC))
                count += 1
    return count


async def erase(plan_id: int, uid: str, now: datetime) -> None:
    """Destroy the key of a plan and remove its rows. Part of a command."""
    await destroy_key(uid)
    await SupportPlan.delete().where(SupportPlan.id == plan_id)
    record = CLEAR + json.dumps({"event": "support-plan.deleted"}).encode()
    await SupportEntry.raw("INSERT INTO support_entry (plan, at, body) VALUES ({}, {}, {})", uid, now, record)


@command
async def set_hold(actor: Actor, reach: Reach, person_id: int, until: date | None, now: datetime) -> HoldSet:
    """Keep whatever there is of somebody until a day, or (with None) no longer; says nothing of whether there is any.

    Raises:
        NotFound: there is no such person, or the actor may not do this.
        Invalid: the day is not to come.
    """
    if reach is not Reach.ALL or not await Person.exists().where(Person.id == person_id):
        raise NotFound(_("There is no such person."))
    if until is not None and until <= now.date():
        raise Invalid({"until": _("Choose a day to come.")})
    await SupportPlan.update({SupportPlan.held: until}).where(SupportPlan.person == person_id)
    return HoldSet(subject_id=person_id)
