"""`aftersign print`: forms on paper, from the command line."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click
from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.printing import print_form
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access.actor import operating
from aftersign.kernel.org.models import Company
from aftersign.kernel.print.setting import Printed
from aftersign.orders.models import Order


@click.group("print")
def print_group() -> None:
    """Print forms as PDF files."""


@print_group.command()
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@orderly
def handover(number: str, file: Path) -> None:
    """Print the order handover form of an order to FILE, in its latest version and in the language of the company.

    NUMBER is the number of the order or of the form. The file appears only when it is complete.
    """
    printed = _printed(number, founded())
    try:
        _write(file.resolve(), printed.pdf)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None
    if printed.warning:
        click.echo(printed.warning, err=True)
    click.echo(f"{number} in {file}")


def _printed(number: str, company: Company) -> Printed:
    named = Q(number=number) | Q(handover__number=number)
    order = Order.objects.select_related("customer", "sales_owner__department").filter(named).first()
    if order is None:
        raise click.ClickException(f"there is no order {number}")
    standing = queries.standing(order)
    if standing.form is None:
        raise click.ClickException(f"the handover form of {order.number} has not been submitted yet")
    with translation.override(company.language), timezone.override(company.time_zone):
        return print_form(standing, standing.form, origin=_origin(), by=operating().name)


def _origin() -> str:
    """Where people reach this installation: the first address that it was told, else the one where it serves."""
    told = settings.CSRF_TRUSTED_ORIGINS
    return told[0] if told else f"http://127.0.0.1:{settings.PORT}"


def _write(file: Path, content: bytes) -> None:
    """Write beside the file first, and put it in its place when all of it is on the disk; it is its owner's alone."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
