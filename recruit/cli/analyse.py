"""Statistics of a table of ratings, for people who score in spreadsheets."""

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from competences.scoring.ratings import Ratings
    from recruit.sheets.sheet import Record

COLUMNS = ("subject", "rater", "item", "level")
FIRST_FAULTS = 50


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every value with its verdict as JSON.")
@click.option("--scale", default="1-5", show_default=True, help="Lowest and highest level.")
@click.option(
    "--confidence",
    type=click.FloatRange(0.5, 0.999),
    default=0.95,
    show_default=True,
    help="Of all intervals.",
)
def analyse(file: Path, as_json: bool, scale: str, confidence: float) -> None:
    """Say what the scores in a CSV FILE can bear: agreement, reliability, strictness, ranking.

    FILE has a row for each rating with the columns subject, rater, item (may be left out) and level; an empty
    level means no evidence. Other columns are left alone. A row that cannot be used stops everything: its line
    and the reason are printed, and the exit code is 2.
    """
    from competences.scoring.analysis import analyse as work_out
    from recruit.cli import findings

    if math.isnan(confidence):  # which every range of numbers lets through
        raise click.BadParameter("write a number such as 0.95.", param_hint="--confidence")
    lowest, highest = bounds(scale)
    ratings = _read(file, lowest, highest)
    found = work_out(ratings, lowest, highest, confidence=confidence)
    click.echo(findings.as_json(found) if as_json else findings.as_text(found, confidence), nl=False)


def bounds(scale: str) -> tuple[int, int]:
    """Return the ends of a scale such as 1-5."""
    match = re.fullmatch(r"\s*(\d{1,3})\s*(?:-|–|\.\.)\s*(\d{1,3})\s*", scale)
    if not match or int(match[1]) >= int(match[2]) or int(match[2]) - int(match[1]) > 100:
        raise click.BadParameter("write the lowest and the highest level, such as 1-5.", param_hint="--scale")
    return int(match[1]), int(match[2])


def _read(file: Path, lowest: int, highest: int) -> "Ratings":
    """Return the ratings of a file; exit with 2 when a row cannot be used."""
    from competences.scoring.ratings import Ratings
    from recruit.sheets.sheet import Unreadable

    try:
        rows, faults = _rows(file.read_bytes(), lowest, highest)
    except Unreadable as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from error
    for line, reason in faults[:FIRST_FAULTS]:
        click.echo(f"line {line}: {reason}", err=True)
    if len(faults) > FIRST_FAULTS:
        click.echo(f"and {len(faults) - FIRST_FAULTS} more lines", err=True)
    if faults:
        click.echo("Nothing was worked out: correct these lines first.", err=True)
        raise SystemExit(2)
    return Ratings.of(rows)


Rows = list[tuple[str, str, str, float | None]]


def _rows(content: bytes, lowest: int, highest: int) -> tuple[Rows, list[tuple[int, str]]]:
    from recruit.sheets import delimited, separators
    from recruit.sheets.encodings import decode
    from recruit.sheets.sheet import Unreadable

    lines = delimited.split_lines(decode(content, None).text)
    separator = delimited.directive(lines)
    start = 1 if separator else 0
    records = delimited.records(lines, separator or separators.guess(lines), start=start)
    header = next((record for record in records if any(map(str.strip, record.cells))), None)
    if header is None:
        raise Unreadable("The file is empty.")
    places = _places(header.cells)
    rows: Rows = []
    faults: list[tuple[int, str]] = []
    seen: dict[tuple[str, str, str], int] = {}
    seen_items: dict[bool, list[int]] = {True: [], False: []}
    for record in records:
        if not any(map(str.strip, record.cells)):
            continue
        try:
            row = _row(record, len(header.cells), places, lowest, highest)
        except ValueError as reason:
            faults.append((record.line, str(reason)))
            continue
        before = seen.setdefault(row[:3], record.line)
        if before != record.line:
            what = f"{row[0]} by {row[1]}" + (f" on {row[2]}" if row[2] else "")
            faults.append((record.line, f"{what} was rated in line {before} already"))
        rows.append(row)
        seen_items[bool(row[2])].append(record.line)
    if not rows and not faults:
        raise Unreadable("The file holds no ratings.")
    if all(seen_items.values()):
        faults += [(line, "the item is missing") for line in seen_items[False]]
    return rows, sorted(faults)


def _places(header: list[str]) -> dict[str, int]:
    from recruit.sheets.sheet import Unreadable

    names = [cell.strip().casefold() for cell in header]
    for name in COLUMNS:
        if name != "item" and name not in names:
            raise Unreadable(
                f"There is no column called {name}. The first line names the columns: subject, rater, item, level."
            )
        if names.count(name) > 1:
            raise Unreadable(f"Two columns are called {name}.")
    return {name: names.index(name) for name in COLUMNS if name in names}


def _row(
    record: "Record", columns: int, places: dict[str, int], lowest: int, highest: int
) -> tuple[str, str, str, float | None]:
    if record.problem:
        raise ValueError(record.problem)
    if len(record.cells) < columns:
        raise ValueError("it has fewer cells than there are columns")
    if any(cell.strip() for cell in record.cells[columns:]):
        raise ValueError("it has more cells than there are columns")
    found = {name: record.cells[place].strip() for name, place in places.items()}
    for name in ("subject", "rater"):
        if not found[name]:
            raise ValueError(f"the {name} is missing")
    return found["subject"], found["rater"], found.get("item", ""), _level(found["level"], lowest, highest)


def _level(text: str, lowest: int, highest: int) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}(\.0+)?", text):
        raise ValueError(f"“{text[:40]}” is not a level: write a whole number, or nothing for no evidence")
    level = float(text)
    if not lowest <= level <= highest:
        raise ValueError(f"level {text} is off the scale {lowest} to {highest}")
    return level
