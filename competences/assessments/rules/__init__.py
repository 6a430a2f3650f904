"""What is asked and recorded of a competence, by whoever assesses."""

from competences.assessments.rules.items import Item, Mark, Part, Sheet, fingerprint, problems, same
from competences.assessments.rules.levels import AgreedRating, source_of

__all__ = ["AgreedRating", "Item", "Mark", "Part", "Sheet", "fingerprint", "problems", "same", "source_of"]
