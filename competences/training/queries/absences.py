"""When trainers are away."""

from dataclasses import dataclass
from datetime import date

from competences.actor import Actor
from competences.people.reach import Reach
from competences.training.tables import TrainerAbsence


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """From when until when somebody holds no session; `until_on` is the last day."""

    id: int
    person_id: int
    person: str
    from_on: date
    until_on: date


_COMING = """
SELECT a.id, a.person AS person_id, p.name AS person, a.from_on, a.until_on
FROM trainer_absence a JOIN person p ON p.id = a.person
WHERE a.until_on >= {} ORDER BY a.from_on, lower(p.name), a.id
"""


async def absences(actor: Actor, reach: Reach, today: date) -> list[AbsenceRow]:
    """Return the absences that are not over, for those who plan sessions; nothing for anybody else."""
    if reach is not Reach.ALL:
        return []
    return [AbsenceRow(**row) for row in await TrainerAbsence.raw(_COMING, today)]
