"""Adds the frameworks that come with the package."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.frameworks.commands.writing import write_text
from competences.frameworks.events import FrameworkPublished
from competences.frameworks.rules.texts import STARTERS, FrameworkText, starter
from competences.frameworks.tables import Framework, FrameworkVersion, State


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
