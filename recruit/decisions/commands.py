"""Writes of decisions: drafted by the manager, then signed once and for all."""

from datetime import UTC, date, datetime

from competences.actor import Actor
from competences.assessments.commands import record_agreed_levels
from competences.assessments.rules import AgreedRating
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.gaps.rules.standing import months_from
from competences.gaps.rules.steps import induction_step
from competences.people.commands import appoint
from competences.people.reach import Reach
from competences.plans.commands import add_action
from competences.plans.rules import ActionDraft
from competences.role_profiles.commands import assign_role
from competences.text import _
from competences.training.queries.courses import catalogue
from recruit.access import Action, reach_of
from recruit.applications.tables import Application
from recruit.decisions import queries
from recruit.decisions.events import DecisionDrafted, DecisionSigned, LetterWritten
from recruit.decisions.forms import LetterDraft, OutcomeDraft, Signature
from recruit.decisions.rules import Candidate, Decided
from recruit.decisions.tables import Decision, Letter
from recruit.vacancies.tables import State, Vacancy
from recruit.web.i18n import local

#: By when a new colleague has taken a step of the induction plan, in months: gates earlier.
GATES_WITHIN, OTHERS_WITHIN = 3, 6


class StaleDraft(Conflict):
    """The outcome was changed in another tab or on another device."""

    def __init__(self, stored: Decided) -> None:
        super().__init__(_("This was changed in another tab. Nothing is lost: choose which to keep."))
        self.stored = stored


class StaleLetter(Conflict):
    """The letter was changed in another tab or on another device."""

    def __init__(self, stored: queries.LetterText) -> None:
        super().__init__(_("This was changed in another tab. Nothing is lost: choose which to keep."))
        self.stored = stored


async def _deciding(actor: Actor, reach: Reach, vacancy_id: int) -> tuple[Vacancy, queries.Choice]:
    """Return the vacancy, locked, and what there is to decide, while it is not signed.

    The lock makes whoever agrees levels or signs at the same time take turns with us.
    """
    await queries.choice(actor, reach, vacancy_id)
    vacancy = await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    assert vacancy is not None
    if vacancy.signed_at is not None:
        raise Conflict(_("The decision is signed. It does not change any more."))
    if vacancy.state != State.SCORING:
        raise Conflict(_("This vacancy is closed."))
    return vacancy, await queries.choice(actor, reach, vacancy_id)


@command
async def draft_outcome(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int, draft: OutcomeDraft
) -> DecisionDrafted | None:
    """Keep what the manager wrote for one applicant; it can change until the signature.

    Raises:
        StaleDraft: what is stored is newer than `draft.version` and different.
    """
    _vacancy, found = await _deciding(actor, reach, vacancy_id)
    stored = found.candidate(application_id).decided
    said = (draft.outcome, draft.reasons, draft.departure_reason, draft.reserve_until)
    if said == (stored.outcome, stored.reasons, stored.departure_reason, stored.reserve_until):
        return None
    if stored.version != draft.version:
        raise StaleDraft(stored)
    version = stored.version + 1
    await Decision.raw(
        "INSERT INTO decision (application, outcome, reasons, departure_reason, reserve_until, decided_by,"
        " decided_at, version) VALUES ({}, {}, {}, {}, {}, {}, {}, {})"
        " ON CONFLICT (application) DO UPDATE SET outcome = excluded.outcome, reasons = excluded.reasons,"
        " departure_reason = excluded.departure_reason, reserve_until = excluded.reserve_until,"
        " decided_by = excluded.decided_by, decided_at = excluded.decided_at, version = excluded.version",
        application_id, *said, actor.name, datetime.now(UTC), version,
    )  # fmt: skip
    return DecisionDrafted(subject_id=application_id, version=version)


