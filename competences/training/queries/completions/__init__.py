"""Reads of completions: lists, one in full, and what a certificate of one may say."""

from competences.training.queries.completions.certificates import (
    CertificateView,
    Verification,
    certificate,
    verification,
)
from competences.training.queries.completions.lists import (
    CompletionFilter,
    CompletionRow,
    completions,
    completions_of,
    count_completions,
)
from competences.training.queries.completions.unchecked import UNCHECKED, unchecked_filling
from competences.training.queries.completions.versions import course_versions
from competences.training.queries.completions.views import CompletionView, certificate_file, completion

__all__ = [
    "UNCHECKED",
    "CertificateView",
    "CompletionFilter",
    "CompletionRow",
    "CompletionView",
    "Verification",
    "certificate",
    "certificate_file",
    "completion",
    "completions",
    "completions_of",
    "count_completions",
    "course_versions",
    "unchecked_filling",
    "verification",
]
