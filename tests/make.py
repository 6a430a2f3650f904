"""Builders: what a test needs, in one call, through the real commands wherever there is one."""

from datetime import UTC, datetime, timedelta
from itertools import count

from competences.actor import Actor
from competences.frameworks.tables import FrameworkVersion
from competences.people.tables import Person, Unit
from recruit.access import Role
from recruit.accounts.tables import Account, Session
from recruit.web.session import fingerprint, new_secret

_numbers = count(1)


def forget() -> None:
    """Start numbering anew; called before each test."""
    global _numbers
    _numbers = count(1)


async def unit(name: str = "Youth") -> Unit:
    """A unit."""
    found = await Unit.objects().where(Unit.name == name).first()
    if found is None:
        found = Unit(name=name)
        await found.save()
    return found


async def person(name: str = "", *roles: str, **columns) -> Person:
    """A person with an account that has `roles` (staff when none are named)."""
    number = next(_numbers)
    name = name or f"Person {number}"
    row = Person(name=name, email=f"p{number}@test.example", **columns)
    await row.save()
    await Account(person=row.id, email=row.email, roles=list(roles or (Role.STAFF,))).save()
    return row


async def actor(row: Person) -> Actor:
    """The actor that a person is when signed in."""
    account = await Account.objects().where(Account.person == row.id).first()
    return Actor(row.id, row.name, frozenset(account.roles), account.id)


async def session_of(row: Person) -> str:
    """A cookie for a live session of this person."""
    account = await Account.objects().where(Account.person == row.id).first()
    secret, now = new_secret(), datetime.now(UTC)
    await Session(
        account=account.id, token=fingerprint(secret), started_at=now, seen_at=now, ends_at=now + timedelta(hours=1)
    ).save()
    return secret


async def manager(name: str = "Mara Keller") -> Person:
    """A hiring and line manager."""
    return await person(name, Role.STAFF, Role.HIRING_MANAGER, Role.LINE_MANAGER)


async def framework(key: str = "exit-worker") -> FrameworkVersion:
    """The first published version of a starter framework."""
    return await FrameworkVersion.objects().where(FrameworkVersion.framework.key == key, FrameworkVersion.number == 1).first()
