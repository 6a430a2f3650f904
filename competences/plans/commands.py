"""Writes of development plans, by the person themselves or their line manager."""

from collections.abc import Collection
from datetime import datetime

from competences.actor import Actor
from competences.assessments.queries.places import side
from competences.assessments.queries.sealed import why_sealed
from competences.assessments.queries.talks import talk_of
from competences.assessments.rules.talks import unchangeable
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.frameworks.tables import Competence, State
from competences.people import queries as people
from competences.people.reach import Reach
from competences.plans import queries
from competences.plans.events import ActionAdded, ActionChanged, ActionEnded
from competences.plans.rules import SOURCES, STEPS, ActionDraft, Ending
from competences.plans.tables import PlanAction
from competences.text import _


@command
async def add_action(
    actor: Actor, reach: Reach, person_id: int, draft: ActionDraft, now: datetime
) -> ActionAdded:
    """Add a step to somebody's plan.

    Raises:
        NotFound: there is no such person, or the actor does not reach them; or the talk is not theirs.
        Conflict: it is agreed in a talk that cannot begin yet, or that both have confirmed.
        Invalid: words, step, owner or competence cannot be used.
    """
    person = await people.person(actor, reach, person_id)
    if draft.participant_id is not None:
        await _check_talk(actor, reach, person_id, draft.participant_id)
    await _check(draft, {person.id, person.manager_id})
    row = PlanAction(
        person=person_id, competence=draft.competence_id, step=draft.step, source=draft.source, what=draft.what,
        owner=draft.owner_id, due_on=draft.due_on, added_at=now, added_by=actor.name,
        participant=draft.participant_id,
    )  # fmt: skip
    await row.save()
    return ActionAdded(subject_id=row.id, person_id=person_id, source=draft.source)


@command
async def change_action(
    actor: Actor, reach: Reach, action_id: int, draft: ActionDraft
) -> ActionChanged | None:
    """Change an action that has not ended. Where it came from stays.

    Raises:
        NotFound: there is no such action, or the actor does not reach whose plan it is in.
        Conflict: it has ended, or somebody else changed it since the form was drawn.
        Invalid: words, step, owner or competence cannot be used.
    """
    row = await _open(actor, reach, action_id)
    new = (draft.competence_id, draft.step, draft.what, draft.owner_id, draft.due_on)
    if new == (row.competence, row.step, row.what, row.owner, row.due_on):
        return None
    _check_version(row, draft.version)
    person = await people.person(actor, reach, row.person)
    await _check(draft, {person.id, person.manager_id, row.owner})
    row.competence, row.step, row.what, row.owner, row.due_on = new
    row.version += 1
    await row.save()
    return ActionChanged(subject_id=action_id, person_id=row.person)


@command
async def end_action(
    actor: Actor, reach: Reach, action_id: int, ending: Ending, now: datetime
) -> ActionEnded:
    """End an action with what came of it: what the person now does, or why it was dropped.

    Raises:
        NotFound: there is no such action, or the actor does not reach whose plan it is in.
        Conflict: it has ended already, or somebody else changed it since the form was drawn.
        Invalid: nothing is said of what came of it.
    """
    row = await _open(actor, reach, action_id)
    _check_version(row, ending.version)
    if not ending.result.strip():
        raise Invalid({"result": _("Say what came of it. An action ends in evidence, not in a tick.")})
    row.ended_at, row.dropped, row.result = now, ending.dropped, ending.result.strip()
    row.version += 1
    await row.save()
    return ActionEnded(subject_id=action_id, person_id=row.person, dropped=ending.dropped)


async def _check_talk(actor: Actor, reach: Reach, person_id: int, participant_id: int) -> None:
    here = await side(actor, reach, participant_id)
    if here.person_id != person_id:
        raise NotFound(_("There is no such talk, or it is not yours."))
    if not here.lifted:
        raise Conflict(why_sealed(here))
    if (await talk_of(here)).confirmed:
        raise Conflict(unchangeable())


async def _open(actor: Actor, reach: Reach, action_id: int) -> PlanAction:
    """Return an action that has not ended, locked until the transaction ends."""
    await queries.action(actor, reach, action_id)
    row: PlanAction | None = await PlanAction.objects().get(PlanAction.id == action_id).lock_rows()
    if row is None or row.ended_at is not None:
        raise Conflict(_("This action has ended. It does not change any more."))
    return row


def _check_version(row: PlanAction, version: int) -> None:
    if row.version != version:
        raise Conflict(_("Somebody else changed this action while you were editing. Look at it again first."))


async def _check(draft: ActionDraft, owners: Collection[int | None]) -> None:
    """Refuse what cannot be used. Whoever sees to a step reads the plan, or sees to it already."""
    errors: dict[str, str] = {}
    if not draft.what.strip():
        errors["what"] = _("Say what is to be done.")
    if draft.step not in STEPS or draft.source not in SOURCES:
        errors["step"] = _("Choose what kind of step it is.")
    if draft.owner_id is not None and draft.owner_id not in owners:
        errors["owner"] = _("Choose who sees to it from the list.")
    if draft.competence_id is not None and not await Competence.exists().where(
        Competence.id == draft.competence_id, Competence.version.state != State.DRAFT
    ):
        errors["competence"] = _("Choose a competence from the list.")
    if errors:
        raise Invalid(errors)
