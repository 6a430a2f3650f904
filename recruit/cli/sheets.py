"""Spreadsheets in and out."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from recruit.cli.frame import console, within
from recruit.settings import load


@click.group(name="import")
def import_() -> None:
    """Bring data in from a spreadsheet."""


@import_.command(name="applications")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vacancy", type=int, required=True, help="Number of the vacancy, as in its address.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--skip-rejected", is_flag=True, help="Leave out rows that cannot be imported.")
@click.option("--skip-duplicates", is_flag=True, help="Leave out rows that seem to be there already.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_applications(
    file: Path, vacancy: int, dry_run: bool, skip_rejected: bool, skip_duplicates: bool, as_json: bool
) -> None:
    """Import applications from a CSV or XLSX FILE: all of it, or nothing.

    Rows that cannot be imported, or that seem to be there already, stop the import unless they are skipped.
    """
    from competences.actor import SYSTEM
    from recruit.applications.commands import import_file

    content = file.read_bytes()
    _run(
        lambda: import_file(
            SYSTEM, vacancy, content, file.name, dry_run=dry_run,
            skip_rejected=skip_rejected, skip_duplicates=skip_duplicates,
        ),
        dry_run=dry_run, as_json=as_json,
    )  # fmt: skip


@import_.command(name="levels")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--skip-rejected", is_flag=True, help="Leave out rows that cannot be imported.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_levels(file: Path, dry_run: bool, skip_rejected: bool, as_json: bool) -> None:
    """Import levels of people who work here from a CSV or XLSX FILE: all of it, or nothing.

    Either people by competences, or a row for each person, competence and level. Rows that cannot be imported stop
    the import unless they are skipped.
    """
    from recruit.coverage.commands import import_levels_file
    from recruit.web.i18n import local

    now = datetime.now(UTC)
    content = file.read_bytes()
    _run(
        lambda: import_levels_file(
            content, file.name, now, local(now).date(), dry_run=dry_run, skip_rejected=skip_rejected
        ),
        dry_run=dry_run, as_json=as_json,
    )  # fmt: skip


@import_.command(name="completions")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and store nothing.")
@click.option("--skip-rejected", is_flag=True, help="Leave out rows that cannot be imported.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_completions(file: Path, dry_run: bool, skip_rejected: bool, as_json: bool) -> None:
    """Import completions of courses from a CSV or XLSX FILE, or from xAPI statements as JSON: all of it, or nothing.

    Rows that cannot be imported stop the import unless they are skipped. What is here already, failed or voided is
    passed over.
    """
    from recruit.training.commands.imports import import_completions_file
    from recruit.web.i18n import local

    now = local(datetime.now(UTC))
    content = file.read_bytes()
    _run(
        lambda: import_completions_file(
            content, file.name, now, now.date(), dry_run=dry_run, skip_rejected=skip_rejected
        ),
        dry_run=dry_run, as_json=as_json,
    )  # fmt: skip


def _run(work: Callable[[], Awaitable[dict[str, Any]]], *, dry_run: bool, as_json: bool) -> None:
    """Run an import, print its report, and end with the code that says how it went."""
    from recruit.sheets.sheet import Unreadable

    try:
        report = within(load(), work)
    except Unreadable as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(2) from error
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _tell(report, dry_run=dry_run)
    raise SystemExit(0 if dry_run or report["imported"] else 1)


def _tell(report: dict[str, Any], *, dry_run: bool) -> None:
    """Print an import's report for a person."""
    click.echo(f"{report['rows']} rows, {len(report['accepted'])} can be imported.")
    if report["left_out"]:
        click.echo(f"Left out, as they have no place here: {', '.join(map(str, report['left_out']))}")
    for warning in report["warnings"]:
        click.echo(str(warning), err=True)
    for row in report["rejected"]:
        click.echo(f"line {row['line']}: {row['reason']}", err=True)
    for row in report["duplicates"]:
        click.echo(f"line {row['line']}: {row['sentence']}", err=True)
    if report.get("imported"):
        click.echo(f"{report['imported']} imported.")
    elif not dry_run:
        click.echo(
            "Nothing was imported: correct these lines first, or leave them out (see --help).", err=True
        )


@click.group()
def export() -> None:
    """Write data out, harmless for spreadsheets."""


def _out(verb: Callable[..., Any]) -> Callable[..., Any]:
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option("--out", type=kind, required=True, help="CSV or XLSX file.")(verb)


@export.command(name="applications")
@click.option("--vacancy", type=int, required=True, help="Number of the vacancy, as in its address.")
@_out
def export_applications(vacancy: int, out: Path) -> None:
    """Write the applications of a vacancy; never a score."""
    from recruit.applications.queries import export_rows

    _write_table(out, lambda: export_rows(vacancy))


@export.command(name="log")
@_out
def export_log(out: Path) -> None:
    """Write the log of everything that was written."""
    from competences.audit.queries import export_rows

    _write_table(out, export_rows)


@export.command(name="completions")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV, XLSX or JSON file."
)
@click.option("--address", default="", help="Where Recruit is reached, for the statements in a JSON file.")
def export_completions(out: Path, address: str) -> None:
    """Write every completion, withdrawn ones too; as JSON what counts, as xAPI statements."""
    from competences.actor import SYSTEM
    from competences.people.reach import Reach
    from competences.training.queries.completions import CompletionFilter
    from recruit.training.queries.exports import export_rows
    from recruit.training.rules.exports import ExportRow, statements, table
    from recruit.web.i18n import today

    async def read() -> list[ExportRow]:
        return await export_rows(SYSTEM, Reach.ALL, CompletionFilter(), today())

    if out.suffix.lower() != ".json":
        _write_table(out, lambda: _in_table(read, table))
        return
    found = statements(within(load(), read), address.rstrip("/") or "https://recruit.invalid")
    out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"{out}: {len(found)} statements.")


async def _in_table(read: Callable[[], Awaitable[Any]], table: Callable[[Any], Any]) -> Any:
    return table(await read())


def _write_table(out: Path, read: Callable[[], Any]) -> None:
    from recruit.sheets.writing import to_csv, to_xlsx

    if out.suffix.lower() not in {".csv", ".xlsx"}:
        raise click.UsageError("The name of the file must end in .csv or .xlsx.")
    header, rows = within(load(), read)
    xlsx = out.suffix.lower() == ".xlsx"
    out.write_bytes(to_xlsx(header, rows, out.stem) if xlsx else to_csv(header, rows))
    console.print(f"{out}: {len(rows)} rows.")


@export.command(name="frameworks")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="JSON file.")
def export_frameworks(out: Path) -> None:
    """Write every framework version that is no draft, with all its words."""
    from competences.actor import SYSTEM
    from competences.frameworks.queries import text_of, versions
    from competences.people.reach import Reach

    async def read() -> list[dict[str, Any]]:
        return [
            {"number": row.number, "state": row.state, **asdict(await text_of(row.id))}
            for row in await versions(SYSTEM, Reach.ALL)
        ]

    found = within(load(), read)
    out.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"{out}: {len(found)} framework versions.")
