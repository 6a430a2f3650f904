"""Setting up an organisation and looking after it."""

import click

from recruit import database, keys
from recruit.cli.frame import console, within
from recruit.settings import load


@click.command()
def migrate() -> None:
    """Bring the database to this version."""
    count = within(load(), migrated)
    console.print(f"{count} migrations ran." if count else "Nothing to do: the database is up to date.")


async def migrated() -> int:
    """Run what has not run, then add what this version brings; return how many migrations there were."""
    count = await database.migrate()
    if count:
        await load_starters()
    return count


@click.command()
@click.option("--name", prompt="Your name", help="Name of the first administrator.")
@click.option("--email", prompt="Your work e-mail", help="What the first administrator signs in with.")
def init(name: str, email: str) -> None:
    """Set up an empty database: frameworks, role profiles, the first administrator.

    Prints a link for choosing the password; it works once.
    """
    from recruit.accounts.commands import first_administrator

    async def work() -> str:
        await database.migrate()
        await load_starters()
        return await first_administrator(name, email)

    settings = load()
    secret = within(settings, work)
    if keys.begin(settings):
        console.print(
            f"{keys.file(settings)} is the master key of support plans. Keep a copy of it apart from this machine and"
            " from its backups: without it no plan can be opened again."
        )
    console.print("Start Recruit with: recruit serve. Then open this address once to choose your password:")
    click.echo(f"/links/{secret}")


async def load_starters() -> None:
    """Add the frameworks, role profiles, courses and needs that come with the package, where they are missing."""
    from competences.actor import SYSTEM
    from competences.frameworks import commands as frameworks
    from competences.role_profiles import commands as role_profiles
    from competences.support.commands import catalogue
    from competences.training.commands import courses

    await frameworks.add_starters(SYSTEM)
    await role_profiles.add_starters(SYSTEM)
    await courses.add_starters(SYSTEM)
    await catalogue.add_starters(SYSTEM)


@click.command()
def check() -> None:
    """Look whether everything is as it should be; exit code 1 when something is not."""
    from recruit.checks import problems

    settings = load()
    found = within(settings, lambda: problems(settings))
    for problem in found:
        console.print("[red]✗[/red]", problem, markup=True)
    if found:
        raise SystemExit(1)
    console.print("[green]✓[/green] Database, migrations, log, documents and disk are as they should be.")
