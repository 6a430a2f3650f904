"""The end of a plan's texts: its key is destroyed first, then its rows; a record in clear stays, which names nobody.

Deleting is part of a command. Nothing but the key's destruction reaches into backups: they hold the sealed texts, and
no keys. On the disk itself PostgreSQL overwrites the removed key in its own time; after `recruit keys rotate` what is
left of it opens nothing.
"""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.commands.arrangements import end_arrangements_of_left
from competences.errors import Invalid, NotFound
from competences.gaps.rules.standing import months_from
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.sealing.commands import destroy_key
from competences.support.commands.log import record_clear
from competences.support.events.apart import HoldSet
from competences.support.queries.retention import due_for_deletion
from competences.support.rules.plans import KEEP_MONTHS
from competences.support.tables import EmergencyNotice, LegalHold, PlanReader, SupportPlan
from competences.text import _

NOTICE_MONTHS = 12

_HOLD = """
INSERT INTO legal_hold (person, until_on) VALUES ({}, {})
ON CONFLICT (person) DO UPDATE SET until_on = excluded.until_on
"""

_LEFT = """
SELECT p.id, p.uid, w.ended_on FROM support_plan p JOIN person w ON w.id = p.person
WHERE p.closed_at IS NULL AND p.agreed_at IS NOT NULL AND w.ended_on < {} FOR UPDATE OF p
"""


async def delete_due(_actor: Actor, now: datetime, months: int = KEEP_MONTHS) -> int:
    """Close the plans of those who left, and delete what has had its time; return how many plans. Part of a command.

    Due are closed plans whose day has come and proposals that nobody answered, where no legal hold keeps them, and
    what an old backup brought back. Notices of emergencies go after a year. What colleagues are told ends for everybody who
    left, so that the log does not tell who had a plan.

    Args:
        now: In the organisation's time zone.
    """
    today = now.date()
    await _close_left(now, months)
    await end_arrangements_of_left(today)
    await EmergencyNotice.raw(
        "DELETE FROM emergency_notice WHERE at < {}::date - make_interval(months => {})", today, NOTICE_MONTHS
    )
    await LegalHold.delete().where(LegalHold.until_on < today)
    count = 0
    for plan_id, uid in await due_for_deletion(today):
        async with SupportPlan._meta.db.transaction():
            row = await SupportPlan.objects().where(SupportPlan.id == plan_id).lock_rows().first()
            if row is not None and (plan_id, uid) in await due_for_deletion(today):
                await erase(plan_id, uid, now)
                count += 1
    return count


async def _close_left(now: datetime, months: int) -> None:
    async with SupportPlan._meta.db.transaction():
        for row in await SupportPlan.raw(_LEFT, now.date()):
            await PlanReader.update({PlanReader.ended_at: now}).where(
                PlanReader.plan == row["id"], PlanReader.ended_at.is_null()
            )
            await SupportPlan.update(
                {
                    SupportPlan.closed_at: now,
                    SupportPlan.delete_on: months_from(row["ended_on"], months),
                    SupportPlan.review_on: None,
                    SupportPlan.check_in_on: None,
                }
            ).where(SupportPlan.id == row["id"])
            await record_clear(row["uid"], "support-plan.closed", now)


async def erase(plan_id: int, uid: str, now: datetime) -> None:
    """Destroy the key of a plan and remove its rows. Part of a command."""
    await destroy_key(uid)
    await SupportPlan.delete().where(SupportPlan.id == plan_id)
    await record_clear(uid, "support-plan.deleted", now)


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
    if until is None:
        await LegalHold.delete().where(LegalHold.person == person_id)
    else:
        await LegalHold.raw(_HOLD, person_id, until)
    return HoldSet(subject_id=person_id)
