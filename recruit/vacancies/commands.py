"""Writes of vacancies."""

from collections.abc import Sequence

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.people.tables import Unit
from competences.role_profiles.tables import ProfileCriterion, RoleProfile
from competences.text import _
from recruit.vacancies import queries, rules
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
    if profile_id is None or profile_id not in dict(await queries.profiles()):
        raise Invalid({"profile": _("Choose a role profile.")})
    profile = await RoleProfile.objects().get(RoleProfile.id == profile_id)
    assert profile is not None
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
    await queries.managed(actor, reach, vacancy_id)  # it may have been handed over while this waited
    return vacancy


@command
async def change_vacancy(
    actor: Actor, reach: Reach, vacancy_id: int, draft: VacancyDraft
) -> VacancyChanged | None:
    """Change the words of a vacancy; refused when somebody changed them since the form was opened.

    What is stored already is no change and no conflict.
    """
    vacancy = await _locked(actor, reach, vacancy_id)
    rules.check_facts_open(vacancy.state, signed=vacancy.signed_at is not None)
    stored = (vacancy.title, vacancy.unit, vacancy.posts, vacancy.closes_on, vacancy.text)
    if stored == (draft.title, draft.unit_id, draft.posts, draft.closes_on, draft.text):
        return None
    rules.check_version(vacancy.version_number, draft.version_number)
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
    actor: Actor, reach: Reach, vacancy_id: int, version_number: int, wanted: Sequence[Wanted]
) -> CriteriaChanged | None:
    """Set what a vacancy asks for; fixed once scoring has opened (rule 8).

    What is stored already is no change and no conflict.
    """
    vacancy = await _locked(actor, reach, vacancy_id)
    rules.check_criteria_open(vacancy.state, scoring_opened=vacancy.scoring_opened_at is not None)
    if {_key(row) for row in wanted} == {_key(row) for row in await queries.criteria(vacancy_id)}:
        return None
    rules.check_version(vacancy.version_number, version_number)
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
    vacancy.version_number += 1
    await vacancy.save([Vacancy.version_number])
    return CriteriaChanged(subject_id=vacancy_id, criteria=len(wanted))


def _key(row: Wanted | queries.CriterionRow) -> tuple[object, ...]:
    """Return all that makes a criterion what it is."""
    numbers = (row.competence_id, row.weight, row.weight_reason, row.required_level)
    return (*numbers, row.gate, row.learnable, *sorted(row.assessed_by))


@command
async def open_vacancy(actor: Actor, reach: Reach, vacancy_id: int) -> VacancyOpened:
    """From draft to open."""
    vacancy = await _locked(actor, reach, vacancy_id)
    if vacancy.state != State.DRAFT:
        raise Conflict(_("Only a draft can be opened."))
    if not await Criterion.exists().where(Criterion.vacancy == vacancy_id):
        raise Conflict(_("This vacancy asks for nothing yet. Choose its criteria first."))
    vacancy.state = State.OPEN.value
    await vacancy.save([Vacancy.state])
    return VacancyOpened(subject_id=vacancy_id)


@command
async def close_vacancy(actor: Actor, reach: Reach, vacancy_id: int, reason: str) -> VacancyClosed:
    """End a vacancy; without a signed decision this needs a reason."""
    vacancy = await _locked(actor, reach, vacancy_id)
    reason = " ".join(reason.replace("\x00", "").split())[:500]
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
