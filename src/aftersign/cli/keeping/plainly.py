"""How commands of this package end when they cannot go on: with a sentence, and with nothing half left behind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from aftersign.cli.keeping.faults import NoArchive


@contextmanager
def plainly() -> Iterator[None]:
    """Say why there is no archive, or why it cannot be put back; who is told to stop cleans up first."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except NoArchive as why:
        raise click.ClickException(str(why)) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + signal.SIGTERM)
