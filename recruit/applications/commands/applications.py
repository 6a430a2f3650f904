"""Writes of single applications."""

from datetime import UTC, datetime

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid
from competences.people.reach import Reach
from competences.text import _
from recruit.applications import queries
from recruit.applications.events import ApplicationAdded, ApplicationChanged, ApplicationWithdrawn
from recruit.applications.forms import ApplicationDraft
from recruit.applications.tables import Application
from recruit.vacancies.queries import managed
from recruit.vacancies.tables import State, Vacancy


async def taking(actor: Actor, reach: Reach, vacancy_id: int) -> Vacancy:
    """Return a vacancy that still takes applications, locked until the end of the transaction.

    Raises:
        NotFound: there is none, or the actor does not manage it.
        Conflict: its scores are open, or it is decided or closed.
    """
    await managed(actor, reach, vacancy_id)
    vacancy = await Vacancy.objects().where(Vacancy.id == vacancy_id).lock_rows().first()
    assert vacancy is not None
    await managed(actor, reach, vacancy_id)  # it may have been handed over while this waited
    if vacancy.revealed_at is not None or vacancy.state in (State.DECIDED, State.CLOSED):
        raise Conflict(_("This vacancy takes no more applications: its scores are open or it is closed."))
    return vacancy


@command
async def add_application(
    actor: Actor, reach: Reach, vacancy_id: int, draft: ApplicationDraft
) -> ApplicationAdded:
    """Add somebody who applied; somebody with the same address only when told that this is meant."""
    await taking(actor, reach, vacancy_id)
    if draft.email and not draft.again and await _is_there(vacancy_id, draft.email):
        raise Invalid({"again": _("There is already an application with this e-mail address.")})
    row = Application(
        vacancy=vacancy_id,
        name=draft.name,
        email=draft.email,
        phone=draft.phone,
        received_on=draft.received_on,
        source=draft.source,
        notes=draft.notes,
        adjustments=draft.adjustments,
        added_at=datetime.now(UTC),
    )
    await row.save()
    return ApplicationAdded(subject_id=row.id, vacancy=vacancy_id)


async def _is_there(vacancy_id: int, email: str) -> bool:
    return await Application.exists().where(Application.vacancy == vacancy_id, Application.email == email)


async def _locked(actor: Actor, reach: Reach, application_id: int) -> Application:
    await queries.managed_application(actor, reach, application_id)
    row = await Application.objects().where(Application.id == application_id).lock_rows().first()
    assert row is not None
    return row


@command
async def change_application(
    actor: Actor, reach: Reach, application_id: int, draft: ApplicationDraft
) -> ApplicationChanged | None:
    """Change an application; refused when somebody changed it since the form was opened.

    What is stored already is no change and no conflict. A correction is possible at any time.
    """
    row = await _locked(actor, reach, application_id)
    stored = (row.name, row.email, row.phone, row.received_on, row.source, row.notes, row.adjustments)
    sent = (
        draft.name, draft.email, draft.phone, draft.received_on, draft.source, draft.notes, draft.adjustments
    )  # fmt: skip
    if stored == sent:
        return None
    if row.version != draft.version:
        raise Conflict(
            _("Somebody changed this application since you opened it. Go back, copy your text and reload.")
        )
    row.name, row.email, row.phone, row.received_on, row.source, row.notes, row.adjustments = sent
    row.version += 1
    await row.save()
    return ApplicationChanged(subject_id=application_id)


@command
async def set_withdrawn(
    actor: Actor, reach: Reach, application_id: int, withdrawn: bool
) -> ApplicationWithdrawn | None:
    """Record that an applicant withdrew, or take that back.

    Somebody who had withdrawn before the scores were opened stays away: not all had scored them.
    """
    before = await queries.managed_application(actor, reach, application_id)
    vacancy = await Vacancy.objects().where(Vacancy.id == before.vacancy_id).lock_rows().first()
    row = await _locked(actor, reach, application_id)
    if vacancy is None or vacancy.signed_at is not None or vacancy.state == State.CLOSED:
        raise Conflict(_("The decision is signed or the vacancy closed; applications stay as they were."))
    if withdrawn == (row.withdrawn_at is not None):
        return None
    if row.withdrawn_at and vacancy.revealed_at and row.withdrawn_at < vacancy.revealed_at:
        raise Conflict(_("The scores were opened without this application; it cannot come back."))
    row.withdrawn_at = datetime.now(UTC) if withdrawn else None
    await row.save([Application.withdrawn_at])
    return ApplicationWithdrawn(subject_id=application_id, withdrawn=withdrawn)
