"""`aftersign check`: is this installation fit for use?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import Any

import click
from django.db import DatabaseError

from aftersign.cli.checking import around, database, home, pages, running
from aftersign.cli.checking.lines import Line, fault
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import orderly

_MARKS = {"ok": "ok     ", "warning": "look   ", "fault": "FAULT  "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def check(as_json: bool) -> None:
    """Look whether this installation is fit for use, and say what to do; exit 1 when something is at fault."""
    with only_json(as_json):
        lines = list(_looked())
    count = Counter(each.state for each in lines)
    document: dict[str, Any] = {"ok": not count["fault"], "checks": [asdict(each) for each in lines]}

    def said() -> None:
        for each in lines:
            click.echo(f"{_MARKS[each.state]} {each.check:<12} {each.what}")
            if each.do:
                click.echo(f"{'':<20} → {each.do}")
        click.echo(f"{count['ok']} in order, {count['warning']} to look at, {count['fault']} at fault")

    answer(document, as_json, said)
    raise SystemExit(1 if count["fault"] else 0)


def _looked() -> Iterator[Line]:
    """All lines; what lies in the database is looked at only when it can be used."""
    first = database.is_usable()
    yield first
    yield from home.look()
    if first.state == "ok":
        try:
            yield from chain(database.look(), running.look(), [around.sign_ins()])
        except DatabaseError as error:
            yield fault("database", f"it cannot be read: {error}", "`aftersign verify` says more")
    yield pages.look()
    yield from around.look()
