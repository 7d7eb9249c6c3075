"""`aftersign init`: a database with the default edition in force, ready for people to be listed."""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings

from aftersign.cli.alone import alone
from aftersign.cli.company import answer, only_json
from aftersign.cli.keeping import emptiness, workroom
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import prove
from aftersign.desk.setup import founding
from aftersign.kernel.journal.proof import keys
from aftersign.kernel.org.queries import company


@click.command()
@click.option("--company", "name", default=founding.UNNAMED, show_default=True, help="Its name, at the first run.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def init(name: str, as_json: bool) -> None:
    """Make or bring up to date the database; may be repeated at any time."""
    with only_json(as_json), alone():
        _refuse_half_restored()
        founding.prepare()
        steps = [*founding.found(name), founding.certificate(company())]
        who = founding.administrator(company())
        prove()
        workroom.end_restore()
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
            click.echo(founding.said_of(who))

    answer(document, as_json, said)


def _refuse_half_restored() -> None:
    """A company of its own beside files of a restore that was killed would be nobody's."""
    begun = workroom.begun_restore()
    if begun is not None and not emptiness.has_tables():
        said = f"the restore of {begun} was interrupted before the database was back"
        raise click.ClickException(f"{said}: run `aftersign restore` again, or take another AFTERSIGN_HOME")
