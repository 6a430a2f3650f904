"""Old XLS workbooks, read in a process of their own.

A damaged one can make the parser ask for more memory than there is, which ends its whole process: no `except`
sees it. XLSX is checked before (`archive`) and needs no such care.
"""

import json
import os
import subprocess
import sys

from recruit.sheets.first_sheet import FirstSheet, Unusable, first_sheet

_SECONDS, _BYTES = 30, 1024**3


def first_sheet_apart(content: bytes) -> FirstSheet:
    """Return what `first_sheet` does; raises `Unusable` also when the parser takes too much or breaks down."""
    # Nothing else of the environment: the child needs no secrets.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    if root := os.environ.get("SYSTEMROOT"):
        environment["SYSTEMROOT"] = root
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "recruit.sheets.isolated"],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            check=True,
        )
        answer = json.loads(child.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise Unusable("damaged") from error
    if "problem" in answer:
        raise Unusable(answer["problem"])
    return FirstSheet(**answer)


def _answer() -> None:
    """Read a workbook from standard input and write its first sheet, or the problem, as JSON."""
    _limit_memory()
    try:
        answer: dict[str, object] = first_sheet(sys.stdin.buffer.read())._asdict()
    except Unusable as refusal:
        answer = {"problem": refusal.problem}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _answer()
