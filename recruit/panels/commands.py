"""Writes of a panel."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people.reach import Reach
from competences.text import _
from recruit.applications.tables import Application
from recruit.panels import queries
from recruit.panels.events import (
    ChairNamed,
    InterviewCancelled,
    InterviewSet,
    MemberDeclared,
    MemberInvited,
    MemberRemoved,
    ScoringOpened,
)
from recruit.panels.forms import Declaration, InterviewTime
from recruit.panels.rules import not_ready
from recruit.panels.tables import Conflict as Declared
from recruit.panels.tables import Interview, PanelMember, Scorecard
from recruit.vacancies.tables import Criterion, State, Vacancy


async def _changeable(actor: Actor, reach: Reach, vacancy_id: int) -> Vacancy:
    """Return the vacancy, locked, while its panel may still change."""
    await queries.managed_seat(actor, reach, vacancy_id)
    vacancy = await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    assert vacancy is not None
    if vacancy.revealed_at is not None:
        raise Conflict(_("The scores are revealed; the panel and its interviews stay as they were."))
    if vacancy.state == State.CLOSED:
        raise Conflict(_("This vacancy is closed."))
    return vacancy


@command
async def add_member(actor: Actor, reach: Reach, vacancy_id: int, person_id: int | None) -> MemberInvited:
    """Ask somebody onto the panel; somebody who left before comes back and declares anew."""
    await _changeable(actor, reach, vacancy_id)
    if person_id not in dict(await queries.candidates_for_panel(vacancy_id)):
        raise Invalid({"person": _("Choose a person who has an account and is not on the panel yet.")})
    now = datetime.now(UTC)
    member = await PanelMember.objects().get_or_create(
        (PanelMember.vacancy == vacancy_id) & (PanelMember.person == person_id),
        defaults={PanelMember.invited_at: now},
    )
    member.left_at, member.declared_at, member.conflict, member.chair = None, None, "", False
    await member.save()
    assert person_id is not None
    return MemberInvited(subject_id=member.id, vacancy=vacancy_id, person=person_id)


async def _member(vacancy_id: int, member_id: int) -> PanelMember:
    member = await PanelMember.objects().get(
        (PanelMember.id == member_id) & (PanelMember.vacancy == vacancy_id) & PanelMember.left_at.is_null()
    )
    if member is None:
        raise NotFound(_("There is no such member on this panel."))
    return member


@command
async def remove_member(
    actor: Actor, reach: Reach, vacancy_id: int, member_id: int, reason: str
) -> MemberRemoved:
    """Take a member off: no access from now on, and what they scored does not count."""
    await _changeable(actor, reach, vacancy_id)
    member = await _member(vacancy_id, member_id)
    if not reason.strip():
        raise Invalid({"reason": _("Say why this member leaves the panel.")})
    member.left_at, member.chair = datetime.now(UTC), False
    await member.save([PanelMember.left_at, PanelMember.chair])
    return MemberRemoved(subject_id=member.id, vacancy=vacancy_id, reason=reason.strip()[:300])


@command
async def name_chair(actor: Actor, reach: Reach, vacancy_id: int, member_id: int) -> ChairNamed:
    """Make a member the chair in place of whoever was."""
    await _changeable(actor, reach, vacancy_id)
    member = await _member(vacancy_id, member_id)
    await PanelMember.update({PanelMember.chair: False}).where(PanelMember.vacancy == vacancy_id)
    await PanelMember.update({PanelMember.chair: True}).where(PanelMember.id == member.id)
    return ChairNamed(subject_id=member.id, vacancy=vacancy_id)


@command
async def declare(actor: Actor, reach: Reach, vacancy_id: int, declaration: Declaration) -> MemberDeclared:
    """Record a member's own declaration; one who withdraws loses access in the same moment (rule 2)."""
    here = await queries.seat(actor, reach, vacancy_id)
    if here.member_id is None:
        raise NotFound(_("You are not on this panel."))
    member = await PanelMember.objects().where(PanelMember.id == here.member_id).lock_rows().first()
    assert member is not None
    now = datetime.now(UTC)
    member.declared_at, member.conflict, member.mitigation = now, declaration.conflict, declaration.mitigation
    if declaration.conflict == Declared.WITHDRAWS:
        member.left_at, member.chair = now, False
    await member.save()
    return MemberDeclared(subject_id=member.id, vacancy=vacancy_id, conflict=declaration.conflict)


async def _application(vacancy_id: int, application_id: int) -> Application:
    application = await Application.objects().get(
        (Application.id == application_id) & (Application.vacancy == vacancy_id)
    )
    if application is None:
        raise NotFound(_("There is no such application to this vacancy."))
    return application


@command
async def set_interview(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int, time: InterviewTime
) -> InterviewSet:
    """Put an application on the panel's list, or change when and where."""
    await _changeable(actor, reach, vacancy_id)
    application = await _application(vacancy_id, application_id)
    if application.withdrawn_at is not None:
        raise Conflict(_("This application was withdrawn."))
    interview = await Interview.objects().get_or_create(Interview.application == application_id)
    interview.starts_at, interview.ends_at, interview.place = time.starts_at, time.ends_at, time.place
    await interview.save()
    return InterviewSet(subject_id=application_id, starts_at=str(time.starts_at or ""))


@command
async def cancel_interview(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int
) -> InterviewCancelled:
    """Take an application off the panel's list, while nobody has begun to score it."""
    await _changeable(actor, reach, vacancy_id)
    await _application(vacancy_id, application_id)
    if await Scorecard.exists().where(Scorecard.application == application_id):
        raise Conflict(_("A member has begun to score this applicant. Record a withdrawal instead."))
    await Interview.delete().where(Interview.application == application_id)
    return InterviewCancelled(subject_id=application_id)


@command
async def open_scoring(actor: Actor, reach: Reach, vacancy_id: int) -> ScoringOpened:
    """Fix the criteria and let the panel score (rule 8)."""
    vacancy = await _changeable(actor, reach, vacancy_id)
    if vacancy.state != State.OPEN:
        raise Conflict(_("Scoring opens once, from an open vacancy."))
    sitting = [member for member in await queries.members(vacancy_id) if member.left_at is None]
    here = await queries.managed_seat(actor, reach, vacancy_id)
    listed = [row for row in await queries.interviews(here) if not row.withdrawn]
    criteria = await Criterion.count().where(Criterion.vacancy == vacancy_id)
    if missing := not_ready(len(sitting), sum(member.chair for member in sitting), len(listed), criteria):
        raise Invalid({"panel": " ".join(missing)})
    vacancy.state, vacancy.scoring_opened_at = State.SCORING.value, datetime.now(UTC)
    await vacancy.save([Vacancy.state, Vacancy.scoring_opened_at])
    return ScoringOpened(
        subject_id=vacancy_id, members=len(sitting), interviews=len(listed), criteria=criteria
    )  # fmt: skip
