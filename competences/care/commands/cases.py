"""Writes of what is considered before somebody is taken on, and of who then does."""

from datetime import date, datetime
from typing import Any

from competences.actor import Actor
from competences.audit.commands import command
from competences.care.events.cases import CaseChanged, CaseDecided, CaseDiscussed
from competences.care.queries import cases as queries
from competences.care.queries.arrangements import arrangements_of
from competences.care.queries.lone_work import authorised
from competences.care.rules.cases import (
    CaseDraft,
    DecisionDraft,
    check_case,
    check_decision,
    check_no_name,
    reference_of,
)
from competences.care.tables import CaseDiscussion, CaseParticipant
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Person
from competences.text import _


@command
async def record_case(
    actor: Actor, reach: Reach, draft: CaseDraft, now: datetime, today: date
) -> CaseDiscussed:
    """Put on record what was considered, by whom. Nobody takes anything on before it is decided.

    Raises:
        NotFound: this is not for the actor.
        Invalid: the reference could be a name, or another field cannot be used.
    """
    columns = await _columns(actor, reach, draft, today)
    row = CaseDiscussion(**columns, decided_by="", recorded_at=now, recorded_by=actor.name)
    await row.save()
    await _discuss(row.id, draft)
    return CaseDiscussed(subject_id=row.id, people=len(draft.person_ids))


@command
async def change_case(
    actor: Actor, reach: Reach, discussion_id: int, draft: CaseDraft, today: date
) -> CaseChanged:
    """Correct what is on record before the decision. The reference stays.

    Raises:
        NotFound: there is none, or this is not for the actor.
        Conflict: it is decided, or somebody else changed it since the form was drawn.
        Invalid: a field cannot be used.
    """
    row = await _undecided(actor, reach, discussion_id, draft.edition)
    columns = await _columns(actor, reach, draft, today)
    if columns.pop("reference") != row.reference:
        raise Invalid({"reference": _("The reference stays. Record another discussion for another one.")})
    for name, value in columns.items():
        setattr(row, name, value)
    row.edition += 1
    await row.save()
    await CaseParticipant.delete().where(CaseParticipant.discussion == row.id)
    await _discuss(row.id, draft)
    return CaseChanged(subject_id=row.id, people=len(draft.person_ids))


@command
async def decide_case(
    actor: Actor, reach: Reach, discussion_id: int, draft: DecisionDraft, now: datetime, today: date
) -> CaseDecided:
    """Decide, and say who takes it on: alone only whoever is authorised to work alone today.

    Raises:
        NotFound: there is none, or this is not for the actor.
        Conflict: it is decided; somebody would be alone who may not; an arrangement was passed over; a stale form.
        Invalid: a field cannot be used.
    """
    row = await _undecided(actor, reach, discussion_id, draft.edition)
    took_part = {one.person_id for one in await queries.took_part(actor, reach, discussion_id)}
    able = await authorised(draft.alone, today) if draft.alone else frozenset[int]()
    told = await arrangements_of(actor, reach, took_part, today, about_cases=True)
    check_decision(draft, took_part, able, {one.person_id: one.person for one in told}, today)
    row.decision, row.decided_by, row.decided_at = draft.decision.value, actor.name, now
    row.review_on, row.edition = draft.review_on, row.edition + 1
    await row.save()
    for person_id in draft.takes:
        await CaseParticipant.update(
            {CaseParticipant.may_take: True, CaseParticipant.alone: person_id in draft.alone}
        ).where(CaseParticipant.discussion == row.id, CaseParticipant.person == person_id)
    return CaseDecided(
        subject_id=row.id, decision=row.decision, people=len(draft.takes), alone=len(draft.alone)
    )


async def _undecided(actor: Actor, reach: Reach, discussion_id: int, edition: int) -> CaseDiscussion:
    """Return a discussion without a decision, locked, as the form showed it."""
    _check_reach(reach)
    await queries.case(actor, reach, discussion_id)
    row: CaseDiscussion | None = (
        await CaseDiscussion.objects().get(CaseDiscussion.id == discussion_id).lock_rows()
    )
    assert row is not None
    if row.decision:
        raise Conflict(_("This is decided. Look at it again by recording another discussion."))
    if row.edition != edition:
        raise Conflict(_("Somebody else changed this while you were editing. Look at it again first."))
    return row


async def _columns(actor: Actor, reach: Reach, draft: CaseDraft, today: date) -> dict[Any, Any]:
    """Return the columns of a draft that can be used."""
    _check_reach(reach)
    reference = reference_of(draft.reference)
    rows = await Person.select(Person.name)
    check_no_name(reference, (row["name"] for row in rows))
    check_case(draft, today)
    present = await people.present(actor, reach, today)
    if not draft.person_ids <= {one.id for one in present}:
        raise Invalid({"people": _("Choose people from the list.")})
    if draft.unit_id is not None and draft.unit_id not in {one.id for one in await people.units()}:
        raise Invalid({"unit": _("Choose a unit from the list.")})
    return {
        "reference": reference,
        "unit": draft.unit_id,
        "discussed_on": draft.discussed_on,
        "hazards": [one.value for one in draft.hazards],
        "measures": [one.value for one in draft.measures],
        "review_on": draft.review_on,
    }


async def _discuss(discussion_id: int, draft: CaseDraft) -> None:
    rows = [CaseParticipant(discussion=discussion_id, person=one) for one in sorted(draft.person_ids)]
    await CaseParticipant.insert(*rows)


def _check_reach(reach: Reach) -> None:
    if reach is not Reach.ALL:
        raise NotFound(_("There is no such page, or it is not for you."))
