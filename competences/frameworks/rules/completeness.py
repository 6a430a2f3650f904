"""What a version still lacks before it can be published."""

from collections import Counter
from collections.abc import Iterator

from competences.frameworks.rules.texts import CompetenceText, FrameworkText
from competences.scoring.scale import LEVELS, level_name
from competences.text import _


def missing(text: FrameworkText) -> list[str]:
    """Return a sentence for each thing that keeps `text` from being published; [] when it is complete."""
    return [
        *_domains(text),
        *(line for competence in _all(text) for line in _one(competence)),
        *_repeated(text),
    ]


def _all(text: FrameworkText) -> list[CompetenceText]:
    return [competence for domain in text.domains for competence in domain.competences]


def _domains(text: FrameworkText) -> Iterator[str]:
    if not text.domains:
        yield _("There is no domain yet.")
    for domain in text.domains:
        if not domain.competences:
            yield _("Domain %(name)s has no competence.", name=domain.name)


def _one(competence: CompetenceText) -> Iterator[str]:
    if not competence.definition.strip():
        yield _("%(code)s %(name)s has no definition.", code=competence.code, name=competence.name)
    for level in LEVELS:
        if level > len(competence.anchors) or not competence.anchors[level - 1].strip():
            yield _(
                "%(code)s %(name)s does not say what level %(level)s, %(word)s, looks like.",
                code=competence.code, name=competence.name, level=level, word=level_name(level),
            )  # fmt: skip
    if not any(question.text.strip() for question in competence.questions):
        yield _("%(code)s %(name)s has no question.", code=competence.code, name=competence.name)


def _repeated(text: FrameworkText) -> Iterator[str]:
    """An anchor that stands twice tells nothing apart; neither do two competences of one name."""
    anchors: dict[str, list[str]] = {}
    for competence in _all(text):
        for anchor in filter(str.strip, competence.anchors):
            anchors.setdefault(_plain(anchor), []).append(competence.code)
    for places in anchors.values():
        if len(places) > 1:
            yield _(
                "The same words describe two levels: look at %(codes)s.",
                codes=", ".join(dict.fromkeys(places)),
            )
    names = Counter(_plain(competence.name) for competence in _all(text))
    for competence in _all(text):
        if names.pop(_plain(competence.name), 0) > 1:
            yield _("Two competences are called %(name)s.", name=competence.name)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
