"""Writes of the catalogue of needs: what comes with the package, own needs, drafts and their publication."""

from datetime import UTC, datetime
from typing import Any

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.stamp import stamp
from competences.support.events.apart import (
    NeedDraftChanged,
    NeedDraftDeleted,
    NeedDrafted,
    NeedPublished,
    NeedRestored,
    NeedRetired,
)
from competences.support.queries.catalogue import NeedRow, need_version, need_versions
from competences.support.rules.catalogue import NeedText, check_code, missing, starters, unusable
from competences.support.tables import Need, NeedVersion
from competences.text import _


async def add_starters(actor: Actor) -> int:
    """Add the needs that come with the package, where they are missing; return how many."""
    known = {row["code"] for row in await Need.select(Need.code)}
    new = [text for text in starters() if text.code not in known]
    for text in new:
        await _add_published(actor, text, datetime.now(UTC))
    return len(new)


@command
async def _add_published(actor: Actor, text: NeedText, now: datetime) -> NeedPublished:
    need = Need(code=text.code)
    await need.save()
    version = NeedVersion(need=need.id, number=1, published_at=now, **_columns(text))
    await version.save()
    return NeedPublished(subject_id=version.id, code=text.code)


def _columns(text: NeedText) -> dict[Any, Any]:
    return {
        "title": text.title.strip(), "question": text.question.strip(), "why": text.why.strip(),
        "measures": [one.strip() for one in text.measures if one.strip()],
        "review_months": text.review_months, "source": text.source.strip(),
    }  # fmt: skip


@command
async def create_need(actor: Actor, reach: Reach, text: NeedText) -> NeedDrafted:
    """Begin a need of the organisation's own, as a draft.

    Raises:
        NotFound: the actor does not write the catalogue.
        Invalid: the code is taken or cannot be used, or a field is too long.
    """
    _check_reach(reach)
    check_code(text.code)
    if await Need.exists().where(Need.code == text.code):
        raise Invalid({"code": _("There is a need with this code already.")})
    if errors := unusable(text):
        raise Invalid(errors)
    need = Need(code=text.code)
    await need.save()
    return await _draft(need.id, 1, text)


@command
async def draft_need(actor: Actor, reach: Reach, need_id: int) -> NeedDrafted:
    """Copy the newest published version of a need to a draft.

    Raises:
        NotFound: there is no such need, or the actor does not write the catalogue.
        Conflict: it has a draft already.
    """
    _check_reach(reach)
    await Need.objects().where(Need.id == need_id).lock_rows().first()
    newest = (await need_versions(reach, need_id, drafts=True))[0]
    if newest.published_at is None:
        raise Conflict(_("There is a draft of this need already. Edit that one."))
    return await _draft(need_id, newest.number + 1, newest.text)


async def _draft(need_id: int, number: int, text: NeedText) -> NeedDrafted:
    version = NeedVersion(need=need_id, number=number, **_columns(text))
    await version.save()
    return NeedDrafted(subject_id=version.id, code=text.code)


@command
async def save_need(
    actor: Actor, reach: Reach, version_id: int, text: NeedText, shown: str
) -> NeedDraftChanged | None:
    """Change the words of a draft; its code stays.

    Raises:
        NotFound: there is no such draft, or the actor does not write the catalogue.
        Conflict: it is published, or the form is stale.
        Invalid: a field cannot be kept.
    """
    before = await _open_draft(reach, version_id)
    if errors := unusable(text):
        raise Invalid(errors)
    if stamp(text) == before.stamp:
        return None
    if shown != before.stamp:
        raise Conflict(_("Somebody else changed this while you were editing. Look at how it is now first."))
    await NeedVersion.update(_columns(text)).where(NeedVersion.id == version_id)
    return NeedDraftChanged(subject_id=version_id)


@command
async def publish_need(actor: Actor, reach: Reach, version_id: int, now: datetime) -> NeedPublished:
    """Fix a draft for ever. Plans that took the need up before keep what they took up.

    Raises:
        NotFound: there is no such draft, or the actor does not write the catalogue.
        Conflict: it is published already.
        Invalid: it is not complete; each field says what is missing.
    """
    row = await _open_draft(reach, version_id)
    if errors := missing(row.text):
        raise Invalid(errors)
    await NeedVersion.update({NeedVersion.published_at: now}).where(NeedVersion.id == version_id)
    return NeedPublished(subject_id=version_id, code=row.code)


@command
async def delete_need_draft(actor: Actor, reach: Reach, version_id: int) -> NeedDraftDeleted:
    """Remove a draft; a need that was never published goes with it.

    Raises:
        NotFound: there is no such draft, or the actor does not write the catalogue.
        Conflict: it is published.
    """
    row = await _open_draft(reach, version_id)
    await NeedVersion.delete().where(NeedVersion.id == version_id)
    if not await NeedVersion.exists().where(NeedVersion.need == row.need_id):
        await Need.delete().where(Need.id == row.need_id)
    return NeedDraftDeleted(subject_id=version_id, code=row.code)


@command
async def retire_need(actor: Actor, reach: Reach, need_id: int) -> NeedRetired:
    """Offer a need no more. Plans that took it up keep it.

    Raises:
        NotFound: there is no such need, or the actor does not write the catalogue.
        Conflict: it is retired already, or was never published.
    """
    row = await _need(reach, need_id)
    if row.retired or not await NeedVersion.exists().where(
        NeedVersion.need == need_id, NeedVersion.published_at.is_not_null()
    ):
        raise Conflict(_("Only a published need can be retired."))
    await Need.update({Need.retired: True}).where(Need.id == need_id)
    return NeedRetired(subject_id=need_id, code=row.code)


@command
async def restore_need(actor: Actor, reach: Reach, need_id: int) -> NeedRestored:
    """Offer a retired need again.

    Raises:
        NotFound: there is no such need, or the actor does not write the catalogue.
        Conflict: it is not retired.
    """
    row = await _need(reach, need_id)
    if not row.retired:
        raise Conflict(_("This need is not retired."))
    await Need.update({Need.retired: False}).where(Need.id == need_id)
    return NeedRestored(subject_id=need_id, code=row.code)


async def _need(reach: Reach, need_id: int) -> Need:
    _check_reach(reach)
    row = await Need.objects().where(Need.id == need_id).lock_rows().first()
    if row is None:
        raise NotFound(_("There is no such need."))
    return row


async def _open_draft(reach: Reach, version_id: int) -> NeedRow:
    _check_reach(reach)
    await NeedVersion.objects().where(NeedVersion.id == version_id).lock_rows().first()
    row = await need_version(reach, version_id, drafts=True)
    if row.published_at is not None:
        raise Conflict(_("A published need does not change. Make a new draft of it."))
    return row


def _check_reach(reach: Reach) -> None:
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
