"""Writes of the consensus meeting: after the reveal, before the signature (rule 4)."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.consensus import queries
from recruit.consensus.events import DissentWritten, LevelAgreed, LevelsAccepted
from recruit.consensus.forms import Agreement
from recruit.consensus.rules import Agreed, fingerprint, same_reason
from recruit.consensus.tables import AgreedLevel
from recruit.panels.queries import Seat
from recruit.scorecards.queries.sealed import open_seat


class Stale(Conflict):
    """Somebody else agreed something, or changed it, in the meantime."""

    def __init__(self, stored: Agreed | None) -> None:
        super().__init__(
            _("Somebody else wrote this down in the meantime. Nothing is lost: choose which to keep.")
        )
        self.stored = stored


class StaleDissent(Conflict):
    """The member wrote their dissent in another tab."""

    def __init__(self, stored: str) -> None:
        super().__init__(_("You wrote this in another tab too. Nothing is lost: choose which to keep."))
        self.stored = stored


async def _meeting_open(actor: Actor, reach: Reach, vacancy_id: int) -> Seat:
    """Return the seat of somebody who may write; the lock makes a signature wait, or us see it."""
    await open_seat(actor, reach, vacancy_id)
    await AgreedLevel.raw("SELECT id FROM vacancy WHERE id = {} FOR SHARE", vacancy_id)
    here = await open_seat(actor, reach, vacancy_id)
    if here.signed_at is not None:
        raise Conflict(_("The decision is signed. What the panel agreed stays as it was."))
    return here


_AGREE = """
INSERT INTO agreed_level AS g (application, criterion, level, reason, agreed_at, agreed_by, version)
SELECT a.id, k.id, {}, {}, {}, {}, 1
FROM application a JOIN interview i ON i.application = a.id JOIN criterion k ON k.vacancy = a.vacancy
WHERE a.id = {} AND k.id = {} AND a.vacancy = {} AND a.withdrawn_at IS NULL
ON CONFLICT (application, criterion) DO UPDATE
    SET level = excluded.level, reason = excluded.reason, agreed_at = excluded.agreed_at,
        agreed_by = excluded.agreed_by, version = g.version + 1
    WHERE g.version = {} AND (g.level, g.reason) IS DISTINCT FROM (excluded.level, excluded.reason)
RETURNING version
"""


@command
async def agree(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int, criterion_id: int, said: Agreement
) -> LevelAgreed | None:
    """Write down what the panel agreed for one item; None when it stands like that already.

    Raises:
        Stale: what is stored is newer than `said.version` and different; it holds what is stored.
        Conflict: the decision is signed, or the seal is not lifted.
    """
    here = await _meeting_open(actor, reach, vacancy_id)
    rows = await AgreedLevel.raw(
        _AGREE, said.level, said.reason, datetime.now(UTC), actor.name,
        application_id, criterion_id, vacancy_id, said.version,
    )  # fmt: skip
    if rows:
        return LevelAgreed(subject_id=application_id, criterion=criterion_id, version=rows[0]["version"])
    stored = (await queries.agreed_levels(here)).get((application_id, criterion_id))
    if stored is None:
        raise NotFound(_("There is no such applicant or criterion in this meeting."))
    if (stored.level, stored.reason) != (said.level, said.reason):
        raise Stale(stored)
    return None


@command
async def accept_unanimous(actor: Actor, reach: Reach, vacancy_id: int) -> LevelsAccepted | None:
    """Agree every open item for which all members gave the same level; None when there is none."""
    await _meeting_open(actor, reach, vacancy_id)
    found = [item for item in (await queries.meeting(actor, reach, vacancy_id)).items if item.acceptable]
    rows = await AgreedLevel.raw(
        "INSERT INTO agreed_level (application, criterion, level, reason, agreed_at, agreed_by, version)"
        " SELECT application, criterion, level, {}, {}, {}, 1"
        " FROM unnest({}::int[], {}::int[], {}::int[]) AS t (application, criterion, level)"
        " ON CONFLICT DO NOTHING RETURNING id",
        same_reason(), datetime.now(UTC), actor.name,
        [item.application_id for item in found],
        [item.scored.asked.id for item in found],
        [item.acceptable for item in found],
    )  # fmt: skip
    return LevelsAccepted(subject_id=vacancy_id, count=len(rows)) if rows else None


@command
async def dissent(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int, criterion_id: int, text: str, was: str
) -> DissentWritten | None:
    """Keep how the actor, a member, sees an agreed item. `was` is the fingerprint of what they had seen.

    Raises:
        NotFound: the actor is no declared member, or nothing is agreed there yet.
        StaleDissent: the same member wrote something else in another tab.
    """
    here = await _meeting_open(actor, reach, vacancy_id)
    agreed = (await queries.agreed_levels(here)).get((application_id, criterion_id))
    if agreed is None or not here.declared:
        raise NotFound(_("A member writes a different view on a level that is agreed."))
    # The row of the agreed level makes two tabs take turns.
    await AgreedLevel.raw("SELECT id FROM agreed_level WHERE id = {} FOR UPDATE", agreed.id)
    stored = (await queries.agreed_levels(here))[application_id, criterion_id].dissent_of(here.member_id)
    if stored == text:
        return None
    if stored and fingerprint(stored) != was:
        raise StaleDissent(stored)
    await AgreedLevel.raw(
        "INSERT INTO dissent (agreed, member, text, written_at) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (agreed, member) DO UPDATE SET text = excluded.text, written_at = excluded.written_at",
        agreed.id, here.member_id, text, datetime.now(UTC),
    )  # fmt: skip
    return DissentWritten(subject_id=application_id, criterion=criterion_id)
