"""The words of a draft."""

from dataclasses import replace

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.frameworks import queries
from competences.frameworks.commands.writing import columns, write_competence, write_domain, write_parts
from competences.frameworks.events import DraftChanged, DraftPartRemoved
from competences.frameworks.rules.texts import CompetenceText, DomainText
from competences.frameworks.tables import Anchor, Competence, Domain, FrameworkVersion, Question
from competences.stamp import stamp
from competences.text import _, _n


def _check_stamp(shown: str, stored: str) -> None:
    if shown != stored:
        raise Conflict(_("Somebody else changed this while you were editing. Look at how it is now first."))


@command
async def set_note(actor: Actor, version_id: int, note: str, shown: str) -> DraftChanged | None:
    """Say what a draft changes and why.

    Raises:
        NotFound: there is no such version.
        Conflict: it is not a draft, or the form is stale.
        Invalid: the note is empty.
    """
    row = await queries.locked_draft(version_id)
    if not note.strip():
        raise Invalid({"note": _("Say in a sentence what changes and why.")})
    if row.note == note:
        return None
    _check_stamp(shown, stamp(row.note))
    await FrameworkVersion.update({FrameworkVersion.note: note}).where(FrameworkVersion.id == version_id)
    return DraftChanged(subject_id=version_id, part="")


@command
async def save_domain(
    actor: Actor, version_id: int, domain_id: int | None, text: DomainText, shown: str = ""
) -> DraftChanged | None:
    """Change a domain of a draft, or with None add one at the end; its competences are not touched.

    Raises:
        NotFound: there is no such version or domain.
        Conflict: the version is not a draft, or the form is stale.
        Invalid: another domain has this code.
    """
    await queries.locked_draft(version_id)
    rows = await queries.content(version_id)
    if any(row.code.casefold() == text.code.casefold() and row.id != domain_id for row in rows):
        raise Invalid({"code": _("Another domain has this code.")})
    if domain_id is None:
        await write_domain(version_id, await _next_place(Domain, version_id), text)
        return DraftChanged(subject_id=version_id, part=text.code)
    old = await queries.domain(version_id, domain_id)
    if (old.code, old.name, old.definition) == (text.code, text.name, text.definition):
        return None
    _check_stamp(shown, old.stamp)
    await Domain.update(
        {Domain.code: text.code, Domain.name: text.name, Domain.definition: text.definition}
    ).where(Domain.id == domain_id)
    return DraftChanged(subject_id=version_id, part=text.code)


@command
async def remove_domain(actor: Actor, version_id: int, domain_id: int) -> DraftPartRemoved:
    """Take an empty domain out of a draft.

    Raises:
        NotFound: there is no such version or domain.
        Conflict: the version is not a draft, or the domain has competences.
    """
    await queries.locked_draft(version_id)
    old = await queries.domain(version_id, domain_id)
    if old.competences:
        raise Conflict(
            _n(
                "%(count)s competence is in this domain. Move or remove it first.",
                "%(count)s competences are in this domain. Move or remove them first.",
                len(old.competences),
            )
        )
    await Domain.delete().where(Domain.id == domain_id)
    return DraftPartRemoved(subject_id=version_id, part=old.code)


@command
async def save_competence(
    actor: Actor,
    version_id: int,
    competence_id: int | None,
    domain_id: int,
    text: CompetenceText,
    shown: str = "",
) -> DraftChanged | None:
    """Change a competence of a draft with all its words, or with None add one at the end.

    Raises:
        NotFound: there is no such version, domain or competence.
        Conflict: the version is not a draft, or the form is stale.
        Invalid: another competence has this code.
    """
    await queries.locked_draft(version_id)
    await queries.domain(version_id, domain_id)
    rows = [one for row in await queries.content(version_id) for one in row.competences]
    if any(row.text.code.casefold() == text.code.casefold() and row.id != competence_id for row in rows):
        raise Invalid({"code": _("Another competence has this code.")})
    if competence_id is None:
        await write_competence(version_id, domain_id, await _next_place(Competence, version_id), text)
        return DraftChanged(subject_id=version_id, part=text.code)
    old = await queries.competence(version_id, competence_id)
    if replace(old, domain_id=domain_id, text=text) == old:
        return None
    _check_stamp(shown, old.stamp)
    await Competence.update(columns(domain_id, text)).where(Competence.id == competence_id)
    await Anchor.delete().where(Anchor.competence == competence_id)
    await Question.delete().where(Question.competence == competence_id)
    await write_parts(competence_id, text)
    return DraftChanged(subject_id=version_id, part=text.code)


async def _next_place(table: type[Domain] | type[Competence], version_id: int) -> int:
    last = await table.select(table.position).where(table.version == version_id).order_by(
        table.position, ascending=False
    ).first()  # fmt: skip
    return int(last["position"]) + 1 if last else 0


@command
async def remove_competence(actor: Actor, version_id: int, competence_id: int) -> DraftPartRemoved:
    """Take a competence out of a draft.

    Raises:
        NotFound: there is no such version or competence.
        Conflict: the version is not a draft.
    """
    await queries.locked_draft(version_id)
    old = await queries.competence(version_id, competence_id)
    await Competence.delete().where(Competence.id == competence_id)
    return DraftPartRemoved(subject_id=version_id, part=old.text.code)
