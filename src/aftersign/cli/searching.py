"""`aftersign search …`: the index of what people find, built again from the tables."""

from __future__ import annotations

import time
from typing import Any

import click

from aftersign.cli.company import answer
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.journal import readers
from aftersign.kernel.journal.pouring import settled
from aftersign.kernel.search.filling import rebuild as rebuilt
from aftersign.kernel.search.sources import reader_of, sources


@click.group()
def search() -> None:
    """The index of what people find."""


@search.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def rebuild(as_json: bool) -> None:
    """Build the index anew from orders, customers, people, papers and clauses; it can be searched meanwhile."""
    founded()
    began = time.perf_counter()
    found: dict[str, int] = {}
    for source in sources():
        # What is stated from here on is written by the reader; all before stands in the tables already.
        readers.go_to_end(reader_of(source))
        found[source.name] = rebuilt(source)
    settled()
    seconds = round(time.perf_counter() - began, 2)
    document: dict[str, Any] = {"found": found, "seconds": seconds}

    def said() -> None:
        for name, number in found.items():
            click.echo(f"{number:>9} {name}")
        click.echo(f"built in {seconds} s")

    answer(document, as_json, said)
