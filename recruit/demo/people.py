"""The people of the demo: units, accounts and levels that were agreed earlier."""

from datetime import UTC, date, datetime, timedelta

from competences.actor import SYSTEM, Actor
from competences.assessments.commands import record_agreed_levels
from competences.assessments.rules import AgreedRating
from competences.audit.commands import command
from competences.frameworks.tables import Competence, FrameworkVersion
from competences.people.commands import create_person
from competences.people.rules import PersonDraft
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
    await _add_players(SYSTEM)
    rows = await Account.select(Account.id, Account.email, Account.roles, Account.person, Account.person.name)
    by_address = {row["email"]: row for row in rows}
    actors = {
        player.key: Actor(row["person"], row["person.name"], frozenset(row["roles"]), row["id"])
        for player in PLAYERS
        for row in [by_address[player.address]]
    }
    ids = {player.key: actors[player.key].person_id or 0 for player in PLAYERS}
    for player in colleagues():
        ids[player.key] = await _hire(actors, player)
    await _add_levels(actors["mara"], [(ids[player.key], player) for player in (*PLAYERS, *colleagues())])
    return actors


@command
async def _add_players(actor: Actor) -> DemoFilled:
    await Unit.insert(*(Unit(name=name) for name in UNITS))
    units = await _units()
    secret = HASHER.hash(DEMO_PASSWORD)
    manager: int | None = None
    for player in PLAYERS:
        outside = Role.EXTERNAL in player.roles
        person = Person(
            name=player.name,
            email=player.address,
            post=player.post,
            unit=units.get(player.unit),
            manager=None if outside else manager,
            external=player.external,
            started_on=None if outside else _since(player),
        )
        await person.save()
        manager = manager or person.id
        ends = datetime.now(UTC) + timedelta(days=60) if outside else None
        roles = [role.value for role in player.roles]
        await Account(
            person=person.id, email=player.address, password=secret, roles=roles, ends_at=ends
        ).save()
    return DemoFilled(subject_id=len(PLAYERS))


async def _units() -> dict[str, int]:
    return {row["name"]: row["id"] for row in await Unit.select(Unit.id, Unit.name)}


def _since(player: Player) -> date:
    return date.today() - timedelta(days=player.since * 365 + 7)


async def _hire(actors: dict[str, Actor], player: Player) -> int:
    unit = (await _units())[player.unit]
    draft = PersonDraft(
        player.name, player.address, player.post, unit, actors["mara"].person_id, _since(player), None
    )
    return (await create_person(actors["admin"], draft)).subject_id


async def _add_levels(manager: Actor, people: list[tuple[int, Player]]) -> None:
    """Keep levels that were agreed weeks ago, a few days apart."""
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
            ratings = [AgreedRating(ids[code], level, "") for code, level in player.levels]
            await record_agreed_levels(manager, person, version.id, ratings, at)
