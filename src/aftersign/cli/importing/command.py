"""`aftersign import orders`: signed orders from a table, as often as wanted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import founded, orderly
from aftersign.cli.proving import prove
from aftersign.desk.importing.foretelling import Late, late_at_once
from aftersign.desk.importing.maps import BadMap, Files, in_folder, load_map
from aftersign.desk.importing.taking_in import Bad, Good, Intake, rows_of, take_in
from aftersign.kernel.access.actor import operating
from aftersign.kernel.shell.sheets import Sheet, Unreadable, read_sheet
from aftersign.orders.acts.adopting import stage_faults


@click.group(name="import")
def import_group() -> None:
    """Bring in what other systems know."""


@import_group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "map_name", required=True, help="A map that is shipped (northwind), or a .toml file.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--partly", is_flag=True, help="Take in the good rows although there are bad ones.")
@click.option(
    "--adopt", "stage", metavar="STAGE", default="", help="Adopt running orders at the stage they had reached."
)
@click.option("--shift-days", default=0, show_default=True, help="Move every day by so many days.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def orders(file: Path, map_name: str, dry_run: bool, partly: bool, stage: str, shift_days: int, as_json: bool) -> None:
    """Take in the orders of FILE, a CSV or XLSX; an order is known again by its contract number.

    Rows that cannot come in go to FILE.errors.csv with their reasons; unless --partly is said, nothing comes in then.
    Before anything comes in it is said how many duties would be late at once; --adopt takes running orders in without.
    """
    with only_json(as_json):
        sheet, rows, intake = _read(file, map_name, shift_days, stage)
        late = late_at_once((row[1] for row in rows if not isinstance(row, Bad)), intake.company, stage)
        _foretell(late)
        outcome = take_in(rows, intake, partly=partly, dry_run=dry_run)
    errors = _write_errors(file, sheet, outcome.bad) if outcome.bad else None
    counts = {name: getattr(outcome, name) for name in ("created", "updated", "unchanged")}
    document: dict[str, Any] = {**counts, "refused": len(outcome.bad), "errors": errors, "dry_run": dry_run}
    document |= {"adopted_at": stage or None, "late_at_once": late.total, "overdue_at_once": late.overdue}

    def said() -> None:
        for name in ("created", "updated", "unchanged", "refused"):
            click.echo(f"{document[name]:6d} {name}")
        if errors:
            click.echo(f"the rows that were refused, with reasons: {errors}")

    if not dry_run:
        prove()
    answer(document, as_json, said)
    raise SystemExit(1 if outcome.bad and not partly else 0)


def _read(file: Path, map_name: str, shift: int, stage: str) -> tuple[Sheet, list[Good | Bad], Intake]:
    try:
        chart = load_map(map_name)
        intake = Intake(founded(), operating("import"), stage)
        if stage and (faults := list(stage_faults(stage))):
            raise click.UsageError(faults[0].sentence)
        sheet = read_sheet(file, chart.loose)
        rows = list(rows_of(sheet, chart, Files(in_folder(file.parent), chart.joined), shift))
    except BadMap as bad:
        raise click.UsageError(str(bad)) from None
    except Unreadable as bad:
        raise click.ClickException(str(bad)) from None
    return sheet, rows, intake


def _foretell(late: Late) -> None:
    """Say beforehand what would be late, and how to avoid it."""
    if late.total:
        said = f"{late.total} duties of {late.orders} orders would be late at once ({late.overdue} of them overdue)"
        click.echo(f"{said}; --adopt STAGE takes orders in that were running before the rules took effect", err=True)


def _write_errors(file: Path, sheet: Sheet, bad: Sequence[Bad]) -> str:
    """Keep the refused rows beside the file: row number, reasons, and the row as it stood there."""
    path = file.with_name(f"{file.name}.errors.csv")
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(["row", "reasons", *filter(None, sheet.columns)])
            for each in bad:
                writer.writerow([each.row[0], "; ".join(map(str, each.reasons)), *each.row[1].values()])
    except OSError as error:
        for each in bad:
            click.echo(f"row {each.row[0]}: {'; '.join(map(str, each.reasons))}", err=True)
        raise click.ClickException(f"the reasons cannot be written to {path}: {error}") from None
    return str(path)
