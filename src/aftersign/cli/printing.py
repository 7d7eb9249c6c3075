"""`aftersign print`: forms on paper, from the command line."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from django.db.models import Q
from django.utils import timezone, translation

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.printing import print_form
from aftersign.cli.company import answer
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access.actor import operating
from aftersign.kernel.org.models import Company
from aftersign.kernel.seal.models import SealedForm
from aftersign.kernel.seal.queries import any_sealed
from aftersign.kernel.units.addresses import origin
from aftersign.kernel.vault import places
from aftersign.orders.models import Order

FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class Sheet:
    """What is written: the number of the document, its PDF, whether it is sealed, and a warning, if any."""

    number: str
    pdf: bytes
    is_sealed: bool
    warning: str = ""


@click.group("print", invoke_without_command=True)
@click.option("--any-sealed", "any_file", type=FILE, metavar="FILE.pdf", help="Write any one sealed form to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def print_group(context: click.Context, any_file: Path | None, as_json: bool) -> None:
    """Print forms as PDF files."""
    if any_file is not None and context.invoked_subcommand is None:
        write_any(any_file, as_json)
    elif context.invoked_subcommand is None:
        raise click.UsageError("say which form is to be printed, or --any-sealed FILE.pdf")


@print_group.command()
@click.argument("number", required=False)
@click.argument("file", type=FILE, required=False)
@click.option("--any-sealed", "is_any", is_flag=True, help="Any one sealed form, in place of NUMBER.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def handover(number: str | None, file: Path | None, is_any: bool, as_json: bool) -> None:
    """Print the order handover form of an order to FILE, in its latest version and in the language of the company.

    NUMBER is the number of the order or of the form. Once the form is sealed, FILE is the sealed file. It appears only
    when it is complete.
    """
    if is_any and number and file is None:
        _give(_any(), Path(number), as_json)
    elif number and file and not is_any:
        _give(_sheet(number, founded()), file, as_json, number)
    else:
        raise click.UsageError("say NUMBER FILE.pdf, or --any-sealed FILE.pdf")


@orderly
def write_any(file: Path, as_json: bool) -> None:
    """Write any one sealed form; ends the command with a sentence when there is none."""
    _give(_any(), file, as_json)


def _any() -> Sheet:
    founded()
    sealed = any_sealed()
    if sealed is None:
        raise click.ClickException("no form is sealed yet: the worker seals a form once everybody has accepted it")
    return _kept(sealed)


def _kept(sealed: SealedForm) -> Sheet:
    return Sheet(sealed.number, places.path_of(str(sealed.file)).read_bytes(), is_sealed=True)


def _sheet(number: str, company: Company) -> Sheet:
    named = Q(number=number) | Q(handover__number=number)
    order = Order.objects.select_related("customer", "sales_owner__department").filter(named).first()
    if order is None:
        raise click.ClickException(f"there is no order {number}")
    standing = queries.standing(order)
    if standing.form is None:
        raise click.ClickException(f"the handover form of {order.number} has not been submitted yet")
    if sealed := queries.sealed_version(order, standing.form.number):
        return _kept(sealed)
    with translation.override(company.language), timezone.override(company.time_zone):
        printed = print_form(standing, standing.form, origin=origin(), by=operating().name)
    return Sheet(standing.form.handover.number, printed.pdf, is_sealed=False, warning=printed.warning)


def _give(sheet: Sheet, file: Path, as_json: bool, number: str = "") -> None:
    try:
        _write(file.resolve(), sheet.pdf)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written: {error.strerror}") from None
    if sheet.warning:
        click.echo(sheet.warning, err=True)
    document: dict[str, Any] = {"number": sheet.number, "file": str(file), "sealed": sheet.is_sealed}
    said = f"{number or sheet.number} in {file}{', sealed' if sheet.is_sealed else ''}"
    answer(document, as_json, lambda: click.echo(said))


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
