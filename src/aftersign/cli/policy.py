"""`aftersign policy …`: a rulebook on its own, without database and settings."""

from __future__ import annotations

import json
from pathlib import Path

import click

from aftersign.cli.lazy import LazyGroup
from aftersign.policy.rulebook import examine

_COMMANDS = {
    "run": "aftersign.cli.policy_run:run",
    "coverage": "aftersign.cli.policy_coverage:coverage",
}
_COMPANY = {
    "adopt": "aftersign.cli.policy_live:adopt",
    "rebuild": "aftersign.cli.policy_rebuild:rebuild",
}


@click.group(cls=LazyGroup, lazy=_COMMANDS, company=_COMPANY)
def policy() -> None:
    """Check, run and cover a rulebook."""


@policy.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(folder: Path, as_json: bool) -> None:
    """Say what in the rulebook in DIR cannot stand: FILE:LINE: reason.

    Ends with 0 when it is sound, with 1 when it is not.
    """
    rulebook, faults = examine(folder)
    clauses, terms = (len(rulebook.clauses), len(rulebook.terms)) if rulebook else (0, 0)
    if as_json:
        listed = [{"file": fault.file, "line": fault.line, "reason": fault.reason} for fault in faults]
        click.echo(json.dumps({"ok": not faults, "faults": listed, "clauses": clauses, "terms": terms}))
    else:
        for fault in faults:
            click.echo(str(fault))
        if not faults:
            click.echo(f"{clauses} clauses, {terms} terms, no faults")
    raise SystemExit(1 if faults else 0)
