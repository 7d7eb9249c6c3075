"""`aftersign verify`: is the journal of this database, or in an exported file, still the one that was stated?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer, start
from aftersign.kernel.journal.proof import filed
from aftersign.kernel.journal.proof.report import Finding, Report
from aftersign.policy.rulebook.folder import digest_of

SHOWN = 100
"""Problems that are said to a person; with --json all are there."""


@click.command()
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An exported journal, which needs no database.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(file: Path | None, as_json: bool) -> None:
    """Verify facts, chain, private values, triggers, checkpoints and files; exit 1 when something is not in order."""
    report = of_file(file) if file else _of_database()
    is_good = not report.problems
    document: dict[str, Any] = {"ok": is_good, "facts": report.facts}
    document |= {name: [asdict(each) for each in getattr(report, name)] for name in ("problems", "notes")}
    answer(document, as_json, lambda: _say(report))
    raise SystemExit(0 if is_good else 1)


def _of_database() -> Report:
    """What is found in the database of this installation; Django is needed for this alone."""
    start()
    texts = import_module("aftersign.policy.editions.proving")
    strays = import_module("aftersign.kernel.vault.strays")
    found: Report = import_module("aftersign.kernel.journal.proof.database").verify(texts.look, strays.look)
    return found


def _texts_fit(said: Mapping[str, Any]) -> bool:
    """Whether the texts that a line carries are those of the edition of which its fact speaks."""
    try:
        return digest_of(said["texts"]) in said["files"]
    except (TypeError, KeyError, AttributeError):
        return False


def of_file(file: Path) -> Report:
    """What is found in an exported file."""
    try:
        return filed.verify(file, [filed.Beside("texts", "policy.drafted", _texts_fit)])
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror or error}") from None


def _say(report: Report) -> None:
    for each in report.notes:
        click.echo(_line("note ", each))
    for each in report.problems[:SHOWN]:
        click.echo(_line("WRONG", each))
    if len(report.problems) > SHOWN:
        click.echo(f"and {len(report.problems) - SHOWN} more; --json names all")
    found = f"{len(report.problems)} problems" if report.problems else "all in order"
    click.echo(f"{report.facts} facts: {found}")


def _line(mark: str, finding: Finding) -> str:
    place = f"fact {finding.sequence}" if finding.sequence is not None else "-"
    return f"{mark}  {place:<14} {finding.kind:<20} {finding.what}"
