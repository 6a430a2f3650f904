"""What applicants would close. Their levels come through the seal only, for those who lead the team as well."""

from dataclasses import dataclass

from competences.actor import Actor
from competences.coverage.queries import Cover
from competences.coverage.rules.cover import Closing, closings
from competences.people.reach import Reach
from recruit.access import Role
from recruit.comparison.rules import with_agreed
from recruit.consensus.queries import meeting_for
from recruit.scorecards.queries.sealed import open_seat
from recruit.vacancies.tables import Vacancy


@dataclass(frozen=True, slots=True)
class Opened:
    """A vacancy that is not decided yet and whose scores are open to the actor."""

    id: int
    title: str


_OPENED = """
SELECT v.id, v.title FROM vacancy v
WHERE v.state = 'scoring' AND v.revealed_at IS NOT NULL AND v.signed_at IS NULL
  AND (({} AND v.manager = {}) OR EXISTS (
       SELECT FROM panel_member m WHERE m.vacancy = v.id AND m.person = {} AND m.left_at IS NULL
       AND m.declared_at IS NOT NULL))
ORDER BY lower(v.title), v.id LIMIT 60
"""


async def opened(actor: Actor, reach: Reach) -> list[Opened]:
    """Return the vacancies whose applicants the actor compares; `reach` is how far they compare."""
    if not reach or actor.person_id is None:
        return []
    manages = Role.HIRING_MANAGER in actor.roles
    rows = await Vacancy.raw(_OPENED, manages, actor.person_id, actor.person_id)
    return [Opened(**row) for row in rows]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What one applicant brings where cover is thin: by agreed level, else the mean of the members' levels."""

    name: str
    brings: list[Closing]

    @property
    def closes(self) -> int:
        """How many of these the applicant is at the level needed for."""
        return sum(one.closes for one in self.brings)


async def applicants(actor: Actor, reach: Reach, vacancy_id: int, cover: Cover) -> list[Applicant]:
    """Return what each applicant of a vacancy would close, in the order of the interviews: it is no ranking.

    Args:
        reach: How far the actor compares applicants.
        cover: Of the people whom the actor leads.

    Raises:
        NotFound: the actor neither manages the vacancy nor is a declared member of its panel.
        Conflict: its scores are sealed.
    """
    here = await open_seat(actor, reach, vacancy_id)
    meeting = await meeting_for(here, words=False)
    rows = await Vacancy.raw("SELECT framework FROM framework_version WHERE id = {}", here.version_id)
    framework: int = rows[0]["framework"]
    found = []
    for standing in meeting.picture.standings:
        agreed = {
            criterion: one.level
            for (application, criterion), one in meeting.agreed.items()
            if application == standing.application_id
        }
        levels = {
            (framework, scored.asked.code): scored.level for scored in with_agreed(standing, agreed).criteria
        }
        found.append(Applicant(standing.name, closings(cover.rows, levels)))
    return found
