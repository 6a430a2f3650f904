"""Reads of what a framework version holds."""

import json
from dataclasses import dataclass
from typing import Any

from competences.errors import NotFound
from competences.frameworks.rules.texts import CompetenceText, DomainText, FrameworkText, QuestionText
from competences.frameworks.tables import FrameworkVersion
from competences.scoring.scale import LEVELS
from competences.stamp import stamp
from competences.text import _


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
    rows = await FrameworkVersion.raw(_COMPETENCES, version_id)
    competences = [CompetenceRow(row["id"], row["domain_id"], as_text(row)) for row in rows]
    return [
        DomainRow(**row, competences=tuple(one for one in competences if one.domain_id == row["id"]))
        for row in await FrameworkVersion.raw(_DOMAINS, version_id)
    ]


def as_text(row: dict[str, Any]) -> CompetenceText:
    """Return a competence as words, from a row with anchors and questions as JSON."""
    anchors = json.loads(row["anchors"])
    return CompetenceText(
        code=row["code"], name=row["name"], definition=row["definition"], kind=row["kind"],
        learnable=row["learnable"], minimum=row["minimum"], indicators=tuple(row["indicators"]),
        anchors=tuple(anchors.get(str(level), "") for level in LEVELS),
        questions=tuple(QuestionText(kind, words, tuple(more)) for kind, words, more in json.loads(row["questions"])),
        warning_signs=tuple(row["warning_signs"]),
    )  # fmt: skip


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
