"""How a command of the company ends when it cannot go on: with a sentence and status 1, never with a traceback."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from django.db import DatabaseError
from django.utils import translation

from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company
from aftersign.kernel.org.queries import company

P = ParamSpec("P")
R = TypeVar("R")


def orderly(command: Callable[P, R]) -> Callable[P, R]:
    """Say in English what stands in the way of a command, a line for each reason."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with translation.override("en"):
                return command(*args, **kwargs)
        except Refused as refused:
            for each in refused.refusals:
                click.echo(each.sentence, err=True)
            raise SystemExit(1) from None
        except DatabaseError as error:
            said = f"the database cannot be used: {error}; `aftersign init` makes it ready"
            raise click.ClickException(said) from None
        except OSError as error:
            raise click.ClickException(f"a file cannot be used: {error}") from None

    return run


def founded() -> Company:
    """The company of this installation; ends the command when there is none yet."""
    try:
        return company()
    except Company.DoesNotExist:
        raise click.ClickException("there is no company yet: run `aftersign init` first") from None
