"""The catalogue of needs: read by everybody who works here. It belongs to nobody, so it tells of nobody."""

from dataclasses import dataclass
from datetime import datetime

from competences.errors import NotFound
from competences.people.reach import Reach
from competences.stamp import stamp
from competences.support.rules.catalogue import NeedText
from competences.support.tables import NeedVersion
from competences.text import _


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A version of a need. A draft has no `published_at`."""

    need_id: int
    version_id: int
    code: str
    retired: bool
    number: int
    title: str
    question: str
    why: str
    measures: tuple[str, ...]
    review_months: int
    source: str
    published_at: datetime | None

    @property
    def text(self) -> NeedText:
        """Return its words."""
        return NeedText(
            self.code, self.title, self.question, self.why, self.measures, self.review_months, self.source
        )

    @property
    def stamp(self) -> str:
        """What a form shows of it, digested."""
        return stamp(self.text)


_VERSIONS = """
SELECT n.id AS need_id, v.id AS version_id, n.code, n.retired, v.number, v.title, v.question, v.why, v.measures,
       v.review_months, v.source, v.published_at
FROM need n JOIN need_version v ON v.need = n.id
"""
_ORDER = " ORDER BY substring(n.code FROM '^[A-Z]+'), substring(n.code FROM '[0-9]+$')::int, v.number DESC"


async def _rows(where: str, *values: object) -> list[NeedRow]:
    rows = await NeedVersion.raw(_VERSIONS + where + _ORDER, *values)
    return [NeedRow(**{**row, "measures": tuple(row["measures"])}) for row in rows]


async def offered() -> list[NeedRow]:
    """Return the newest published version of each need that is not retired, by code."""
    return await _rows(
        "WHERE NOT n.retired AND v.number = (SELECT max(w.number) FROM need_version w"
        " WHERE w.need = n.id AND w.published_at IS NOT NULL)"
    )


async def titles() -> dict[str, str]:
    """Return the titles of the needs that are offered, by code."""
    rows = await NeedVersion.raw(
        "SELECT DISTINCT ON (n.code) n.code, v.title FROM need n JOIN need_version v ON v.need = n.id"
        " WHERE NOT n.retired AND v.published_at IS NOT NULL ORDER BY n.code, v.number DESC"
    )
    return {row["code"]: row["title"] for row in rows}


async def needs(reach: Reach) -> list[NeedRow]:
    """Return the newest published version of each need, retired ones too, by code; drafts only to whoever writes them."""
    if not reach:
        return []
    return await _rows(
        "WHERE v.number = (SELECT max(w.number) FROM need_version w WHERE w.need = n.id"
        " AND (w.published_at IS NOT NULL OR NOT EXISTS (SELECT FROM need_version x WHERE x.need = n.id"
        " AND x.published_at IS NOT NULL) AND {}))",
        reach is Reach.ALL,
    )


async def need_versions(reach: Reach, need_id: int, *, drafts: bool) -> list[NeedRow]:
    """Return all versions of a need, newest first.

    Raises:
        NotFound: there is none that the actor may see.
    """
    rows = await _rows("WHERE n.id = {} AND ({} OR v.published_at IS NOT NULL)", need_id, drafts)
    if not rows or not reach:
        raise NotFound(_("There is no such need."))
    return rows


async def need_version(reach: Reach, version_id: int, *, drafts: bool) -> NeedRow:
    """Return one version of a need.

    Raises:
        NotFound: there is none that the actor may see.
    """
    rows = await _rows("WHERE v.id = {} AND ({} OR v.published_at IS NOT NULL)", version_id, drafts)
    if not rows or not reach:
        raise NotFound(_("There is no such need."))
    return rows[0]
