"""Completions in lists: those of an organisation page by page, all of one person."""

from dataclasses import dataclass
from datetime import date, datetime

from competences.actor import Actor
from competences.people import queries as people
from competences.people.reach import Reach
from competences.training.rules.completions import Counts, counts
from competences.training.tables import Completion


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """A completion in a list. `ends_on` is the last day in date, also where a newer version ends it earlier.

    `signed` says that a trainer signed an outcome for it, rather than wrote it down.
    """

    id: int
    person_id: int
    person: str
    course_id: int
    code: str
    title: str
    number: int
    completed_on: date
    ends_on: date | None
    origin: str
    issuer: str
    signed: bool
    unchecked: bool
    filed: bool
    recorded_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str

    def counts(self, today: date) -> Counts:
        """How it stands on a day."""
        gone = self.withdrawn_at is not None
        return counts(withdrawn=gone, unchecked=self.unchecked, ends_on=self.ends_on, today=today)

    @property
    def certified(self) -> bool:
        """Whether there is a certificate of our own: an outcome was signed, and it was not wrong."""
        return self.signed and self.withdrawn_at is None


#: The last day in date of completion `c` of version `v`: its own, or the one that a newer version sets.
ENDS_ON = """nullif(least(coalesce(c.expires_on, 'infinity'), coalesce((SELECT min(n.earlier_until)
    FROM course_version n WHERE n.course = v.course AND n.number > v.number AND n.published_at IS NOT NULL),
    'infinity')), 'infinity')"""
#: Whether a trainer signed an outcome for completion `c`: only then there is a certificate of our own.
SIGNED = "(c.origin = 'session' AND c.outcome IS NOT NULL)"
#: What every list and view has of a completion.
COLUMNS = f"""
c.id, p.id AS person_id, p.name AS person, v.course AS course_id, k.code, v.title, v.number, c.completed_on,
{ENDS_ON} AS ends_on, c.origin, c.issuer, {SIGNED} AS signed,
c.origin = 'external' AND c.checked_at IS NULL AS unchecked,
EXISTS (SELECT FROM certificate_file f WHERE f.completion = c.id) AS filed,
c.recorded_at, c.withdrawn_at, c.withdrawn_by, c.withdrawn_reason"""
FROM = """
FROM completion c JOIN person p ON p.id = c.person JOIN course_version v ON v.id = c.version
JOIN course k ON k.id = v.course"""


@dataclass(frozen=True, slots=True)
class CompletionFilter:
    """Which completions a list shows; 0 and "" for any."""

    course_id: int = 0
    person_id: int = 0
    state: str = ""
    search: str = ""


_WHERE = f"""
WHERE {people.SEEN} AND ({{}} = 0 OR v.course = {{}}) AND ({{}} = 0 OR p.id = {{}})
  AND ({{}} = '' OR lower(p.name) LIKE {{}})
  AND CASE {{}} WHEN 'waits' THEN c.withdrawn_at IS NULL AND c.origin = 'external' AND c.checked_at IS NULL
      WHEN 'withdrawn' THEN c.withdrawn_at IS NOT NULL
      WHEN 'in-date' THEN c.withdrawn_at IS NULL AND (c.origin <> 'external' OR c.checked_at IS NOT NULL)
          AND coalesce({ENDS_ON} >= {{}}, true)
      WHEN 'expired' THEN c.withdrawn_at IS NULL AND (c.origin <> 'external' OR c.checked_at IS NOT NULL)
          AND {ENDS_ON} < {{}}
      ELSE true END
"""
# What waits to be checked comes first.
_LIST = f"""
SELECT {COLUMNS} {FROM} {_WHERE}
ORDER BY c.origin = 'external' AND c.checked_at IS NULL AND c.withdrawn_at IS NULL DESC, c.completed_on DESC, c.id DESC
LIMIT {{}} OFFSET {{}}
"""
_COUNT = f"SELECT count(*) AS count {FROM} {_WHERE}"


async def completions(
    actor: Actor, reach: Reach, asked: CompletionFilter, today: date, *, limit: int = 50, offset: int = 0
) -> list[CompletionRow]:
    """Return completions of those whom the actor reaches: what waits to be checked first, then the latest."""
    if not reach:
        return []
    rows = await Completion.raw(_LIST, *_filling(actor, reach, asked, today), limit, offset)
    return [CompletionRow(**row) for row in rows]


async def count_completions(actor: Actor, reach: Reach, asked: CompletionFilter, today: date) -> int:
    """Return how many `completions` has in all."""
    if not reach:
        return 0
    rows = await Completion.raw(_COUNT, *_filling(actor, reach, asked, today))
    return int(rows[0]["count"])


def _filling(actor: Actor, reach: Reach, asked: CompletionFilter, today: date) -> tuple[object, ...]:
    word = asked.search.strip().lower()
    like = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return (
        *people.seen_by(actor, reach), asked.course_id, asked.course_id, asked.person_id, asked.person_id,
        word, f"%{like}%", asked.state, today, today,
    )  # fmt: skip


async def completions_of(actor: Actor, reach: Reach, person_id: int, today: date) -> list[CompletionRow]:
    """Return everything that one person completed, the latest first; withdrawn ones are among it."""
    return await completions(actor, reach, CompletionFilter(person_id=person_id), today, limit=1000)
