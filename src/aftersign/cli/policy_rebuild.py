"""`aftersign policy rebuild`: all duties derived again from the journal of this database, or from an exported one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import prove
from aftersign.desk.setup.founding import prepare
from aftersign.kernel.journal.exchange import BrokenChain
from aftersign.policy.rebuild import Different, Told
from aftersign.policy.rebuild import rebuild as derive_again
from aftersign.policy.restoring import restore


@click.command()
@click.option(
    "--from", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="An exported journal."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def rebuild(file: Path | None, as_json: bool) -> None:
    """Derive all duties again and say what had stood otherwise; exit 1 when something had.

    With --from the journal in FILE is read into the empty database of AFTERSIGN_HOME first.
    """
    found: list[Different] = []
    with only_json(as_json):
        if file is not None:
            prepare()
            _restore(file)
        result = derive_again(_told(found, as_json) if file is None else lambda each: None)
        if file is not None:
            prove()
    different = 0 if file is not None else result.differences
    document = {"orders": result.orders, "duties": result.duties, "different": [asdict(each) for each in found]}

    def said() -> None:
        click.echo(f"{result.duties} duties of {result.orders} orders, {different} stood otherwise")

    answer(document, as_json, said)
    raise SystemExit(1 if different else 0)


def _told(found: list[Different], as_json: bool) -> Told:
    """What becomes of a difference: kept for the one document, or said at once."""
    if as_json:
        return found.append
    return lambda each: click.echo(f"{each.kind}: {each.id} {', '.join(each.fields)}".rstrip())


def _restore(file: Path) -> None:
    with file.open(encoding="utf-8") as lines:
        try:
            restore(lines)
        except BrokenChain as broken:
            raise click.ClickException(f"{file}: {broken}") from None
