"""What the newest published version says otherwise of competences that levels were given in before."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from competences.frameworks.queries.content import as_text
from competences.frameworks.rules.comparison import Change, compare
from competences.frameworks.rules.texts import DomainText
from competences.frameworks.tables import FrameworkVersion


@dataclass(frozen=True, slots=True)
class Revision:
    """A later version of one competence. `changes` is None where that version does not have it any more."""

    version_id: int
    number: int
    changes: tuple[Change, ...] | None


_REVISIONS = """
WITH old AS (
    SELECT c.id, c.code, v.framework FROM competence c JOIN framework_version v ON v.id = c.version
    WHERE c.id = ANY({}::int[])
), newest AS (
    SELECT DISTINCT ON (framework) id, framework, number FROM framework_version
    WHERE state = 'published' ORDER BY framework, number DESC
), pair AS (
    SELECT old.id AS old, n.id AS version_id, n.number, c.id AS new
    FROM old JOIN newest n ON n.framework = old.framework
    LEFT JOIN competence c ON c.version = n.id AND c.code = old.code
)
SELECT old, version_id, number, new FROM pair WHERE new IS DISTINCT FROM old
"""

_WORDS = """
SELECT c.id, d.code AS domain_code, d.name AS domain, c.code, c.name, c.definition, c.kind, c.learnable, c.minimum,
       c.indicators, c.warning_signs,
       coalesce((SELECT json_object_agg(a.level, a.text) FROM anchor a WHERE a.competence = c.id),
                json_build_object()) AS anchors, json_build_array() AS questions
FROM competence c JOIN domain d ON d.id = c.domain WHERE c.id = ANY({}::int[])
"""


async def revisions(competence_ids: Collection[int]) -> dict[int, Revision]:
    """Return, by competence, what the newest published version of its framework changed, where it did.

    Interview questions are left out: they change nothing about what a level means.
    """
    pairs = await FrameworkVersion.raw(_REVISIONS, sorted(competence_ids)) if competence_ids else []
    if not pairs:
        return {}
    ids = {key for pair in pairs for key in (pair["old"], pair["new"]) if key}
    words = {row["id"]: _alone(row) for row in await FrameworkVersion.raw(_WORDS, sorted(ids))}
    found = {
        pair["old"]: Revision(pair["version_id"], pair["number"], _changes(words, pair["old"], pair["new"]))
        for pair in pairs
    }
    return {key: row for key, row in found.items() if row.changes is None or row.changes}


def _alone(row: dict[str, Any]) -> DomainText:
    """Return a competence as the only one of its domain."""
    return DomainText(row["domain_code"], row["domain"], "", (as_text(row),))


def _changes(words: dict[int, DomainText], old: int, new: int | None) -> tuple[Change, ...] | None:
    if new is None:
        return None
    return tuple(change for row in compare([words[old]], [words[new]]).changed for change in row.changes)
