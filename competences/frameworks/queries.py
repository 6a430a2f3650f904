"""Reads of frameworks. A draft is there for those who edit it, and for nobody else."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.frameworks.rules.texts import CompetenceText, DomainText, FrameworkText, QuestionText
from competences.frameworks.tables import FrameworkVersion, State
from competences.people.reach import Reach
from competences.scoring.scale import LEVELS
from competences.stamp import stamp
from competences.text import _


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a framework, without its content."""

    id: int
    framework_id: int
    title: str
    description: str
    number: int
    state: str
    note: str
    published_at: datetime | None
    domains: int
    competences: int

    @property
    def stamp(self) -> str:
        """What the form for the note shows, digested."""
        return stamp(self.note)


_VERSIONS = """
SELECT v.id, f.id AS framework_id, f.title, f.description, v.number, v.state, v.note, v.published_at,
       (SELECT count(*) FROM domain d WHERE d.version = v.id) AS domains,
       (SELECT count(*) FROM competence c WHERE c.version = v.id) AS competences
FROM framework_version v JOIN framework f ON f.id = v.framework
WHERE ({} = 0 OR v.id = {}) AND ({} = 0 OR v.framework = {}) AND ({} OR v.state <> 'draft')
ORDER BY lower(f.title), f.id, v.number DESC
"""


async def versions(
    actor: Actor, reach: Reach, *, drafts: Reach = Reach.NO, framework_id: int = 0
) -> list[VersionRow]:
    """Return every version, by framework, the newest first. `drafts` is how far the actor edits."""
    return await _versions(reach, drafts, 0, framework_id)


async def version(actor: Actor, reach: Reach, version_id: int, *, drafts: Reach = Reach.NO) -> VersionRow:
    """Return one version.

    Raises:
        NotFound: there is none, or it is a draft and the actor does not edit frameworks.
    """
    rows = await _versions(reach, drafts, version_id, 0)
    if not rows or not version_id:
        raise NotFound(_("There is no such framework version."))
    return rows[0]


async def _versions(reach: Reach, drafts: Reach, version_id: int, framework_id: int) -> list[VersionRow]:
    if not reach:
        return []
    rows = await FrameworkVersion.raw(
        _VERSIONS, version_id, version_id, framework_id, framework_id, bool(drafts)
    )
    return [VersionRow(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class CompetenceRow:
    """A competence with all its words. `id` and `domain_id` lead to the forms of a draft."""

    id: int
    domain_id: int
    text: CompetenceText

    @property
    def stamp(self) -> str:
        """What the form shows, digested."""
        return stamp(self.domain_id, self.text)


@dataclass(frozen=True, slots=True)
class DomainRow:
    """A domain and its competences in order."""

    id: int
    code: str
    name: str
    definition: str
    competences: tuple[CompetenceRow, ...]

    @property
    def stamp(self) -> str:
        """What the form shows, digested."""
        return stamp(self.code, self.name, self.definition)


_DOMAINS = "SELECT id, code, name, definition FROM domain WHERE version = {} ORDER BY position, code"

_COMPETENCES = """
SELECT c.id, c.domain AS domain_id, c.code, c.name, c.definition, c.kind, c.learnable, c.minimum, c.indicators,
       c.warning_signs,
       coalesce((SELECT json_object_agg(a.level, a.text) FROM anchor a WHERE a.competence = c.id),
                json_build_object()) AS anchors,
       coalesce((SELECT json_agg(json_build_array(q.kind, q.text, q.follow_ups) ORDER BY q.position, q.id)
                 FROM question q WHERE q.competence = c.id), json_build_array()) AS questions
FROM competence c WHERE c.version = {} ORDER BY c.position, c.code
"""


async def content(version_id: int) -> list[DomainRow]:
    """Return all domains of a version with all their words. Ask `version` first whether it may be seen."""
    competences = [_competence(row) for row in await FrameworkVersion.raw(_COMPETENCES, version_id)]
    return [
        DomainRow(**row, competences=tuple(one for one in competences if one.domain_id == row["id"]))
        for row in await FrameworkVersion.raw(_DOMAINS, version_id)
    ]


def _competence(row: dict[str, Any]) -> CompetenceRow:
    anchors = json.loads(row["anchors"])
    text = CompetenceText(
        code=row["code"], name=row["name"], definition=row["definition"], kind=row["kind"],
        learnable=row["learnable"], minimum=row["minimum"], indicators=tuple(row["indicators"]),
        anchors=tuple(anchors.get(str(level), "") for level in LEVELS),
        questions=tuple(QuestionText(kind, words, tuple(more)) for kind, words, more in json.loads(row["questions"])),
        warning_signs=tuple(row["warning_signs"]),
    )  # fmt: skip
    return CompetenceRow(row["id"], row["domain_id"], text)


async def text_of(version_id: int) -> FrameworkText:
    """Return a version as words, as the files of the package hold them."""
    rows = await FrameworkVersion.raw(
        "SELECT f.key, f.title, f.description FROM framework_version v JOIN framework f ON f.id = v.framework"
        " WHERE v.id = {}",
        version_id,
    )
    return FrameworkText(**rows[0], domains=await domains_of(version_id))


async def domains_of(version_id: int) -> tuple[DomainText, ...]:
    """Return the domains of a version as words."""
    return tuple(
        DomainText(row.code, row.name, row.definition, tuple(one.text for one in row.competences))
        for row in await content(version_id)
    )


async def domain(version_id: int, domain_id: int) -> DomainRow:
    """Return one domain of a version.

    Raises:
        NotFound: the version has no such domain.
    """
    for row in await content(version_id):
        if row.id == domain_id:
            return row
    raise NotFound(_("There is no such domain."))


async def competence(version_id: int, competence_id: int) -> CompetenceRow:
    """Return one competence of a version.

    Raises:
        NotFound: the version has no such competence.
    """
    for row in await content(version_id):
        for one in row.competences:
            if one.id == competence_id:
                return one
    raise NotFound(_("There is no such competence."))


async def locked_draft(version_id: int) -> FrameworkVersion:
    """Return a draft, locked until the transaction ends.

    Raises:
        NotFound: there is no such version.
        Conflict: it was published; the words are for whoever wanted to change it.
    """
    row: FrameworkVersion | None = (
        await FrameworkVersion.objects().get(FrameworkVersion.id == version_id).lock_rows()
    )
    if row is None:
        raise NotFound(_("There is no such framework version."))
    if row.state != State.DRAFT.value:
        raise Conflict(_("A published version never changes. Make a new version and edit that one."))
    return row
