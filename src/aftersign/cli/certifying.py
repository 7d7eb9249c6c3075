"""`aftersign certificate …`: with what the company seals its forms, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from aftersign.cli.company import answer
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.clock import now
from aftersign.kernel.seal import certificates, waiting
from aftersign.kernel.seal.certificates import Certificate, NoCertificate
from aftersign.kernel.seal.faults import NoSeal
from aftersign.kernel.seal.wording import grouped

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
IN_ORDER = "in order"


@click.group()
def certificate() -> None:
    """Show, replace or import the certificate that seals finished forms."""


@certificate.command()
@AS_JSON
@orderly
def show(as_json: bool) -> None:
    """Say what seals now, whether its key is in order, and what sealed before; exit 1 when nothing can be sealed."""
    founded()
    with _plainly():
        rows: list[dict[str, Any]] = [_told(each) for each in certificates.kept()]
    newest, earlier = (rows[-1], rows[:-1]) if rows else (None, [])
    document: dict[str, Any] = {"certificate": newest, "earlier": earlier}

    def say() -> None:
        for each in reversed(rows):
            _say(each, "seals" if each is newest else "sealed before")
        if newest is None:
            click.echo("there is no certificate: run `aftersign init`")

    answer(document, as_json, say)
    raise SystemExit(0 if newest and newest["state"] == IN_ORDER else 1)


@certificate.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.p12")
@click.option(
    "--password",
    envvar="AFTERSIGN_P12_PASSWORD",
    prompt=True,
    hide_input=True,
    help="Of the file; asked for, unless it stands in AFTERSIGN_P12_PASSWORD.",
)
@AS_JSON
@orderly
def import_one(file: Path, password: str, as_json: bool) -> None:
    """Seal from now on with the certificate, key and chain of a PKCS#12 file, as an authority gives it out.

    What was sealed before stays checkable: earlier certificates are kept.
    """
    founded()
    try:
        taken = certificates.take_in(file.read_bytes(), password)
    except NoCertificate as reason:
        raise click.ClickException(f"{file} was not taken in: {reason}") from None
    _take_over(taken, as_json)


@certificate.command()
@AS_JSON
@orderly
def new(as_json: bool) -> None:
    """Make another certificate of the company's own, for one that has expired or whose key is lost."""
    _take_over(certificates.make(founded().name), as_json)


def _take_over(taken: Certificate, as_json: bool) -> None:
    """Say what seals from now on, and let what could not be sealed be tried again."""
    told = _told(taken)
    document = {"certificate": told, "tried_again": waiting.retry_all()}
    answer(document, as_json, lambda: _say(told, "seals from now on"))


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except NoSeal as reason:
        raise click.ClickException(str(reason)) from None


def _told(each: Certificate) -> dict[str, Any]:
    return {
        "subject": each.subject,
        "issuer": each.issuer or each.subject,
        "own": each.is_own,
        "fingerprint": each.fingerprint,
        "not_before": each.not_before.isoformat(),
        "not_after": each.not_after.isoformat(),
        "chain": len(each.chain),
        "file": str(each.path),
        "state": _state(each),
    }


def _state(each: Certificate) -> str:
    try:
        certificates.key_of(each)
    except NoSeal as reason:
        return str(reason)
    return IN_ORDER if each.is_valid(now()) else "not valid today"


def _say(told: dict[str, Any], mark: str) -> None:
    whose = "the company's own" if told["own"] else f"issued by {told['issuer']}"
    click.echo(f"{mark}: {told['subject']}, {whose}, {told['not_before'][:10]} to {told['not_after'][:10]}")
    click.echo(f"  SHA-256 {grouped(told['fingerprint'])}")
    click.echo(f"  {told['state']}; {told['file']}")
