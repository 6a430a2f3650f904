"""What a file of completions would bring, row by row, before anything is stored."""

from recruit.training.rules.importing.plans import CompletionPlan, Kept, plan
from recruit.training.rules.importing.rows import Accepted, Reader, Somebody

__all__ = ["Accepted", "CompletionPlan", "Kept", "Reader", "Somebody", "plan"]
