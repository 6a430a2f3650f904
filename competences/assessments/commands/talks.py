"""Writes of a talk: what the two agree, when it was, who sees it differently, and that both confirm."""

from datetime import date, datetime

from competences.actor import Actor
from competences.assessments.commands.saving import WRITE, explain, filling, keep_submission
from competences.assessments.events import (
    TalkConfirmed,
    TalkDissented,
    TalkHeld,
    TalkLevelsAccepted,
    TalkLevelSaved,
)
from competences.assessments.queries.places import side
from competences.assessments.queries.sealed import views_of, why_sealed
from competences.assessments.queries.talks import talk_of
from competences.assessments.rules import Mark
from competences.assessments.rules.rounds import Place
from competences.assessments.rules.talks import TalkItem, missing, unchangeable
from competences.assessments.tables import Assessment, Kind, Rating
from competences.assessments.tables import Talk as TalkTable
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _

_SAVE = f"""
WITH card AS (
    SELECT a.id AS assessment, g.competence FROM assessment a
    JOIN target g ON g.participant = a.participant AND g.competence = {{}}
    WHERE a.participant = {{}} AND a.kind = 'talk' AND a.submitted_at IS NULL
    FOR UPDATE OF a
)
{WRITE}"""  # noqa: S608  constants only


@command
async def agree_level(
    actor: Actor, reach: Reach, participant_id: int, mark: Mark, now: datetime
) -> TalkLevelSaved | None:
    """Write down what the two agree on one competence; a confirmation before it counts no more.

    Raises:
        NotFound: the actor is neither of the two, or the competence is not asked for.
        Conflict: the seal is not lifted, or both have confirmed.
        Stale: what is stored is newer than `mark.version` and different.
    """
    here = await _begun(actor, reach, participant_id, now)
    talk = await talk_of(here)
    rows = [] if talk.confirmed else await Rating.raw(
        _SAVE, mark.competence_id, participant_id, *filling(mark, now)
    )  # fmt: skip
    if rows:
        await _changed(participant_id)
        return TalkLevelSaved(
            subject_id=participant_id, competence=mark.competence_id, version=rows[0]["version"]
        )
    locked = unchangeable() if talk.confirmed else ""
    explain(await views_of(actor, reach, participant_id), mark, locked)
    return None


async def _begun(actor: Actor, reach: Reach, participant_id: int, now: datetime) -> Place:
    """Return the place of one of the two, with the talk there and locked until the transaction ends."""
    here = await side(actor, reach, participant_id)
    if not here.lifted:
        raise Conflict(why_sealed(here))
    await TalkTable.raw(
        "INSERT INTO talk (participant, version, person_dissent, manager_dissent) VALUES ({}, 1, '', '')"
        " ON CONFLICT (participant) DO NOTHING",
        participant_id,
    )
    await TalkTable.objects().where(TalkTable.participant == participant_id).lock_rows().first()
    await Assessment.raw(
        "INSERT INTO assessment (kind, version, person, assessor, participant, started_at)"
        " SELECT {}, t.version, t.person, p.manager, t.id, {} FROM participant t JOIN person p ON p.id = t.person"
        " WHERE t.id = {} ON CONFLICT (participant) WHERE kind = 'talk' DO NOTHING",
        Kind.TALK.value, now, participant_id,
    )  # fmt: skip
    return await side(actor, reach, participant_id)  # as it is now: another line manager waits for this lock


async def _changed(participant_id: int) -> None:
    """Whoever confirmed before had seen something else."""
    await TalkTable.raw(
        "UPDATE talk SET version = version + 1, person_confirmed_at = NULL, manager_confirmed_at = NULL"
        " WHERE participant = {}",
        participant_id,
    )


@command
async def accept_shared_levels(
    actor: Actor, reach: Reach, participant_id: int, now: datetime
) -> TalkLevelsAccepted | None:
    """Take over the level where both gave the same and nothing is written down yet."""
    here = await _begun(actor, reach, participant_id, now)
    if (await talk_of(here)).confirmed:
        raise Conflict(unchangeable())
    items = [
        item
        for item in await views_of(actor, reach, participant_id)
        if item.shared_level is not None and not item.version
    ]
    words = _("Both gave this level before the talk.")
    for item in items:
        taken = Mark(item.competence_id, item.shared_level, False, words, 0)
        await Rating.raw(_SAVE, item.competence_id, participant_id, *filling(taken, now))
    if not items:
        return None
    await _changed(participant_id)
    return TalkLevelsAccepted(subject_id=participant_id, competences=len(items))


