"""Reads of framework versions. A draft is there for those who edit it, and for nobody else."""

from dataclasses import dataclass
from datetime import datetime

from competences.actor import Actor
from competences.errors import Conflict, NotFound
from competences.frameworks.tables import FrameworkVersion, State
from competences.people.reach import Reach
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
