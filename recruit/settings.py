"""What the environment says, read once."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from competences.errors import Refused
from competences.text import _


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. README lists the environment variables."""

    folder: Path
    database_url: str
    demo: bool
    https: bool
    organisation: str
    #: Whether voluntary equality answers may be entered at all.
    equality: bool
    #: Master keys themselves, a file with them, or a command that writes them; else a file in the data folder.
    master_key: str = field(default="", repr=False)
    master_key_file: Path | None = None
    master_key_command: str = ""
    #: How many months a closed support plan is kept.
    support_months: int = 6

    @property
    def documents(self) -> Path:
        """Where uploaded files lie: outside the web root."""
        return self.folder / "documents"

    @property
    def badge_key(self) -> Path:
        """Where the key lies that badges are signed with."""
        return self.folder / "badge-key.pem"


def load() -> Settings:
    """Return the settings of this process.

    Raises:
        Refused: a variable cannot be used; the sentence names it.
    """
    _check_zone(os.environ.get("RECRUIT_TIMEZONE", ""))
    return Settings(
        folder=_folder(os.environ.get("RECRUIT_DATA") or "data"),
        database_url=_url(os.environ.get("DATABASE_URL", "")),
        demo=_switch("RECRUIT_DEMO"),
        https=_switch("RECRUIT_HTTPS"),
        organisation=os.environ.get("RECRUIT_ORGANISATION") or "Brohus",
        equality=_switch("RECRUIT_EQUALITY"),
        master_key=os.environ.get("RECRUIT_MASTER_KEY", ""),
        master_key_file=_file(os.environ.get("RECRUIT_MASTER_KEY_FILE", "")),
        master_key_command=os.environ.get("RECRUIT_MASTER_KEY_COMMAND", ""),
        support_months=_months("RECRUIT_SUPPORT_MONTHS", 6),
    )


def _folder(named: str) -> Path:
    folder = Path(named).resolve()
    if folder.exists() and not folder.is_dir():
        raise Refused(_("RECRUIT_DATA must name a folder, and %(folder)s is a file.", folder=folder))
    return folder


def _file(named: str) -> Path | None:
    return Path(named).resolve() if named else None


def _months(name: str, usual: int) -> int:
    given = os.environ.get(name, "") or str(usual)
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 120:
        raise Refused(_("%(name)s must be a number of months from 1 to 120.", name=name))
    return int(given)


def _url(given: str) -> str:
    if given and not given.startswith(("postgresql://", "postgres://")):
        raise Refused(_("DATABASE_URL must begin with postgresql://"))
    return given


def _switch(name: str) -> bool:
    given = os.environ.get(name, "")
    if given not in {"", "0", "1"}:
        raise Refused(_("%(name)s must be 1 or 0.", name=name))
    return given == "1"


def _check_zone(name: str) -> None:
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refused(_("RECRUIT_TIMEZONE must name a time zone such as Europe/Berlin.")) from None
