"""The command line: every verb. Exit codes: 0 done, 1 refused or failed, 2 wrong use or unreadable input."""

from recruit.cli import archives, keys, serving, sheets, upkeep
from recruit.cli.analyse import analyse
from recruit.cli.frame import main

for verb in (
    serving.serve, serving.demo,
    upkeep.init, upkeep.migrate, upkeep.check,
    archives.backup, archives.restore, keys.keys,
    sheets.import_, sheets.export, analyse,
):  # fmt: skip
    main.add_command(verb)

__all__ = ["main"]
