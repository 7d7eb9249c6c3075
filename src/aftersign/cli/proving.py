"""The checkpoint with which commands end that have stated facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from aftersign.kernel.journal.proof import taking
from aftersign.kernel.journal.proof.checkpoints import Checkpoint
from aftersign.kernel.journal.proof.faults import NoCheckpoint


@contextmanager
def plainly() -> Iterator[None]:
    """End the command with a sentence when nothing can be signed."""
    try:
        yield
    except NoCheckpoint as reason:
        raise click.ClickException(str(reason)) from None


def prove() -> Checkpoint | None:
    """Take a checkpoint; ends the command with a sentence when none can be written. What was done before stays done."""
    try:
        return taking.take()
    except NoCheckpoint as reason:
        raise click.ClickException(f"no checkpoint was written: {reason}") from None
