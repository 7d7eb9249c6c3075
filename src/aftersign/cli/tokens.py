"""`aftersign token`: what programs sign in with, made, listed and revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import click
from django.db.models import Q

from aftersign.cli.company import answer
from aftersign.cli.orderly import founded, orderly
from aftersign.kernel.access import tokens
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person, Token
from aftersign.kernel.org.queries import named


@click.group()
def token() -> None:
    """Let programs act as a person, by way of `/api/v1/`."""


@token.command()
@click.option("--person", "who", required=True, metavar="NAME", help="Name or account of whom the program acts as.")
@click.option("--scopes", "said", multiple=True, metavar="SCOPES", help=f"What it opens: {', '.join(tokens.SCOPES)}.")
@click.option("--name", default="", help="What the token is for.")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3650), help="How long it lasts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def create(who: str, said: tuple[str, ...], name: str, days: int, as_json: bool) -> None:
    """Make a token; it is shown only now. Without scopes it opens all that its person may."""
    founded()
    scopes = [each for text in said for each in text.replace(",", " ").split()]
    person = _person(who)
    try:
        label, until = name.strip()[:60] or person.account, now() + timedelta(days=days)
        made, text = tokens.make(person, name=label, scopes=scopes, expires_at=until)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--scopes") from None
    answer({"token": text, **_told(made)}, as_json, lambda: click.echo(text))


@token.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def list_all(as_json: bool) -> None:
    """List the tokens that still open something, without their texts."""
    running = Token.objects.filter(revoked_at=None, expires_at__gt=now()).select_related("person")
    rows = [_told(each) for each in running.order_by("made_at")]

    def tell() -> None:
        for row in rows:
            click.echo(f"{row['id']}  {row['person']}  {row['name']}  until {row['expires_at'][:10]}")

    answer({"tokens": rows}, as_json, tell)


@token.command()
@click.argument("which", metavar="ID|NAME")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def revoke(which: str, as_json: bool) -> None:
    """Let a token, or all of one name, open nothing from now on."""
    meant = Q(pk=which) if _is_id(which) else Q(name=which)
    found = [tokens.revoke(each) for each in Token.objects.filter(meant, revoked_at=None)]
    if not found:
        raise click.ClickException(f"there is no token {which} to be revoked")
    answer({"revoked": [str(each.pk) for each in found]}, as_json, lambda: click.echo(f"{len(found)} revoked"))


def _person(said: str) -> Person:
    found = named(said)
    if not found:
        raise click.ClickException(f"nobody called {said} works here")
    if len(found) > 1:
        accounts = ", ".join(each.account for each in found)
        raise click.ClickException(f"several people are called {said}; say the account: {accounts}")
    return found[0]


def _told(made: Token) -> dict[str, Any]:
    return {
        "id": str(made.pk),
        "name": made.name,
        "person": made.person.account,
        "scopes": made.scopes,
        "expires_at": made.expires_at.isoformat(),
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
