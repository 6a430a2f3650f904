"""Writes that take a completion back: withdrawn with a reason, alone or for the right one."""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.completions.checks import check_unmoderated, checked_version, locked
from competences.training.commands.completions.recording import record
from competences.training.commands.lone_work import note_changes
from competences.training.events.completions import CompletionCorrected, CompletionWithdrawn
from competences.training.rules.completions import CompletionDraft
from competences.training.tables import Completion, CourseVersion
from competences.training.tables.completions import Origin


@command
async def withdraw_completion(
    actor: Actor, reach: Reach, completion_id: int, reason: str, today: date, now: datetime
) -> CompletionWithdrawn:
    """Say that a completion is wrong, or a certificate not accepted. It is kept, and counts no more.

    Raises:
        NotFound: there is none, or the actor records no completions.
        Conflict: it was withdrawn already, or is the actor's own.
        Invalid: no reason is given.
    """
    row = await _withdrawn(actor, reach, completion_id, reason, now)
    await note_changes(actor, [row.person], today, now)
    return CompletionWithdrawn(subject_id=row.id, person_id=row.person)


@command
async def correct_completion(
    actor: Actor,
    reach: Reach,
    completion_id: int,
    draft: CompletionDraft,
    reason: str,
    today: date,
    now: datetime,
) -> CompletionCorrected:
    """Withdraw a completion and record the right one in its place; the paper goes with it.

    The outcome that was signed goes with it only as long as it stays what was taught in that session: of another
    course nobody signed anything.

    Args:
        draft: Course, day and, for a certificate from elsewhere, who gave it and until when. The person stays.
        now: In the time zone of the organisation.

    Raises:
        NotFound: there is none, or the actor records no completions.
        Conflict: it was withdrawn already, or is the actor's own.
        Invalid: no reason is given, or something of the right one cannot be.
    """
    row = await _withdrawn(actor, reach, completion_id, reason, now)
    external = row.origin == Origin.EXTERNAL.value
    right = CompletionDraft(
        row.person, draft.course_id, draft.completed_on, external=external,
        issuer=draft.issuer if external else "", ends_on=draft.ends_on if external else None,
    )  # fmt: skip
    version = await checked_version(right, today, now.tzinfo, instead_of=completion_id)
    assert right.completed_on is not None
    origin, outcome = row.origin, row.outcome
    if outcome is not None and await _of_one_course(row.version, version):
        version = row.version
    elif row.origin in {Origin.SESSION.value, Origin.RECORDED.value}:
        await check_unmoderated(version)
        origin, outcome = Origin.RECORDED.value, None
    made = await record(
        actor, person_id=row.person, version_id=version, completed_on=right.completed_on, origin=origin, now=now,
        outcome_id=outcome, ends_on=right.ends_on, issuer=right.issuer.strip() or row.issuer, checked=external,
    )  # fmt: skip
    await Completion.raw(
        "INSERT INTO certificate_file (completion, name, kind, size, content)"
        " SELECT {}, name, kind, size, content FROM certificate_file WHERE completion = {}",
        made.id, completion_id,
    )  # fmt: skip
    await note_changes(actor, [row.person], today, now)
    return CompletionCorrected(subject_id=row.id, person_id=row.person, replaced_by=made.id)


async def _of_one_course(*version_ids: int) -> bool:
    rows = await CourseVersion.select(CourseVersion.course).where(CourseVersion.id.is_in(list(version_ids)))
    return len({row["course"] for row in rows}) == 1


async def _withdrawn(
    actor: Actor, reach: Reach, completion_id: int, reason: str, now: datetime
) -> Completion:
    row = await locked(completion_id if reach is Reach.ALL else 0)
    if row.person == actor.person_id:
        raise Conflict(_("Nobody takes back or corrects their own. Another trainer does it."))
    if not reason.strip():
        raise Invalid(
            {"reason": _("Say what was wrong. It stays with the completion, and the person reads it.")}
        )
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now, actor.name, reason.strip()
    await row.save([Completion.withdrawn_at, Completion.withdrawn_by, Completion.withdrawn_reason])
    return row
