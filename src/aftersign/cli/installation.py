"""`aftersign init`: a database with the default edition in force, ready for people to be listed."""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings

from aftersign.cli import founding
from aftersign.cli.alone import alone
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import prove
from aftersign.kernel.journal.proof import keys
from aftersign.kernel.org.queries import company


@click.command()
@click.option("--company", "name", default="我的公司", show_default=True, help="Its name, at the first run.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def init(name: str, as_json: bool) -> None:
    """Make or bring up to date the database; may be repeated at any time."""
    with only_json(as_json), alone():
        founding.prepare()
        steps = list(founding.found(name))
        who = founding.administrator(company())
        prove()
    document: dict[str, Any] = {
        "home": str(settings.HOME),
        "database": founding.engine_name(),
        "done": [step.what for step in steps if step.done],
        "key": keys.records()[0].public,
        "administrator": {"account": who.account, "password": who.password},
    }

    def said() -> None:
        for step in steps:
            click.echo(f"{'made ' if step.done else 'there'}  {step.what}")
        click.echo(f"first key of the journal {document['key']}")
        if who.password:
            click.echo(f"administrator {who.account}, password {who.password} (shown only now)")

    answer(document, as_json, said)
