"""`aftersign restore`: an archive put back in an empty place."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer, only_json
from aftersign.cli.keeping import finishing, passphrases, restoring
from aftersign.cli.keeping.backup import AN_EXISTING_FILE
from aftersign.cli.keeping.plainly import plainly
from aftersign.cli.orderly import orderly


@click.command()
@click.argument("file", type=AN_EXISTING_FILE)
@click.option("--passphrase-file", type=AN_EXISTING_FILE, help="Its first line is the passphrase of the archive.")
@click.option("--keys-passphrase-file", type=AN_EXISTING_FILE, help="Its first line is the passphrase of the keys.")
@click.option("--without-keys", is_flag=True, help="Leave the keys where they are, in the archive.")
@click.option("--by", "account", default="", help="The account of whoever decided so, if facts are lost.")
@click.option("--reason", default="", help="Why; kept with the fact that states what is lost.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def restore(
    file: Path,
    passphrase_file: Path | None,
    keys_passphrase_file: Path | None,
    without_keys: bool,
    account: str,
    reason: str,
    as_json: bool,
) -> None:
    """Put the archive FILE back in an empty AFTERSIGN_HOME, with an empty database or none.

    All of it is read and compared before anything is written. Facts that checkpoints outside know of and that are not
    in the archive are stated as lost. Exit 1 when it is back and something in it is not in order.
    """
    with only_json(as_json), plainly():
        main = passphrases.asked(passphrase_file, twice=False)
        own = passphrases.given(keys_passphrase_file, passphrases.KEYS)
        source = restoring.opened(file.absolute(), main, None if without_keys else own or main)
        restoring.put_back(source)
        why = reason or f"restored from the backup of {source.said.made}"
        outcome = finishing.finish(source, account=account, reason=why)
    lost = outcome.lost and {"epoch": outcome.lost.epoch, "from": outcome.lost.agreed + 1, "to": outcome.lost.lost_to}
    document: dict[str, Any] = {"file": str(file), "ok": not outcome.problems, **asdict(source.said), "lost": lost}
    document |= {"problems": [asdict(each) for each in outcome.problems], "by_hand": outcome.by_hand}
    answer(document, as_json, lambda: _say(document))
    raise SystemExit(1 if outcome.problems else 0)


def _say(document: dict[str, Any]) -> None:
    click.echo(f"{document['company']} as of {document['made']}, edition {document['edition']}")
    rows = sum(document["tables"].values())
    click.echo(
        f"{document['facts']} facts, {rows} rows, {document['files']} files, {document['checkpoints']} checkpoints"
    )
    if document["lost"]:
        said = document["lost"]
        click.echo(f"facts {said['from']} to {said['to']} are stated as lost; epoch {said['epoch']} begins")
    for each in document["problems"]:
        click.echo(f"WRONG  {each['kind']}  {each['what']}")
    click.echo("verified: all in order" if document["ok"] else f"{len(document['problems'])} problems")
    click.echo("by hand:")
    for step in document["by_hand"]:
        click.echo(f"  {step}")