@command
async def note_meeting(
    actor: Actor,
    reach: Reach,
    participant_id: int,
    held_on: date,
    was: date | None,
    today: date,
    now: datetime,
) -> TalkHeld | None:
    """Write down on which day the talk was; `was` is what the form showed.

    Raises:
        Conflict: both have confirmed, or the other wrote down another day meanwhile.
        Invalid: the day is still to come.
    """
    here = await _begun(actor, reach, participant_id, now)
    talk = await talk_of(here)
    if talk.held_on == held_on:
        return None
    if talk.confirmed:
        raise Conflict(unchangeable())
    if held_on > today:
        raise Invalid({"held_on": _("Choose a day that is not still to come.")})
    if talk.held_on != was:
        raise Conflict(_("The other of you wrote down another day in the meantime. Look at it again first."))
    await TalkTable.update({TalkTable.held_on: held_on}).where(TalkTable.participant == participant_id)
    await _changed(participant_id)
    return TalkHeld(subject_id=participant_id, held_on=held_on)


@command
async def dissent(
    actor: Actor, reach: Reach, participant_id: int, text: str, was: str, now: datetime
) -> TalkDissented | None:
    """Say how the actor sees it differently. The levels stay: it stands beside them.

    If the other has confirmed, that is taken back: whoever confirms has read it.

    Raises:
        Conflict: both have confirmed, or the actor wrote something else in another tab.
    """
    here = await _begun(actor, reach, participant_id, now)
    talk = await talk_of(here)
    stored = talk.dissent_of(here.kind)
    if stored == text.strip():
        return None
    if talk.confirmed:
        raise Conflict(unchangeable())
    if stored != was:
        raise Conflict(
            _("You wrote this in another tab too. Go back, reload the page and put both together.")
        )
    own = here.kind == Kind.SELF.value
    column, other = (
        (TalkTable.person_dissent, TalkTable.manager_confirmed_at)
        if own
        else (TalkTable.manager_dissent, TalkTable.person_confirmed_at)
    )
    await TalkTable.update(
        {column: text.strip(), other: None, TalkTable.version: TalkTable.version + 1}
    ).where(TalkTable.participant == participant_id)
    return TalkDissented(subject_id=participant_id)


@command
async def confirm_talk(
    actor: Actor, reach: Reach, participant_id: int, version: int, now: datetime
) -> TalkConfirmed | None:
    """Confirm what is written down, as it was in `version`. With the second of the two the levels count.

    Raises:
        Conflict: something was changed since, or it is confirmed already.
        Invalid: a day, a level or a sentence is missing.
    """
    here = await _begun(actor, reach, participant_id, now)
    talk = await talk_of(here)
    if talk.confirmed_by(here.kind) is not None:
        return None
    items = await views_of(actor, reach, participant_id)
    if gaps := missing(talk, items):
        raise Invalid({f"gap-{place}": gap for place, gap in enumerate(gaps, 1)})
    if talk.version != version:
        raise Conflict(_("Something was changed since you looked. Read it again, then confirm."))
    own = here.kind == Kind.SELF.value
    column = TalkTable.person_confirmed_at if own else TalkTable.manager_confirmed_at
    other = talk.manager_confirmed_at if own else talk.person_confirmed_at
    await TalkTable.update({column: now}).where(TalkTable.participant == participant_id)
    if other is not None:
        await _give_levels(participant_id, items, now)
    return TalkConfirmed(subject_id=participant_id, levels_given=other is not None)


async def _give_levels(participant_id: int, items: list[TalkItem], now: datetime) -> None:
    """Make what was agreed the person's levels, locked as any that was handed in."""
    row = await Assessment.objects().get(
        (Assessment.participant == participant_id) & (Assessment.kind == Kind.TALK.value)
    )
    assert row is not None
    await keep_submission(row.id, items, now)
