"""Bring htmx into the package at build time, and compile the translations.

Nothing third-party is kept in the tree: htmx comes out of a pinned package.
"""

import shutil
from importlib.metadata import files
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDORED = {"htmx-2.min.js": "htmx.min.js"}


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before each build, an editable install included."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the scripts and write one .mo beside each .po."""
        package = Path(self.root) / "recruit"
        vendor = package / "static" / "vendor"
        vendor.mkdir(parents=True, exist_ok=True)
        for source in files("django-htmx") or []:
            if source.name in VENDORED:
                shutil.copyfile(source.locate(), vendor / VENDORED[source.name])
        for catalogue in package.glob("locale/*/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as po, catalogue.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
        build_data["artifacts"] += ["recruit/static/vendor/*", "recruit/locale/**/*.mo"]
