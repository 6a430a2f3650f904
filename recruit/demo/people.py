"""The people of the demo: units, accounts and levels that were agreed earlier."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import SYSTEM, Actor
from competences.assessments.tables import Assessment, Kind, Rating
from competences.audit.commands import command
from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.tables import Person, Unit
from recruit.access import Role
from recruit.accounts.commands import HASHER
from recruit.accounts.rules import DEMO_PASSWORD
from recruit.accounts.tables import Account
from recruit.demo.cast import PLAYERS, UNITS, Player, colleagues
from recruit.demo.events import DemoFilled


async def there_already() -> bool:
    """Return whether the demo people are in the database."""
    return await Account.exists().where(Account.email == PLAYERS[0].address)


async def add() -> dict[str, Actor]:
    """Add everybody; return the actors of those who have an account, by key."""
    await _add(SYSTEM)
    rows = await Account.select(Account.id, Account.email, Account.roles, Account.person, Account.person.name)
    by_address = {row["email"]: row for row in rows}
    return {
        player.key: Actor(row["person"], row["person.name"], frozenset(row["roles"]), row["id"])
        for player in PLAYERS
        for row in [by_address[player.address]]
    }


@command
async def _add(actor: Actor) -> DemoFilled:
    await Unit.insert(*(Unit(name=name) for name in UNITS))
    units = {row["name"]: row["id"] for row in await Unit.select(Unit.id, Unit.name)}
    secret = HASHER.hash(DEMO_PASSWORD)
    manager = 0
    people: list[tuple[int, Player]] = []
    for player in (*PLAYERS, *colleagues()):
        person = await _person(player, units.get(player.unit), manager or None)
        manager = manager or person.id
        people.append((person.id, player))
        if player in PLAYERS:
            await _account(person, player, secret)
    await _add_levels(people)
    return DemoFilled(subject_id=len(people))


async def _person(player: Player, unit: int | None, manager: int | None) -> Person:
    outside = Role.EXTERNAL in player.roles
    person = Person(
        name=player.name,
        email=player.address,
        post=player.post,
        unit=unit,
        manager=None if outside else manager,
        external=player.external,
        started_on=None if outside else date.today() - timedelta(days=player.since * 365 + 7),
    )
    await person.save()
    return person


async def _account(person: Person, player: Player, secret: str) -> None:
    ends = datetime.now(UTC) + timedelta(days=60) if Role.EXTERNAL in player.roles else None
    roles = [role.value for role in player.roles]
    await Account(person=person.id, email=player.address, password=secret, roles=roles, ends_at=ends).save()


async def _add_levels(people: list[tuple[int, Player]]) -> None:
    version = (
        await FrameworkVersion.objects()
        .where(FrameworkVersion.framework.key == "exit-worker", FrameworkVersion.state == "published")
        .order_by(FrameworkVersion.number, ascending=False)
        .first()
    )
    assert version is not None, "the starter frameworks are loaded first"
    rows = await Competence.select(Competence.id, Competence.code).where(Competence.version == version.id)
    ids = {row["code"]: row["id"] for row in rows}
    for place, (person, player) in enumerate(people):
        if player.levels:
            at = datetime.now(UTC) - timedelta(days=40 + 11 * place)
            await _agreed(version.id, person, at, {ids[code]: level for code, level in player.levels})


async def _agreed(version: int, person: int, at: datetime, levels: dict[int, int]) -> None:
    assessment = Assessment(kind=Kind.AGREED.value, version=version, person=person, started_at=at)
    await assessment.save()
    await Rating.insert(
        *(
            Rating(assessment=assessment.id, competence=competence, level=level, evidence="", saved_at=at)
            for competence, level in levels.items()
        )
    )
    assessment.submitted_at = at
    await assessment.save([Assessment.submitted_at])
