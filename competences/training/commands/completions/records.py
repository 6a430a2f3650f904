"""Writes of completions by hand: what a trainer records, what somebody brings along, who looked at it."""

from datetime import date, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from competences.training.commands.completions.checks import (
    check_unmoderated,
    checked_paper,
    checked_version,
    locked,
)
from competences.training.commands.completions.recording import record
from competences.training.commands.lone_work import note_changes
from competences.training.events.completions import (
    CertificateChecked,
    CertificateHandedIn,
    CompletionRecorded,
)
from competences.training.rules.completions import CompletionDraft
from competences.training.tables import CertificateFile, Completion
from competences.training.tables.completions import Origin


@command
async def record_completion(
    actor: Actor,
    reach: Reach,
    draft: CompletionDraft,
    file: tuple[str, bytes] | None,
    today: date,
    now: datetime,
) -> CompletionRecorded:
    """Record that somebody completed a course; a certificate from elsewhere counts as checked by the actor.

    Args:
        file: Name and content of the certificate; None for a course of our own.
        now: In the time zone of the organisation.

    Raises:
        NotFound: the actor records no completions.
        Conflict: it is the actor's own.
        Invalid: something of it cannot be, is recorded already, the certificate is missing, or a second trainer looks
            at outcomes of the course.
    """
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
    if draft.person_id == actor.person_id:
        raise Conflict(_("Nobody records their own. Another trainer does, or you hand in a certificate."))
    version = await checked_version(draft, today, now.tzinfo)
    if draft.external and file is None:
        raise Invalid({"file": _("Add the certificate, as a scan or a photograph.")})
    if not draft.external:
        await check_unmoderated(version)
    row = await _written(actor, draft, version, file, now, checked=draft.external)
    await note_changes(actor, [row.person], today, now)
    return CompletionRecorded(
        subject_id=row.id, person_id=row.person, version_id=version, external=draft.external
    )


@command
async def hand_in_certificate(
    actor: Actor, draft: CompletionDraft, file: tuple[str, bytes] | None, today: date, now: datetime
) -> CertificateHandedIn:
    """Hand in one's own certificate from elsewhere. It counts once a trainer has checked it.

    Args:
        now: In the time zone of the organisation.

    Raises:
        NotFound: the actor is no person of the organisation.
        Invalid: something of it cannot be, is recorded already, or the certificate is missing.
    """
    if actor.person_id is None or draft.person_id != actor.person_id or not draft.external:
        raise NotFound(_("There is no such page, or it is not for you."))
    version = await checked_version(draft, today, now.tzinfo)
    if file is None:
        raise Invalid({"file": _("Add the certificate, as a scan or a photograph.")})
    row = await _written(actor, draft, version, file, now, checked=False)
    return CertificateHandedIn(subject_id=row.id, person_id=row.person, version_id=version)


async def _written(
    actor: Actor,
    draft: CompletionDraft,
    version: int,
    file: tuple[str, bytes] | None,
    now: datetime,
    *,
    checked: bool,
) -> Completion:
    assert draft.person_id is not None and draft.completed_on is not None  # noqa: PT018  checked_version said so
    paper = checked_paper(file) if draft.external and file else None
    row = await record(
        actor, person_id=draft.person_id, version_id=version, completed_on=draft.completed_on, now=now,
        origin=(Origin.EXTERNAL if draft.external else Origin.RECORDED).value, checked=checked,
        issuer=draft.issuer.strip() if draft.external else "", ends_on=draft.ends_on if draft.external else None,
    )  # fmt: skip
    if paper is not None:
        name, kind, content = paper
        await CertificateFile(
            completion=row.id, name=name, kind=kind, size=len(content), content=content
        ).save()
    return row


@command
async def check_certificate(
    actor: Actor, reach: Reach, completion_id: int, today: date, now: datetime
) -> CertificateChecked:
    """Say that a certificate from elsewhere is what it says; it counts from now on.

    Raises:
        NotFound: there is none, or the actor checks none.
        Conflict: it is the actor's own, was withdrawn, or waits for nobody.
    """
    row = await locked(completion_id if reach is Reach.ALL else 0)
    if row.person == actor.person_id:
        raise Conflict(_("Nobody checks their own certificate. Another trainer does it."))
    if row.origin != Origin.EXTERNAL.value or row.checked_at is not None:
        raise Conflict(_("Nothing waits to be checked here."))
    row.checked_at, row.checked_by = now, actor.name
    await row.save([Completion.checked_at, Completion.checked_by])
    await note_changes(actor, [row.person], today, now)
    return CertificateChecked(subject_id=row.id, person_id=row.person)
