"""Starting Django for the commands that need the company's database, and answering in the manner of a command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from typing import Any

import click


def start() -> None:
    """Load the settings and the rooms; commands of the policy alone never do.

    Settings that cannot hold (a home that cannot be written, an address that names no database) end the command.
    """
    settings = os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersign.project.settings")
    try:
        import_module(settings)
    except (OSError, ValueError) as error:
        raise click.ClickException(f"this installation cannot start: {error}") from None
    import_module("django").setup()


@contextmanager
def only_json(as_json: bool) -> Iterator[None]:
    """With --json everything but the one document goes to standard error."""
    if not as_json:
        yield
        return
    with redirect_stdout(sys.stderr):
        yield


def answer(document: dict[str, Any], as_json: bool, said: Callable[[], None]) -> None:
    """Print one JSON document, or say it to a person."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        said()
