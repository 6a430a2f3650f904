"""Backup and restore."""

from pathlib import Path

import click

from recruit import database
from recruit.cli.frame import console, running, within
from recruit.settings import load


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace FILE when it exists.")
def backup(file: Path, overwrite: bool) -> None:
    """Write the database and all documents into one FILE, while people go on working.

    The keys that seal support plans are left out, so that no backup can show a plan that was deleted.
    """
    from recruit import backups

    if file.exists() and not overwrite:
        raise click.ClickException(f"{file} exists. Choose another name, or add --overwrite.")
    settings = load()
    with running(settings) as url, console.status("Backing up") as status:
        size = backups.write(settings, url, file, status.update)
    console.print(
        f"{file}: {size / 1_000_000:.1f} MB. It holds everything but the keys of support plans: keep it as safe as the"
        " original. For the keys, run: recruit keys backup"
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "replacing", is_flag=True, help="Replace what the database holds now.")
def restore(file: Path, replacing: bool) -> None:
    """Bring back what FILE holds, after checking that it is whole. Stop the server first.

    Keys of support plans that are here stay. On another machine bring back the master key, then: recruit keys restore
    """
    from recruit import backups

    settings = load()
    with running(settings) as url, console.status("Restoring") as status:
        backups.read(settings, url, file, replacing=replacing, say=status.update)
        status.update("Migrating")
    within(settings, database.migrate)
    console.print("Restored. Look whether all is well with: recruit check")
