"""Writes of the secret link to one's own calendar."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import NotFound
from competences.text import _
from competences.training.events.calendar import CalendarLinkEnded, CalendarLinkRenewed
from competences.training.tables import CalendarLink


@command
async def renew_calendar_link(actor: Actor, digest: str, now: datetime) -> CalendarLinkRenewed:
    """Make a link to one's own calendar; the one before it ends.

    Args:
        digest: Fingerprint of the secret in the link. The secret itself is kept nowhere.

    Raises:
        NotFound: the actor is no person of the organisation.
    """
    if actor.person_id is None:
        raise NotFound(_("There is no such person, or you may not see them."))
    rows = await CalendarLink.raw(
        "INSERT INTO calendar_link (person, token, made_at) VALUES ({}, {}, {})"
        " ON CONFLICT (person) DO UPDATE SET token = excluded.token, made_at = excluded.made_at RETURNING id",
        actor.person_id, digest, now,
    )  # fmt: skip
    return CalendarLinkRenewed(subject_id=rows[0]["id"])


@command
async def end_calendar_link(actor: Actor) -> CalendarLinkEnded | None:
    """End the link to one's own calendar, if there is one."""
    rows = await CalendarLink.raw("DELETE FROM calendar_link WHERE person = {} RETURNING id", actor.person_id)
    return CalendarLinkEnded(subject_id=rows[0]["id"]) if rows else None
