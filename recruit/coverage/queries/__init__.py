"""Reads of what applicants would close, and of spreadsheets of levels."""

from recruit.coverage.queries.applicants import Applicant, Opened, applicants, opened
from recruit.coverage.queries.imports import Upload, known_competences, plan_for, plan_of, upload

__all__ = [
    "Applicant",
    "Opened",
    "Upload",
    "applicants",
    "known_competences",
    "opened",
    "plan_for",
    "plan_of",
    "upload",
]
