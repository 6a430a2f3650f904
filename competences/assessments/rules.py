"""What is recorded of a competence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AgreedRating:
    """What a panel agreed on one competence; `level` is None where there was no evidence."""

    competence_id: int
    level: int | None
    reason: str
