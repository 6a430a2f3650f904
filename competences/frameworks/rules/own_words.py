"""The packaged anchors as a person says them of their own work."""

import tomllib
from collections.abc import Sequence
from functools import cache

from competences.frameworks.rules.texts import CONTENT, STARTERS, starter


def in_own_words(anchors: Sequence[str]) -> tuple[str, ...]:
    """Return one competence's anchors in the first person; () unless all are the packaged ones, word for word.

    One changed anchor is enough for (): a list speaks with one voice, and its levels are told apart together.
    """
    return _sentences().get(_plain(anchors), ())


@cache
def _sentences() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in STARTERS:
        said = tomllib.loads((CONTENT / name / "own_words.toml").read_text(encoding="utf-8"))
        for domain in starter(name).domains:
            found |= {_plain(row.anchors): tuple(said[row.code]) for row in domain.competences}
    return found


def _plain(anchors: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(anchor.split()) for anchor in anchors)
