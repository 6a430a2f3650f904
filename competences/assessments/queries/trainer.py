"""What a trainer observed in one outcome."""

from dataclasses import dataclass

from competences.assessments.tables import Assessment


@dataclass(frozen=True, slots=True)
class Observed:
    """The level observed in one competence; None where there was no evidence."""

    competence_id: int
    code: str
    name: str
    level: int | None


async def observed(assessment_id: int | None) -> list[Observed]:
    """Return the levels of an assessment. For callers that checked that the actor may see them."""
    if assessment_id is None:
        return []
    rows = await Assessment.raw(
        "SELECT c.id AS competence_id, c.code, c.name, r.level FROM rating r JOIN competence c ON c.id = r.competence"
        " JOIN assessment a ON a.id = r.assessment WHERE a.id = {} AND a.kind = 'trainer' ORDER BY c.position, c.id",
        assessment_id,
    )
    return [Observed(**row) for row in rows]
