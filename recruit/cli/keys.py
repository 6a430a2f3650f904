"""The keys to support plans: a new master key, a backup of the wrapped keys, and back."""

from pathlib import Path

import click

from recruit.cli.frame import console, within
from recruit.settings import load


@click.group()
def keys() -> None:
    """Look after the keys that seal support plans. A backup of the database does not hold them."""


@keys.command()
def rotate() -> None:
    """Make a new master key and wrap every data key by it, while people go on working."""
    from recruit import keys as sources

    settings = load()
    within(settings, lambda: sources.rotate(settings))
    if sources.own_file(settings):
        console.print(
            f"Done: {sources.file(settings)} holds the new master key. Keep a new copy of it apart, and make a new"
            " keys backup: the former ones need the former master key."
        )
    else:
        console.print(
            "Done: the last master key wraps everything. Restart every process of Recruit with it first, then remove"
            " the ones before it."
        )


@keys.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the wrapped data keys into FILE, in the place of a former one.

    Make it anew after a plan was deleted: a former one may hold its key. The master key is not in it: without that
    it opens nothing.
    """
    from competences.sealing.queries import wrapped_keys
    from recruit import keys as sources

    kept = within(load(), wrapped_keys)
    sources.write_backup(kept, file)
    console.print(
        f"{file} holds the wrapped keys. The master key is not in it: keep a copy of that apart from both this file"
        " and the backup of the database."
    )


@keys.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put back the wrapped data keys of FILE that are missing; those of deleted plans stay destroyed."""
    from competences.actor import SYSTEM
    from competences.support.commands.keys import restore_keys
    from recruit import keys as sources

    kept = sources.read_backup(file)
    within(load(), lambda: restore_keys(SYSTEM, kept))
    console.print("The missing keys are back. Look whether they open with: recruit check")
