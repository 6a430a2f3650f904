"""The life of a version: drafted, published, retired."""

from datetime import datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks import queries
from competences.frameworks.commands.writing import write_text
from competences.frameworks.events import DraftDeleted, FrameworkDrafted, FrameworkPublished, FrameworkRetired
from competences.frameworks.rules.completeness import missing
from competences.frameworks.tables import Framework, FrameworkVersion, State
from competences.text import _


@command
async def create_version(actor: Actor, version_id: int, note: str) -> FrameworkDrafted:
    """Copy a published or retired version to a draft with the next number.

    Raises:
        NotFound: there is no such version.
        Conflict: the framework has a draft already.
        Invalid: the note that says why is empty.
    """
    source = await FrameworkVersion.objects().get(FrameworkVersion.id == version_id)
    if source is None:
        raise NotFound(_("There is no such framework version."))
    if not note.strip():
        raise Invalid({"note": _("Say in a sentence what will change and why.")})
    framework = await Framework.objects().get(Framework.id == source.framework).lock_rows()
    assert framework is not None
    siblings = await FrameworkVersion.objects().where(FrameworkVersion.framework == framework.id)
    if drafts := [row.number for row in siblings if row.state == State.DRAFT.value]:
        raise Conflict(
            _("Version %(number)s is a draft already. Edit that one, or delete it first.", number=drafts[0])
        )
    number = max(row.number for row in siblings) + 1
    version = FrameworkVersion(framework=framework.id, number=number, note=note.strip())
    await version.save()
    await write_text(version.id, await queries.text_of(version_id))
    return FrameworkDrafted(subject_id=version.id, number=number, copied_from=version_id)


@command
async def publish(actor: Actor, version_id: int, now: datetime) -> FrameworkPublished:
    """Fix a draft for ever, so that role profiles and vacancies can use it.

    Raises:
        NotFound: there is no such version.
        Conflict: it is not a draft.
        Invalid: it is not complete; each field names one thing that is missing.
    """
    row = await queries.locked_draft(version_id)
    text = await queries.text_of(version_id)
    if gaps := missing(text):
        raise Invalid({f"gap-{place}": gap for place, gap in enumerate(gaps, 1)})
    await FrameworkVersion.update(
        {FrameworkVersion.state: State.PUBLISHED.value, FrameworkVersion.published_at: now}
    ).where(FrameworkVersion.id == version_id)
    return FrameworkPublished(subject_id=version_id, framework=text.key, number=row.number)


@command
async def retire(actor: Actor, version_id: int) -> FrameworkRetired:
    """Offer a published version no longer; what uses it goes on.

    Raises:
        NotFound: there is no such version.
        Conflict: it is a draft, or retired already.
    """
    row = await FrameworkVersion.objects().get(FrameworkVersion.id == version_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such framework version."))
    if row.state != State.PUBLISHED.value:
        raise Conflict(_("Only a published version can be retired."))
    await FrameworkVersion.update({FrameworkVersion.state: State.RETIRED.value}).where(
        FrameworkVersion.id == version_id
    )
    return FrameworkRetired(subject_id=version_id, number=row.number)


@command
async def delete_draft(actor: Actor, version_id: int) -> DraftDeleted:
    """Remove a draft with all its words.

    Raises:
        NotFound: there is no such version.
        Conflict: it is not a draft.
    """
    row = await queries.locked_draft(version_id)
    await FrameworkVersion.delete().where(FrameworkVersion.id == version_id)
    return DraftDeleted(subject_id=version_id, number=row.number)
