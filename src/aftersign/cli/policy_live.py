"""`aftersign policy adopt`: a rulebook comes into force in this company."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from django.utils.timezone import localtime

from aftersign.chapters.final.acts import put_in_force
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access.actor import operating


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="From this day on; today unless said.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def adopt(folder: Path, from_on: datetime | None, as_json: bool) -> None:
    """Put the rulebook in DIR in force, from the first minute of a day on.

    Orders signed before keep the edition of their signing. A rulebook that cannot stand is refused with FILE:LINE:
    reason and status 1, and the one in force stays in force.
    """
    with only_json(as_json):
        company, day = founded(), from_on.date() if from_on else None
        edition = put_in_force(company, folder=folder, from_on=day, by=operating("setup"))
    since = localtime(edition.in_force_from).isoformat() if edition.in_force_from else None
    document = {"version": edition.version, "digest": edition.digest, "in_force_from": since}
    standing = f"in force from {since}" if since else f"waits for {day}"
    answer(document, as_json, lambda: click.echo(f"version {edition.version}: {standing}"))
