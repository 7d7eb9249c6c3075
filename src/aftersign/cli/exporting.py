"""`aftersign export journal`: everything that was ever stated, in a file that can be read without us."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import plainly, prove
from aftersign.kernel.access import audit
from aftersign.kernel.access.models import Event
from aftersign.kernel.journal.proof import exporting
from aftersign.policy.restoring import journal_lines


@click.group()
def export() -> None:
    """Give out what this installation holds."""


@export.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def journal(file: Path, as_json: bool) -> None:
    """Write the journal to FILE, a line of JSON for each fact; editions are there with their texts.

    The file appears only when it is complete. It holds private values too, so that only its owner may read it.
    """
    if file.exists() and not file.is_file():
        raise click.ClickException(f"{file} is no file")
    try:
        with plainly():
            count = _write(file.resolve())
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None
    audit.note(Event.EXPORTED, subject=f"journal, {count} facts")
    answer({"facts": count, "file": str(file)}, as_json, lambda: click.echo(f"{count} facts in {file}"))


def _proven() -> tuple[int | None, dict[int, Any]]:
    """How far the journal is signed, after a checkpoint, and what proves it, by sequence; nothing of an empty one."""
    newest = prove()
    return (newest.size, exporting.proofs(newest)) if newest else (None, {})


def _write(file: Path) -> int:
    """Write beside the file first, and put it in its place when all of it is on the disk."""
    upto, proofs = _proven()
    beside, count = file.with_name(f".{file.name}.{secrets.token_hex(4)}"), 0
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            for line in journal_lines(upto, proofs):
                target.write(f"{line}\n")
                count += 1
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return count
