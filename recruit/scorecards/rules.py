"""What a scorecard asks of one criterion."""

from collections.abc import Sequence
from dataclasses import dataclass

from competences.assessments.rules import Item as AnyItem
from competences.frameworks.rules.texts import QuestionText


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(AnyItem):
    """One criterion on a scorecard with what was saved for it."""

    required_level: int
    gate: bool
    learnable: bool
    assessed_by: Sequence[str]
    questions: Sequence[QuestionText]
