"""`aftersign import orders`: signed orders from a table, as often as wanted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer, only_json
from aftersign.cli.importing.maps import BadMap, Files, load_map
from aftersign.cli.importing.sheets import Sheet, Unreadable, read_sheet
from aftersign.cli.importing.taking_in import Bad, Intake, Outcome, rows_of, take_in
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access.actor import operating


@click.group(name="import")
def import_group() -> None:
    """Bring in what other systems know."""


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "map_name", required=True, help="A map that is shipped (northwind), or a .toml file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--partly", is_flag=True, help="Take in the good rows although there are bad ones.")
@click.option("--adopt", metavar="STAGE", help="Adopt running orders at a stage; this is not there yet.")
@click.option("--shift-days", default=0, show_default=True, help="Move every day by so many days.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def orders(
    file: Path, map_name: str, dry_run: bool, partly: bool, adopt: str | None, shift_days: int, as_json: bool
) -> None:
    """Take in the orders of FILE, a CSV or XLSX; an order is known again by its contract number.

    Rows that cannot come in go to FILE.errors.csv with their reasons; unless --partly is said, nothing comes in then.
    """
    if adopt is not None:
        raise click.UsageError("orders cannot be adopted at a stage yet; leave --adopt out to register them")
    with only_json(as_json):
        sheet, outcome = _taken_in(file, map_name, shift_days, partly, dry_run)
    errors = _write_errors(file, sheet, outcome.bad) if outcome.bad else None
    counts = {name: getattr(outcome, name) for name in ("created", "updated", "unchanged")}
    document: dict[str, Any] = {**counts, "refused": len(outcome.bad), "errors": errors, "dry_run": dry_run}

    def said() -> None:
        for name in ("created", "updated", "unchanged", "refused"):
            click.echo(f"{document[name]:6d} {name}")
        if errors:
            click.echo(f"the rows that were refused, with reasons: {errors}")

    answer(document, as_json, said)
    raise SystemExit(1 if outcome.bad and not partly else 0)


def _taken_in(file: Path, map_name: str, shift: int, partly: bool, dry_run: bool) -> tuple[Sheet, Outcome]:
    try:
        chart = load_map(map_name)
        intake = Intake(founded(), operating("import"))
        sheet = read_sheet(file, chart.loose)
        rows = list(rows_of(sheet, chart, Files(file.parent, chart.joined), shift))
    except BadMap as bad:
        raise click.UsageError(str(bad)) from None
    except Unreadable as bad:
        raise click.ClickException(str(bad)) from None
    return sheet, take_in(rows, intake, partly=partly, dry_run=dry_run)


def _write_errors(file: Path, sheet: Sheet, bad: Sequence[Bad]) -> str:
    """Keep the refused rows beside the file: row number, reasons, and the row as it stood there."""
    path = file.with_name(f"{file.name}.errors.csv")
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["row", "reasons", *filter(None, sheet.columns)])
            for each in bad:
                writer.writerow([each.row[0], "; ".join(each.reasons), *each.row[1].values()])
    except OSError as error:
        for each in bad:
            click.echo(f"row {each.row[0]}: {'; '.join(each.reasons)}", err=True)
        raise click.ClickException(f"the reasons cannot be written to {path}: {error}") from None
    return str(path)
