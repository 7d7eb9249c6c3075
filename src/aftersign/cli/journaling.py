"""`aftersign journal …`: what whoever runs an installation does with its journal as a whole."""

from __future__ import annotations

from typing import Any

import click

from aftersign.cli.company import answer
from aftersign.cli.keeping.finishing import accept
from aftersign.cli.orderly import founded, orderly
from aftersign.cli.proving import plainly, prove
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts import keeping
from aftersign.kernel.journal.models import PrivateValue
from aftersign.kernel.org.models import Person

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
BY = click.option("--by", "account", required=True, help="The account of whoever decided so.")
WHY = click.option("--reason", required=True, help="Why; kept with the fact.")


@click.group()
def journal() -> None:
    """Checkpoints, keys, erasures and restores of the journal."""


@journal.command()
@AS_JSON
@orderly
def checkpoint(as_json: bool) -> None:
    """Sign all facts that there are, and write the checkpoint outside the database."""
    founded()
    newest = prove()
    document: dict[str, Any] = {"checkpoint": newest.said if newest else None}
    answer(document, as_json, lambda: click.echo(newest.text if newest else "there are no facts yet"))


@journal.command("new-key")
@click.option("--lost", is_flag=True, help="The key before is lost and cannot sign for the new one.")
@BY
@WHY
@AS_JSON
@orderly
def new_key(lost: bool, account: str, reason: str, as_json: bool) -> None:
    """Sign with a new key from now on; what was signed before stays checkable."""
    company, person = founded(), _person(account)
    with plainly():
        record = keeping.change_key(company, lost=lost, reason=reason, person=person, by=operating())
    prove()
    document = {"key": record.key, "public": record.public, "previous": record.previous}
    answer(document, as_json, lambda: click.echo(f"checkpoints are signed with the key {record.key} from now on"))


@journal.command()
@click.argument("sequence", type=int)
@click.argument("key")
@BY
@WHY
@AS_JSON
@orderly
def erase(sequence: int, key: str, account: str, reason: str, as_json: bool) -> None:
    """Erase the private value KEY of fact SEQUENCE; the chain keeps the commitment and stays whole."""
    company, person = founded(), _person(account)
    try:
        done = keeping.erase_private(company, sequence=sequence, key=key, reason=reason, person=person, by=operating())
    except PrivateValue.DoesNotExist:
        raise click.ClickException(f"fact {sequence} has no private value {key}") from None
    prove()
    said = f"{key} of fact {sequence} is erased" if done else f"{key} of fact {sequence} was erased before"
    answer({"sequence": sequence, "key": key, "erased": done}, as_json, lambda: click.echo(said))


@journal.command()
@BY
@WHY
@AS_JSON
@orderly
def restored(account: str, reason: str, as_json: bool) -> None:
    """State that this database is an older copy, and which facts are lost; document numbers jump past the lost ones."""
    company, person = founded(), _person(account)
    with plainly():
        gap = accept(company, reason=reason, person=person)
    prove()
    document = {"epoch": gap.epoch, "lost_from": gap.agreed + 1, "lost_to": gap.lost_to}
    said = f"facts {gap.agreed + 1} to {gap.lost_to} are stated as lost; epoch {gap.epoch} begins"
    answer(document, as_json, lambda: click.echo(said))


def _person(account: str) -> Person:
    person = Person.objects.filter(account=account, is_operating=False).first()
    if person is None:
        raise click.ClickException(f"nobody here has the account {account}")
    return person
