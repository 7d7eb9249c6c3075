"""`aftersign backup`: everything that this installation is, in one archive that was read back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError

from aftersign.cli.company import answer, only_json
from aftersign.cli.keeping import passphrases, writing
from aftersign.cli.keeping.manifest import Manifest
from aftersign.cli.keeping.plainly import plainly
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.org import marks

_KEPT = {
    "none": "the keys are left out",
    "same": "the keys are sealed once more under the same passphrase",
    "own": "the keys are sealed under a passphrase of their own",
}
AN_EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--passphrase-file", type=AN_EXISTING_FILE, help="Its first line is the passphrase of the archive.")
@click.option("--keys-passphrase-file", type=AN_EXISTING_FILE, help="Its first line is the passphrase of the keys.")
@click.option("--without-keys", is_flag=True, help="Leave the keys out of the archive.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def backup(
    file: Path, passphrase_file: Path | None, keys_passphrase_file: Path | None, without_keys: bool, as_json: bool
) -> None:
    """Write database, files, checkpoints and keys to FILE, sealed with a passphrase, while everybody goes on working.

    The passphrase comes from AFTERSIGN_BACKUP_PASSPHRASE, a file, or the terminal; that of the keys likewise from
    AFTERSIGN_BACKUP_KEYS_PASSPHRASE, and is the same unless given. FILE appears when all of it was read back.
    """
    founded()
    with only_json(as_json), plainly():
        main = passphrases.asked(passphrase_file, twice=True)
        own = passphrases.given(keys_passphrase_file, passphrases.KEYS)
        phrases = writing.Phrases(main, None if without_keys else own or main)
        made = writing.make(file.absolute(), phrases)
        _remember(file.absolute(), made)
    document = {"file": str(file), "bytes": file.stat().st_size, "verified": True, **asdict(made)}
    answer(document, as_json, lambda: _say(document))
    raise SystemExit(1 if made.lacking else 0)


def _remember(file: Path, made: Manifest) -> None:
    """For `aftersign check`: when the last backup was made; the archive is good whether or not this is written."""
    try:
        marks.put(marks.BACKUP, datetime.fromisoformat(made.made), {"file": str(file)})
    except DatabaseError as error:
        click.echo(f"the database does not remember this backup: {error}", err=True)


def _say(document: dict[str, Any]) -> None:
    click.echo(f"{document['company']}, edition {document['edition']}, {document['facts']} facts")
    click.echo(f"end of the chain {document['head']}")
    rows, tables = sum(document["tables"].values()), len(document["tables"])
    click.echo(f"{rows} rows of {tables} tables, {document['files']} files, {document['checkpoints']} checkpoints")
    click.echo(_KEPT[document["keys"]])
    for each in document["lacking"]:
        click.echo(f"WRONG  {each}")
    click.echo(f"{document['file']}: {document['bytes']} bytes, read back and in order")
