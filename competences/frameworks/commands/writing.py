"""Puts words into a draft; part of the commands, never one of them."""

from typing import Any

from competences.frameworks.rules.texts import CompetenceText, DomainText, FrameworkText
from competences.frameworks.tables import Anchor, Competence, Domain, Question


async def write_text(version_id: int, text: FrameworkText) -> None:
    """Write all domains and competences of a draft."""
    position = 0
    for place, domain in enumerate(text.domains):
        domain_id = await write_domain(version_id, place, domain)
        for competence in domain.competences:
            await write_competence(version_id, domain_id, position, competence)
            position += 1


async def write_domain(version_id: int, position: int, text: DomainText) -> int:
    """Write a new domain without its competences; return its id."""
    row = Domain(
        version=version_id, code=text.code, name=text.name, definition=text.definition, position=position
    )
    await row.save()
    return row.id


async def write_competence(version_id: int, domain_id: int, position: int, text: CompetenceText) -> int:
    """Write a new competence with its anchors and questions; return its id."""
    row = Competence(version=version_id, position=position, **columns(domain_id, text))
    await row.save()
    await write_parts(row.id, text)
    return row.id


def columns(domain_id: int, text: CompetenceText) -> dict[Any, Any]:
    """Return what stands in the row of the competence itself."""
    return {
        "domain": domain_id,
        "code": text.code,
        "name": text.name,
        "definition": text.definition,
        "kind": text.kind,
        "learnable": text.learnable,
        "minimum": text.minimum,
        "indicators": list(text.indicators),
        "warning_signs": list(text.warning_signs),
    }


async def write_parts(competence_id: int, text: CompetenceText) -> None:
    """Write the anchors that say something, and the questions in order."""
    anchors = [
        Anchor(competence=competence_id, level=level, text=anchor)
        for level, anchor in enumerate(text.anchors, 1)
        if anchor
    ]
    questions = [
        Question(
            competence=competence_id, kind=question.kind, text=question.text,
            follow_ups=list(question.follow_ups), position=place,
        )
        for place, question in enumerate(text.questions)
    ]  # fmt: skip
    if anchors:
        await Anchor.insert(*anchors)
    if questions:
        await Question.insert(*questions)
