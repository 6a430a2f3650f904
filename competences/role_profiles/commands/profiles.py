"""Writes of what a role asks for."""

from collections.abc import Iterable

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks.tables import Competence, FrameworkVersion, State
from competences.role_profiles import queries
from competences.role_profiles.events import RoleProfileChanged, RoleProfileCreated, RoleProfileRetired
from competences.role_profiles.rules import STARTERS, ProfileDraft, Starter, Wanted, starter
from competences.role_profiles.tables import ProfileCriterion, RoleProfile
from competences.text import _


async def add_starters(actor: Actor) -> int:
    """Add the role profiles that come with the package, where they are missing; return how many."""
    added = 0
    for name in STARTERS:
        profile = starter(name)
        if not await queries.was_there(profile.title) and await _add(actor, profile):
            added += 1
    return added


@command
async def _add(actor: Actor, text: Starter) -> RoleProfileCreated | None:
    version = (
        await FrameworkVersion.objects()
        .where(
            FrameworkVersion.framework.key == text.framework, FrameworkVersion.state == State.PUBLISHED.value
        )
        .order_by(FrameworkVersion.number, ascending=False)
        .first()
    )
    if version is None:  # every version of that framework was retired
        return None
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


@command
async def create_profile(actor: Actor, version_id: int | None, draft: ProfileDraft) -> RoleProfileCreated:
    """Make a role profile on a published framework version."""
    version = await FrameworkVersion.objects().get(
        (FrameworkVersion.id == (version_id or 0)) & (FrameworkVersion.state == State.PUBLISHED.value)
    )
    if version is None:
        raise Invalid({"version": _("Choose a published framework version.")})
    await _check_title(draft.title, 0)
    profile = RoleProfile(title=draft.title, version=version.id, purpose=draft.purpose)
    await profile.save()
    await _set_criteria(profile, draft)
    return RoleProfileCreated(subject_id=profile.id, title=draft.title)


@command
async def change_profile(actor: Actor, profile_id: int, draft: ProfileDraft) -> RoleProfileChanged | None:
    """Change what a role asks for. Vacancies keep the copy that they started with.

    Raises:
        NotFound: there is no such role profile.
        Conflict: somebody else changed it since the form was drawn.
        Invalid: title or criteria cannot be used.
    """
    profile = await _locked(profile_id)
    stored = await queries.choices(profile_id, profile.version)
    if (profile.title, profile.purpose, _asked(stored)) == (
        draft.title,
        draft.purpose,
        _asked(draft.criteria),
    ):
        return None
    if draft.stamp != queries.stamp_of(await queries.profile(profile_id), stored):
        raise Conflict(
            _("Somebody else changed this role profile while you were editing. Look at it again first.")
        )
    await _check_title(draft.title, profile_id)
    profile.title, profile.purpose = draft.title, draft.purpose
    await profile.save([RoleProfile.title, RoleProfile.purpose])
    await ProfileCriterion.delete().where(ProfileCriterion.profile == profile_id)
    await _set_criteria(profile, draft)
    return RoleProfileChanged(subject_id=profile_id, title=draft.title, criteria=len(draft.criteria))


def _asked(rows: Iterable[queries.ChoiceRow] | Iterable[Wanted]) -> list[tuple[object, ...]]:
    return sorted(
        (row.competence_id, row.weight, row.weight_reason, row.required_level, row.gate, row.learnable,
         tuple(row.assessed_by))
        for row in rows
        if isinstance(row, Wanted) or row.wanted
    )  # fmt: skip


async def _check_title(title: str, profile_id: int) -> None:
    rows = await RoleProfile.raw(
        "SELECT 1 FROM role_profile WHERE lower(title) = lower({}) AND id <> {} AND NOT retired",
        title,
        profile_id,
    )
    if rows:
        raise Invalid({"title": _("There is a role profile of this name.")})


async def _locked(profile_id: int) -> RoleProfile:
    profile = await RoleProfile.objects().where(RoleProfile.id == profile_id).lock_rows().first()
    if profile is None:
        raise NotFound(_("There is no such role profile."))
    return profile


async def _set_criteria(profile: RoleProfile, draft: ProfileDraft) -> None:
    known = await Competence.count().where(
        Competence.version == profile.version,
        Competence.id.is_in([0, *(row.competence_id for row in draft.criteria)]),
    )
    if not draft.criteria or known != len(draft.criteria):
        raise Invalid({"criteria": _("Choose at least one competence of this framework version.")})
    await ProfileCriterion.insert(
        *(
            ProfileCriterion(
                profile=profile.id,
                competence=row.competence_id,
                weight=row.weight,
                weight_reason=row.weight_reason,
                required_level=row.required_level,
                gate=row.gate,
                learnable=row.learnable,
                assessed_by=list(row.assessed_by),
            )
            for row in draft.criteria
        )
    )


@command
async def set_retired(actor: Actor, profile_id: int, retired: bool) -> RoleProfileRetired | None:
    """Retire a role profile, or bring it back; vacancies that started from it stay as they are."""
    profile = await _locked(profile_id)
    if profile.retired == retired:
        return None
    profile.retired = retired
    await profile.save([RoleProfile.retired])
    return RoleProfileRetired(subject_id=profile_id, retired=retired)
