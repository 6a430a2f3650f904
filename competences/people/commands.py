"""Writes of people and units."""

from datetime import date
from typing import Any

from competences.actor import Actor
from competences.audit.commands import command
from competences.errors import Conflict, Invalid, NotFound
from competences.people import queries
from competences.people.events import (
    PersonAppointed,
    PersonChanged,
    PersonCreated,
    UnitCreated,
    UnitRemoved,
    UnitRenamed,
)
from competences.people.reach import Reach
from competences.people.rules import PersonDraft
from competences.people.tables import Person, Unit
from competences.text import _, _n


@command
async def create_person(actor: Actor, draft: PersonDraft) -> PersonCreated:
    """Make a staff record.

    Raises:
        Invalid: unit, manager, address or dates cannot be used.
    """
    await _check(draft, None)
    row = Person(**_columns(draft))
    await row.save()
    return PersonCreated(subject_id=row.id)


@command
async def edit_person(actor: Actor, person_id: int, draft: PersonDraft) -> PersonChanged | None:
    """Change a staff record.

    Raises:
        NotFound: there is no such person.
        Conflict: somebody else changed the record since the form was drawn.
        Invalid: unit, manager, address or dates cannot be used.
    """
    row = await Person.objects().get(Person.id == person_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such person."))
    new = _columns(draft)
    changed = tuple(name for name, value in new.items() if getattr(row, name) != value)
    if not changed:
        return None
    before = await queries.person(actor, Reach.ALL, person_id)
    if draft.stamp != before.stamp:
        raise Conflict(_("Somebody else changed this record while you were editing. Look at it again first."))
    await _check(draft, person_id)
    await Person.update(new).where(Person.id == person_id)
    return PersonChanged(subject_id=person_id, fields=changed)


def _columns(draft: PersonDraft) -> dict[Any, Any]:
    return {
        "name": draft.name,
        "email": draft.email or None,
        "post": draft.post,
        "unit": draft.unit_id,
        "manager": draft.manager_id,
        "started_on": draft.started_on,
        "ended_on": draft.ended_on,
    }


async def _check(draft: PersonDraft, person_id: int | None) -> None:
    errors: dict[str, str] = {}
    if not draft.name.strip():
        errors["name"] = _("Enter the name.")
    if draft.email and await Person.exists().where(
        Person.email == draft.email, Person.id != (person_id or 0)
    ):
        errors["email"] = _("Another record has this address.")
    if draft.unit_id is not None and not await Unit.exists().where(Unit.id == draft.unit_id):
        errors["unit"] = _("Choose a unit from the list.")
    if problem := await _manager_problem(draft.manager_id, person_id):
        errors["manager"] = problem
    if draft.started_on and draft.ended_on and draft.ended_on < draft.started_on:
        errors["ended_on"] = _("The last day cannot be before the first.")
    if errors:
        raise Invalid(errors)


async def _manager_problem(manager_id: int | None, person_id: int | None) -> str:
    if manager_id is None:
        return ""
    if manager_id == person_id:
        return _("Nobody is their own line manager.")
    if not await Person.exists().where(Person.id == manager_id, Person.external == ""):
        return _("Choose a line manager from the list.")
    if person_id is not None and await queries.leads(manager_id, person_id):
        return _("This person leads the one you chose, directly or through others.")
    return ""


@command
async def appoint(
    actor: Actor,
    *,
    name: str,
    email: str,
    post: str,
    unit_id: int | None,
    manager_id: int | None,
    started_on: date | None,
) -> PersonAppointed:
    """Make somebody staff: part of signing a decision. A colleague who applied keeps their record.

    Raises:
        Conflict: the address belongs to somebody of another name.
        Invalid: unit, manager or dates cannot be used.
    """
    email = email.strip().lower()
    known = await Person.objects().get(Person.email == email).lock_rows() if email else None
    if known and known.name.strip().casefold() != name.strip().casefold():
        raise Conflict(
            _(
                "The address of this applicant is in the staff record of %(name)s. Correct one first.",
                name=known.name,
            )
        )
    draft = PersonDraft(name.strip(), email, post, unit_id, manager_id, started_on, None)
    await _check(draft, known.id if known else None)
    row = known or Person()
    for column, value in _columns(draft).items():
        setattr(row, column, value)
    row.external = ""
    await row.save()
    return PersonAppointed(subject_id=row.id, known=known is not None)


@command
async def create_unit(actor: Actor, name: str) -> UnitCreated:
    """Add a unit.

    Raises:
        Invalid: the name is empty or taken.
    """
    await _check_unit(name, 0)
    row = Unit(name=name)
    await row.save()
    return UnitCreated(subject_id=row.id)


@command
async def rename_unit(actor: Actor, unit_id: int, name: str) -> UnitRenamed | None:
    """Give a unit another name.

    Raises:
        NotFound: there is no such unit.
        Invalid: the name is empty or taken.
    """
    row = await Unit.objects().get(Unit.id == unit_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such unit."))
    if row.name == name:
        return None
    await _check_unit(name, unit_id)
    await Unit.update({Unit.name: name}).where(Unit.id == unit_id)
    return UnitRenamed(subject_id=unit_id)


@command
async def remove_unit(actor: Actor, unit_id: int) -> UnitRemoved:
    """Remove a unit that nothing refers to.

    Raises:
        NotFound: there is no such unit.
        Conflict: people belong to it.
    """
    row = await Unit.objects().get(Unit.id == unit_id).lock_rows()
    if row is None:
        raise NotFound(_("There is no such unit."))
    count = await Person.count().where(Person.unit == unit_id)
    if count:
        raise Conflict(
            _n(
                "%(count)s person belongs to this unit. Move them first.",
                "%(count)s people belong to this unit. Move them first.",
                count,
            )
        )
    await Unit.delete().where(Unit.id == unit_id)
    return UnitRemoved(subject_id=unit_id)


async def _check_unit(name: str, unit_id: int) -> None:
    if not name:
        raise Invalid({"name": _("Enter the name of the unit.")})
    rows = await Unit.raw("SELECT 1 FROM unit WHERE lower(name) = lower({}) AND id <> {}", name, unit_id)
    if rows:
        raise Invalid({"name": _("There is a unit of this name.")})
