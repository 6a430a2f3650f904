"""Reads of frameworks: their versions, what each holds, and what a later one changed."""

from competences.frameworks.queries.content import (
    CompetenceRow,
    DomainRow,
    competence,
    content,
    domain,
    domains_of,
    text_of,
)
from competences.frameworks.queries.revisions import Revision, revisions
from competences.frameworks.queries.versions import VersionRow, locked_draft, version, versions
from competences.frameworks.queries.words import NO_WORDS, Words, words_of

__all__ = [
    "NO_WORDS",
    "CompetenceRow",
    "DomainRow",
    "Revision",
    "VersionRow",
    "Words",
    "competence",
    "content",
    "domain",
    "domains_of",
    "locked_draft",
    "revisions",
    "text_of",
    "version",
    "versions",
    "words_of",
]
