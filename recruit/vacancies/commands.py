"""Writes of vacancies."""

from collections.abc import Sequence

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Unit
from competences.role_profiles.tables import ProfileCriterion, RoleProfile
from competences.text import _
from recruit.vacancies import queries
from recruit.vacancies.events import (
    CriteriaChanged,
    VacancyChanged,
    VacancyClosed,
    VacancyCreated,
    VacancyHandedOver,
    VacancyOpened,
)
from recruit.vacancies.forms import VacancyDraft
from recruit.vacancies.rules import Wanted
from recruit.vacancies.tables import Criterion, State, Vacancy


@command
async def create_vacancy(
    actor: Actor, reach: Reach, profile_id: int | None, draft: VacancyDraft
) -> VacancyCreated:
    """Make a vacancy from a role profile and copy what it asks for."""
    if not reach or actor.person_id is None:
        raise NotFound(_("You cannot make vacancies."))
    profile = await RoleProfile.objects().get(
        (RoleProfile.id == (profile_id or 0)) & RoleProfile.retired.eq(False)
    )
    if profile is None:
        raise Invalid({"profile": _("Choose a role profile.")})
    await _check_unit(draft.unit_id)
    vacancy = Vacancy(
        title=draft.title,
        unit=draft.unit_id,
        manager=actor.person_id,
        profile=profile.id,
        version=profile.version,
        posts=draft.posts,
        closes_on=draft.closes_on,
        text=draft.text,
    )
    await vacancy.save()
    for row in await ProfileCriterion.objects().where(ProfileCriterion.profile == profile.id):
        await Criterion(
            vacancy=vacancy.id,
            competence=row.competence,
            weight=row.weight,
            weight_reason=row.weight_reason,
            required_level=row.required_level,
            gate=row.gate,
            learnable=row.learnable,
            assessed_by=row.assessed_by,
        ).save()
    return VacancyCreated(subject_id=vacancy.id, title=draft.title)


async def _check_unit(unit_id: int | None) -> None:
    if unit_id is not None and not await Unit.exists().where(Unit.id == unit_id):
        raise Invalid({"unit": _("Choose one of the units.")})


async def _locked(actor: Actor, reach: Reach, vacancy_id: int) -> Vacancy:
    await queries.managed(actor, reach, vacancy_id)
    vacancy = await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    assert vacancy is not None
    return vacancy


@command
async def change_vacancy(actor: Actor, reach: Reach, vacancy_id: int, draft: VacancyDraft) -> VacancyChanged:
    """Change the words of a vacancy; refused when somebody changed them since the form was opened."""
    vacancy = await _locked(actor, reach, vacancy_id)
    if vacancy.version_number != draft.version_number:
        raise Conflict(
            _("Somebody changed this vacancy since you opened the form. Go back, copy your text and reload.")
        )
    if vacancy.signed_at is not None:
        raise Conflict(_("The decision is signed; the vacancy stays as it was."))
    await _check_unit(draft.unit_id)
    vacancy.title, vacancy.unit, vacancy.posts = draft.title, draft.unit_id, draft.posts
    vacancy.closes_on, vacancy.text, vacancy.version_number = (
        draft.closes_on,
        draft.text,
        vacancy.version_number + 1,
    )
    await vacancy.save()
    return VacancyChanged(subject_id=vacancy_id, title=draft.title)


@command
async def set_criteria(
    actor: Actor, reach: Reach, vacancy_id: int, wanted: Sequence[Wanted]
) -> CriteriaChanged:
    """Set what a vacancy asks for; fixed once scoring has opened (rule 8)."""
    vacancy = await _locked(actor, reach, vacancy_id)
    if vacancy.scoring_opened_at is not None:
        raise Conflict(
            _("Scoring has opened: the criteria stay as they are, so that everybody is scored alike.")
        )
    known = {row.competence_id for row in await queries.competences(vacancy.version)}
    if not wanted or not {row.competence_id for row in wanted} <= known:
        raise Invalid({"criteria": _("Choose competences of this framework version.")})
    await Criterion.delete().where(Criterion.vacancy == vacancy_id)
    for row in wanted:
        await Criterion(
            vacancy=vacancy_id,
            competence=row.competence_id,
            weight=row.weight,
            weight_reason=row.weight_reason,
            required_level=row.required_level,
            gate=row.gate,
            learnable=row.learnable,
            assessed_by=list(row.assessed_by),
        ).save()
    return CriteriaChanged(subject_id=vacancy_id, criteria=len(wanted))


@command
async def open_vacancy(actor: Actor, reach: Reach, vacancy_id: int) -> VacancyOpened:
    """From draft to open."""
    vacancy = await _locked(actor, reach, vacancy_id)
    if vacancy.state != State.DRAFT:
        raise Conflict(_("Only a draft can be opened."))
    vacancy.state = State.OPEN.value
    await vacancy.save([Vacancy.state])
    return VacancyOpened(subject_id=vacancy_id)


@command
async def close_vacancy(actor: Actor, reach: Reach, vacancy_id: int, reason: str) -> VacancyClosed:
    """End a vacancy; without a signed decision this needs a reason."""
    vacancy = await _locked(actor, reach, vacancy_id)
    reason = reason.strip()[:500]
    if vacancy.state == State.CLOSED:
        raise Conflict(_("This vacancy is closed already."))
    if vacancy.signed_at is None and not reason:
        raise Invalid({"reason": _("Say why the vacancy is closed without a decision.")})
    vacancy.state = State.CLOSED.value
    await vacancy.save([Vacancy.state])
    return VacancyClosed(subject_id=vacancy_id, reason=reason)


@command
async def hand_over(actor: Actor, reach: Reach, vacancy_id: int, person_id: int | None) -> VacancyHandedOver:
    """Give a vacancy to another hiring manager."""
    vacancy = await _locked(actor, reach, vacancy_id)
    if person_id not in dict(await queries.hiring_managers()) or person_id == vacancy.manager:
        raise Invalid({"manager": _("Choose another hiring manager.")})
    assert person_id is not None
    vacancy.manager = person_id
    await vacancy.save([Vacancy.manager])
    return VacancyHandedOver(subject_id=vacancy_id, manager=person_id)
