"""What the environment says, read once."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. README lists the environment variables."""

    folder: Path
    database_url: str
    demo: bool
    https: bool
    organisation: str

    @property
    def documents(self) -> Path:
        """Where uploaded files lie: outside the web root."""
        return self.folder / "documents"


def load() -> Settings:
    """Return the settings of this process."""
    return Settings(
        folder=Path(os.environ.get("RECRUIT_DATA", "data")).resolve(),
        database_url=os.environ.get("DATABASE_URL", ""),
        demo=os.environ.get("RECRUIT_DEMO", "") == "1",
        https=os.environ.get("RECRUIT_HTTPS", "") == "1",
        organisation=os.environ.get("RECRUIT_ORGANISATION", "Brohus"),
    )
