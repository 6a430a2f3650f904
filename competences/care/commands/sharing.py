"""Writes of what may be shared with whom; and that a report was drawn up."""

from collections.abc import Collection
from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.sharing import FunderReportDrawn, SharingSet
from competences.care.queries.sharing import allowed, policy
from competences.care.rules.sharing import PAIRS, Partner, Subject, check_shared
from competences.care.tables import SharingRule
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _


@command
async def set_sharing(
    actor: Actor, reach: Reach, open_: Collection[tuple[Partner, Subject]], seen: str, now: datetime
) -> SharingSet | None:
    """Say what may be shared with which kind of partner; everything else is shut.

    Args:
        seen: The stamp of the page that the actor saw.

    Raises:
        NotFound: this is not for the actor.
        Conflict: somebody else changed it since the form was drawn.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
    await SharingRule.raw("LOCK TABLE sharing_rule IN SHARE ROW EXCLUSIVE MODE")
    before = await policy()
    if before.stamp != seen:
        raise Conflict(_("Somebody else changed this while you were editing. Look at it again first."))
    if before.open == frozenset(open_):
        return None
    await SharingRule.delete(force=True)
    rows = [
        SharingRule(
            partner=partner.value, subject=subject.value, allowed=(partner, subject) in open_, changed_at=now,
            changed_by=actor.name,
        )
        for partner, subject in PAIRS
    ]  # fmt: skip
    await SharingRule.insert(*rows)
    return SharingSet(subject_id=0, allowed=len(open_))


@command
async def draw_report(actor: Actor, reach: Reach) -> FunderReportDrawn:
    """Note that totals leave the organisation for funders: those that may be shared, and no others.

    Raises:
        NotFound: this is not for the actor.
        Conflict: nothing may be shared with funders.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
    subjects = await allowed(Partner.FUNDER) - {Subject.NAMES}
    check_shared(subjects)
    return FunderReportDrawn(subject_id=0, subjects=" ".join(sorted(subjects)))
