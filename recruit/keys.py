"""Where master keys come from: the environment, a file, a command, or a file of Recruit's own. Never the database.

Keep a copy of the master key apart from the machine and from its backups: who has a backup and the master key can
read support plans; who has lost the master key has lost them.
"""

import json
import os
import shlex
import subprocess
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import Path

from competences.actor import SYSTEM
from competences.errors import Refused
from competences.sealing.queries import Wrapped, nothing_sealed
from competences.sealing.rules import KeyLost, KeyRing, new_key, read_keys, written
from competences.support.commands.keys import rotate_master_key
from competences.text import _
from recruit.settings import Settings

FORMAT = 1
PATIENCE = 20  # seconds for a command that fetches the key


def ring(settings: Settings) -> KeyRing:
    """Return the ring of this organisation's master keys; nothing is read before the first need."""
    return KeyRing(lambda: read_keys(_read(settings)), lambda: begin(settings))


def own_file(settings: Settings) -> Path | None:
    """Return the file that Recruit may write master keys to; None when they come from elsewhere."""
    return None if settings.master_key or settings.master_key_command else file(settings)


def file(settings: Settings) -> Path:
    """Return the file that master keys are read from, when they are read from one."""
    return settings.master_key_file or settings.folder / "master-key"


def begin(settings: Settings) -> bool:
    """Make a master key in the data folder where it is kept there and there is none; return whether it did.

    Only for when nothing is sealed yet: in place of a lost key a new one opens nothing.
    """
    target = own_file(settings)
    if target is None or settings.master_key_file or target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    mine = _part(target, written(new_key()) + "\n")
    try:  # whichever process comes first; a link never overwrites
        os.link(mine, target)
    except FileExistsError:
        return False
    finally:
        mine.unlink()
    return True


def replace(settings: Settings, keys: tuple[bytes, ...]) -> None:
    """Put `keys` in the place of those in the file, the current one last: all of them or nothing.

    Raises:
        Refused: the keys do not come from a file that Recruit may write.
    """
    target = own_file(settings)
    if target is None:
        raise Refused(
            _(
                "The master key comes from the environment or from a command, which Recruit cannot change. Put a new"
                " key behind the present one there, separated by a comma, then run this again."
            )
        )
    _part(target, "".join(f"{written(key)}\n" for key in keys)).replace(target)


def _part(target: Path, text: str) -> Path:
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as sink:
        sink.write(text)
        sink.flush()
        os.fsync(sink.fileno())
    return part


def _read(settings: Settings) -> str:
    if settings.master_key:
        return settings.master_key
    if settings.master_key_command:
        return _said(settings.master_key_command)
    try:
        return file(settings).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyLost(
            _(
                "The master key is not in %(file)s. Support plans cannot be opened without it, and nothing is lost"
                " while it exists. Put back the copy that was kept apart, then reload.",
                file=file(settings),
            )
        ) from error


def _said(command: str) -> str:
    """Return what a command writes; it is run as it stands, by no shell."""
    try:
        done = subprocess.run(  # noqa: S603
            shlex.split(command), capture_output=True, text=True, check=True, timeout=PATIENCE
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise KeyLost(
            _(
                "The command in RECRUIT_MASTER_KEY_COMMAND does not give the master key. Support plans cannot be opened"
                " until it does."
            )
        ) from error
    return done.stdout


async def rotate(settings: Settings) -> None:
    """Wrap every data key by a new master key, then forget the old one.

    Where Recruit keeps the file it makes the new key; elsewhere the new one has to stand behind the old one already.
    Processes that are running go on: they read the file again when they meet the name of the new key.

    Raises:
        Refused: there is no new key, and Recruit cannot write where the present one comes from.
        KeyLost, Changed: a key does not open; nothing is changed.
    """
    if await nothing_sealed():
        begin(settings)
    present, held = read_keys(_read(settings)), ring(settings)
    if own_file(settings) is None:
        if len(present) == 1:
            replace(settings, present)
        await rotate_master_key(SYSTEM, held, lambda: None)
        return
    new = new_key()
    await rotate_master_key(SYSTEM, held, lambda: replace(settings, (*present, new)))
    replace(settings, (new,))


def write_backup(kept: list[Wrapped], target: Path) -> None:
    """Write wrapped data keys to a file in the place of the one before; the master key is not in it."""
    lines = [
        {
            "uid": one.uid, "master": one.master, "wrapped": b64encode(one.wrapped).decode(),
            "made_at": one.made_at.isoformat(),
        }
        for one in kept
    ]  # fmt: skip
    _part(target.resolve(), json.dumps({"recruit-keys": FORMAT, "keys": lines}, indent=1)).replace(target)


def read_backup(source: Path) -> list[Wrapped]:
    """Return the wrapped data keys that a file holds.

    Raises:
        Refused: it is no such file.
    """
    try:
        content = json.loads(source.read_text())
        if content["recruit-keys"] != FORMAT:
            raise ValueError
        return [
            Wrapped(
                one["uid"], one["master"], b64decode(one["wrapped"], validate=True),
                datetime.fromisoformat(one["made_at"]),
            )
            for one in content["keys"]
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_("This is not a whole backup of keys; nothing was changed.")) from error
