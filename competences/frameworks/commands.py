"""Writes of frameworks."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.frameworks.events import FrameworkPublished
from competences.frameworks.rules.texts import STARTERS, CompetenceText, FrameworkText, starter
from competences.frameworks.tables import (
    Anchor,
    Competence,
    Domain,
    Framework,
    FrameworkVersion,
    Question,
    State,
)


async def add_starters(actor: Actor) -> int:
    """Add the frameworks that come with the package, where they are missing; return how many."""
    added = 0
    for name in STARTERS:
        text = starter(name)
        if not await Framework.exists().where(Framework.key == text.key):
            await _add_published(actor, text)
            added += 1
    return added


@command
async def _add_published(actor: Actor, text: FrameworkText) -> FrameworkPublished:
    framework = Framework(key=text.key, title=text.title, description=text.description)
    await framework.save()
    version = FrameworkVersion(framework=framework.id, number=1, note="")
    await version.save()
    await write_text(version.id, text)
    version.state = State.PUBLISHED.value
    version.published_at = datetime.now(UTC)
    await version.save([FrameworkVersion.state, FrameworkVersion.published_at])
    return FrameworkPublished(subject_id=version.id, framework=text.key, number=1)


async def write_text(version_id: int, text: FrameworkText) -> None:
    """Write all domains and competences of a draft version; part of a command."""
    position = 0
    for place, domain in enumerate(text.domains):
        row = Domain(
            version=version_id,
            code=domain.code,
            name=domain.name,
            definition=domain.definition,
            position=place,
        )
        await row.save()
        for competence in domain.competences:
            await _write_competence(version_id, row.id, position, competence)
            position += 1


async def _write_competence(version_id: int, domain_id: int, position: int, text: CompetenceText) -> None:
    row = Competence(
        version=version_id,
        domain=domain_id,
        code=text.code,
        name=text.name,
        definition=text.definition,
        kind=text.kind,
        learnable=text.learnable,
        minimum=text.minimum,
        indicators=list(text.indicators),
        warning_signs=list(text.warning_signs),
        position=position,
    )
    await row.save()
    await Anchor.insert(
        *(Anchor(competence=row.id, level=level, text=anchor) for level, anchor in enumerate(text.anchors, 1))
    )
    await Question.insert(
        *(
            Question(
                competence=row.id, kind=question.kind, text=question.text,
                follow_ups=list(question.follow_ups), position=place,
            )
            for place, question in enumerate(text.questions)
        )
    )  # fmt: skip
