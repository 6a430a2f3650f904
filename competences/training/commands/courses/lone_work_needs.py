"""Which levels a role asks for before anybody works alone in it."""

from collections.abc import Mapping

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Invalid, NotFound
from competences.frameworks.tables import Competence
from competences.role_profiles.tables import RoleProfile
from competences.text import _
from competences.training.events.courses import LoneWorkNeedsSet
from competences.training.tables import LoneWorkNeed


@command
async def set_lone_work_needs(
    actor: Actor, profile_id: int, levels: Mapping[int, int]
) -> LoneWorkNeedsSet | None:
    """Say anew which levels a role asks for before lone work, by competence; the lists that were there go.

    Raises:
        NotFound: there is no such role profile.
        Invalid: a competence is not of the framework version that the role rests on, or a level is off the scale.
    """
    profile = await RoleProfile.objects().get(RoleProfile.id == profile_id).lock_rows()
    if profile is None:
        raise NotFound(_("There is no such role profile."))
    before = {
        row["competence"]: row["level"]
        for row in await LoneWorkNeed.select(LoneWorkNeed.competence, LoneWorkNeed.level).where(
            LoneWorkNeed.profile == profile_id
        )
    }
    if before == dict(levels):
        return None
    known = await Competence.count().where(
        Competence.version == profile.version, Competence.id.is_in([0, *(set(levels) - set(before))])
    )
    if known != len(set(levels) - set(before)) or not all(1 <= level <= 5 for level in levels.values()):
        raise Invalid(
            {"needs": _("Choose competences of this role’s framework, each with a level from 1 to 5.")}
        )
    await LoneWorkNeed.delete().where(LoneWorkNeed.profile == profile_id)
    await write_needs(profile_id, levels)
    return LoneWorkNeedsSet(subject_id=profile_id, competences=len(levels))


async def write_needs(profile_id: int, levels: Mapping[int, int]) -> None:
    """Write them. Part of a command."""
    if levels:
        await LoneWorkNeed.insert(
            *(LoneWorkNeed(profile=profile_id, competence=key, level=level) for key, level in levels.items())
        )
