"""Writes of what cover a unit needs, and of who answers for what."""

from collections.abc import Mapping
from datetime import date

from competences.actor import Actor
from competences.audit.commands import command
from competences.coverage import queries
from competences.coverage.events import (
    CoverNeedsSet,
    DelegationEnded,
    DelegationRecorded,
    DelegationReviewed,
)
from competences.coverage.rules.cover import Need
from competences.coverage.rules.leadership import DelegationDraft
from competences.coverage.tables import CoverNeed, Delegation
from competences.errors import Conflict, Invalid
from competences.people import queries as people
from competences.people.reach import Reach
from competences.people.tables import Unit
from competences.stamp import stamp
from competences.text import _

Key = tuple[int, str]


def stamp_of(needs: Mapping[Key, Need]) -> str:
    """Return what a form of these needs shows, digested."""
    return stamp(sorted((key, need.level, need.people) for key, need in needs.items()))


@command
async def set_needs(
    actor: Actor, reach: Reach, unit_id: int, needs: Mapping[Key, Need], seen: str, today: date
) -> CoverNeedsSet | None:
    """Say how many people a unit needs at which level; for competences that are not named the roles decide.

    Args:
        seen: What `stamp_of` said of the needs that the actor saw.

    Raises:
        NotFound: there is no such unit, or the actor leads nobody there.
        Conflict: somebody else changed the needs since the form was drawn.
    """
    await Unit.objects().get(Unit.id == unit_id).lock_rows()
    before = await queries.needs_of(actor, reach, unit_id, today)
    if seen != stamp_of(before):
        raise Conflict(
            _("Somebody else changed these needs while you were editing. Look at them again first.")
        )
    if dict(needs) == before:
        return None
    await CoverNeed.delete().where(CoverNeed.unit == unit_id)
    rows = [
        CoverNeed(unit=unit_id, framework=framework, code=code, level=need.level, people=need.people)
        for (framework, code), need in needs.items()
    ]
    if rows:
        await CoverNeed.insert(*rows)
    return CoverNeedsSet(subject_id=unit_id, competences=len(rows))


@command
async def delegate(actor: Actor, reach: Reach, draft: DelegationDraft, today: date) -> DelegationRecorded:
    """Record that somebody answers for a leader competence.

    Raises:
        Invalid: person, competence, unit or dates cannot be used.
        Conflict: the person answers for it already.
    """
    named = {one.code: one for one in await queries.leader_competences()}
    able = await people.led_people(actor, reach, today, self_too=True)
    _check(draft, set(named), {one.id for one in able}, dict(people.units_of(able)))
    made = await Delegation.raw(
        "INSERT INTO delegation (person, unit, framework, code, from_on, review_on, note)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}) ON CONFLICT DO NOTHING RETURNING id",
        draft.person_id, draft.unit_id, named[draft.code].framework_id, draft.code, draft.from_on,
        draft.review_on, draft.note,
    )  # fmt: skip
    if not made:
        raise Conflict(_("This person answers for it already."))
    return DelegationRecorded(subject_id=made[0]["id"], person_id=draft.person_id or 0, code=draft.code)


def _check(draft: DelegationDraft, codes: set[str], able: set[int], units: Mapping[int, str]) -> None:
    errors: dict[str, str] = {}
    if draft.person_id not in able:
        errors["person"] = _("Choose somebody from the list.")
    if draft.code not in codes:
        errors["code"] = _("Choose a competence from the list.")
    if draft.unit_id is not None and draft.unit_id not in units:
        errors["unit"] = _("Choose a unit from the list.")
    if draft.review_on <= draft.from_on:
        errors["review_on"] = _("The review comes after the first day.")
    if errors:
        raise Invalid(errors)


@command
async def review_delegation(
    actor: Actor, reach: Reach, delegation_id: int, next_on: date, today: date
) -> DelegationReviewed:
    """Keep that a delegation was looked at and goes on, until it is looked at again.

    Raises:
        NotFound: there is no such delegation, or the actor does not reach the person.
        Conflict: it has ended.
        Invalid: the day is not after today.
    """
    row = await _lasting(actor, reach, delegation_id)
    if next_on <= max(today, row.from_on):
        raise Invalid({"review_on": _("Choose a later day.")})
    row.review_on = next_on
    await row.save([Delegation.review_on])
    return DelegationReviewed(subject_id=delegation_id, person_id=row.person)


@command
async def end_delegation(actor: Actor, reach: Reach, delegation_id: int, today: date) -> DelegationEnded:
    """End a delegation today; it stays on record.

    Raises:
        NotFound: there is no such delegation, or the actor does not reach the person.
        Conflict: it has ended already.
    """
    row = await _lasting(actor, reach, delegation_id)
    row.ended_on = today
    await row.save([Delegation.ended_on])
    return DelegationEnded(subject_id=delegation_id, person_id=row.person)


async def _lasting(actor: Actor, reach: Reach, delegation_id: int) -> Delegation:
    """Return a delegation that lasts, locked until the transaction ends."""
    await queries.delegation(actor, reach, delegation_id)
    row: Delegation | None = await Delegation.objects().get(Delegation.id == delegation_id).lock_rows()
    if row is None or row.ended_on is not None:
        raise Conflict(_("This delegation has ended."))
    return row
