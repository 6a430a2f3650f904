"""Writes of role profiles."""

from competences.actor import Actor
from competences.audit.commands import command
from competences.frameworks.tables import Competence, FrameworkVersion, State
from competences.role_profiles.events import RoleProfileCreated
from competences.role_profiles.rules import STARTERS, Starter, starter
from competences.role_profiles.tables import ProfileCriterion, RoleProfile


async def add_starters(actor: Actor) -> int:
    """Add the role profiles that come with the package, where they are missing; return how many."""
    added = 0
    for name in STARTERS:
        profile = starter(name)
        if not await RoleProfile.exists().where(RoleProfile.title == profile.title):
            await _add(actor, profile)
            added += 1
    return added


@command
async def _add(actor: Actor, text: Starter) -> RoleProfileCreated:
    version = (
        await FrameworkVersion.objects()
        .where(
            FrameworkVersion.framework.key == text.framework, FrameworkVersion.state == State.PUBLISHED.value
        )
        .order_by(FrameworkVersion.number, ascending=False)
        .first()
    )
    assert version is not None, "the starter frameworks are loaded first"
    profile = RoleProfile(title=text.title, version=version.id, purpose=text.purpose)
    await profile.save()
    ids = {
        row["code"]: row["id"]
        for row in await Competence.select(Competence.id, Competence.code).where(
            Competence.version == version.id
        )
    }
    await ProfileCriterion.insert(
        *(
            ProfileCriterion(
                profile=profile.id,
                competence=ids[criterion.competence],
                required_level=criterion.required_level,
                gate=criterion.gate,
                learnable=criterion.learnable,
                assessed_by=list(criterion.assessed_by),
            )
            for criterion in text.criteria
        )
    )
    return RoleProfileCreated(subject_id=profile.id, title=text.title)