@command
async def sign(actor: Actor, reach: Reach, vacancy_id: int, signed: Signature) -> DecisionSigned:
    """Sign: a named person decides. Appointed applicants become colleagues in the same moment (rule 7).

    Raises:
        Invalid: the name is not the actor's, or something is missing; it says what.
        Conflict: it is signed already, or an applicant's address belongs to somebody else here.
    """
    vacancy, found = await _deciding(actor, reach, vacancy_id)
    if missing := found.missing:
        raise Invalid({"decision": " ".join(missing)})
    if _plain(signed.name) != _plain(actor.name):
        raise Invalid({"name": _("Type your name as it is written here: %(name)s", name=actor.name)})
    now = datetime.now(UTC)
    for row in found.appointed:
        await _become_colleague(actor, vacancy, found, row, signed.starts.get(row.application_id), now)
    ids = [row.application_id for row in found.candidates]
    await Decision.update({Decision.decided_by: actor.name, Decision.decided_at: now}).where(
        Decision.application.is_in(ids)
    )
    vacancy.signed_at, vacancy.signed_by, vacancy.state = now, actor.name, State.DECIDED.value
    await vacancy.save([Vacancy.signed_at, Vacancy.signed_by, Vacancy.state])
    return DecisionSigned(
        subject_id=vacancy_id, applicants=len(ids), appointed=len(found.appointed),
        departures=len(found.departures),
    )  # fmt: skip


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


async def _become_colleague(
    actor: Actor, vacancy: Vacancy, found: queries.Choice, row: Candidate, starts: date | None, now: datetime
) -> None:
    """Make an appointed applicant staff: record, agreed levels, role, and induction plan from day one."""
    application = await Application.objects().get(Application.id == row.application_id)
    assert application is not None
    try:
        appointed = await appoint(
            actor, name=application.name, email=application.email, post=vacancy.title[:120],
            unit_id=vacancy.unit, manager_id=vacancy.manager, started_on=starts,
        )  # fmt: skip
        first = max(starts or local(now).date(), local(now).date())
        if vacancy.profile is not None:
            await assign_role(actor, Reach.ALL, appointed.subject_id, vacancy.profile, first)
    except Invalid as error:
        raise Invalid({"decision": f"{row.name}: {error}"}) from error
    agreed = found.meeting.agreed
    ratings = [
        AgreedRating(scored.asked.competence_id, stored.level, stored.reason)
        for scored in row.standing.criteria
        if (stored := agreed.get((row.application_id, scored.asked.id)))
    ]
    await record_agreed_levels(actor, appointed.subject_id, vacancy.version, ratings, now)
    await _plan_induction(actor, vacancy, appointed.subject_id, first, now)
    await Decision.update({Decision.person: appointed.subject_id}).where(
        Decision.application == row.application_id
    )


async def _plan_induction(actor: Actor, vacancy: Vacancy, person_id: int, first: date, now: datetime) -> None:
    """Put a step into the plan for each criterion that is open and can be learnt in post.

    The manager sees to it where they will read the plan as line manager; else the new colleague does.
    """
    leads = reach_of(actor.roles, Action.EDIT_PLAN) is Reach.TEAM and actor.person_id == vacancy.manager
    owner = vacancy.manager if leads else person_id
    courses = await catalogue()
    for gap in await queries.to_learn(vacancy.id, person_id, first):
        step = induction_step(gap, courses)
        due_on = months_from(first, GATES_WITHIN if gap.asked.gate else OTHERS_WITHIN)
        draft = ActionDraft(gap.asked.competence_id, step.step, "induction", step.what, owner, due_on)
        await add_action(actor, Reach.ALL, person_id, draft, now)


@command
async def write_letter(
    actor: Actor, reach: Reach, vacancy_id: int, application_id: int, draft: LetterDraft
) -> LetterWritten | None:
    """Keep the letter to one applicant as the manager wrote it.

    Raises:
        StaleLetter: what is stored is newer than `draft.version` and different.
    """
    await queries.letter(actor, reach, vacancy_id, application_id)
    await Application.raw("SELECT id FROM application WHERE id = {} FOR UPDATE", application_id)
    _found, _row, stored = await queries.letter(actor, reach, vacancy_id, application_id)
    if stored.version and stored.text == draft.text:
        return None
    if stored.version != draft.version:
        raise StaleLetter(stored)
    await Letter.raw(
        "INSERT INTO letter (application, text, written_at, version) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (application) DO UPDATE SET text = excluded.text, written_at = excluded.written_at,"
        " version = excluded.version",
        application_id, draft.text, datetime.now(UTC), stored.version + 1,
    )  # fmt: skip
    return LetterWritten(subject_id=application_id, version=stored.version + 1)
