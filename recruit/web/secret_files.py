"""Secrets that lie in the data folder, made when they are first needed."""

import os
from collections.abc import Callable
from pathlib import Path


def made_once(file: Path, make: Callable[[], str]) -> str:
    """Return what is in `file`, made now if it is not there; nobody else on the machine can read it."""
    try:
        return file.read_text()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        mine = file.with_name(f"{file.name}.{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(make())
        try:  # whichever worker comes first; a link never overwrites
            os.link(mine, file)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
        return file.read_text()
