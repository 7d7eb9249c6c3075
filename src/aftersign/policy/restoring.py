"""The rows that derived duties point at, made again from an exported journal in an empty database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from aftersign.kernel.journal import exchange, queries
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.proof.checkpoints import PROOF
from aftersign.kernel.org.models import COMPANY_ID, Company, Department, Person, Post
from aftersign.orders.models import Customer, Order
from aftersign.policy.editions import store
from aftersign.policy.models import Edition
from aftersign.policy.rulebook.folder import digest_of

DRAFTED, TEXTS = "policy.drafted", "texts"


def journal_lines(upto: int | None = None, proofs: Mapping[int, Any] | None = None) -> Iterator[str]:
    """The journal as lines, with what proves it beside the facts at which it stands.

    Where an edition was drafted, its texts stand with the fact, so that a journal carries the policy by which it is
    read.
    """
    for sequence, line in enumerate(exchange.lines(upto=upto), 1):
        beside: dict[str, Any] = {PROOF: proofs[sequence]} if proofs and sequence in proofs else {}
        said = json.loads(line) if beside or DRAFTED in line else {}
        if said.get("fact") == DRAFTED:
            beside[TEXTS] = Edition.objects.get(pk=said["unit_id"]).files
        yield exchange.written({**said, **beside}) if beside else line


@transaction.atomic
def restore(source: Iterable[str]) -> int:
    """Fill an empty database from an exported journal; answers with the number of facts.

    Raises `exchange.BrokenChain` for a file whose facts do not hold together. Rows are made as far as duties need them:
    what chapters keep in tables of their own is not in them.
    """
    texts: dict[str, dict[str, str]] = {}
    read = exchange.read_in(_facts_only(source, texts))
    Company.objects.get_or_create(pk=COMPANY_ID, defaults={"name": "restored"})
    for fact in queries.everything():
        if fact.actor_id and not Person.objects.filter(pk=fact.actor_id).exists():
            Person.objects.create(pk=fact.actor_id, account=f"r-{fact.actor_id.hex[-12:]}", name="", is_active=False)
        if maker := _MAKERS.get(fact.name):
            maker(fact, texts)
    return read


def _facts_only(source: Iterable[str], texts: dict[str, dict[str, str]]) -> Iterator[str]:
    """The lines as the journal has them; texts of editions are laid aside under the edition's id."""
    for number, line in enumerate(source, 1):
        yield _without_texts(line, number, texts) if DRAFTED in line else line


def _without_texts(line: str, number: int, texts: dict[str, dict[str, str]]) -> str:
    try:
        said = json.loads(line)
        found = said.pop(TEXTS, None)
        if found is None:
            return line
        if digest_of(found) in said["files"]:
            texts[said["unit_id"]] = found
            return exchange.written(said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise exchange.BrokenChain(f"line {number}: no fact can be read: {error}") from None
    raise exchange.BrokenChain(f"line {number}: the texts are not those of the edition that was drafted")


def _person(fact: Recorded, texts: Any) -> None:
    name, department = fact.payload.get("name"), fact.payload.get("department")
    Person.objects.update_or_create(
        pk=fact.unit_id,
        defaults={
            "account": f"r-{UUID(fact.unit_id).hex[-12:]}",
            "name": name if isinstance(name, str) else "",
            "department_id": department,
        },
    )


def _department(fact: Recorded, texts: Any) -> None:
    known = Department.objects.filter(pk=fact.unit_id).first() or Department(pk=UUID(fact.unit_id))
    said = fact.payload
    known.code = said.get("code") or known.code
    known.name = said["name"] if isinstance(said.get("name"), str) else known.name
    known.head_id = UUID(said["head"]) if said.get("head") else known.head_id
    known.above_id = UUID(said["above"]) if said.get("above") else known.above_id
    known.save()


def _moved(fact: Recorded, texts: Any) -> None:
    said = fact.payload
    changed: dict[str, Any] = {"name": said["name"]} if isinstance(said.get("name"), str) else {}
    changed |= {"department_id": said["department"]} if said.get("department") else {}
    Person.objects.filter(pk=fact.unit_id).update(**changed)


def _left(fact: Recorded, texts: Any) -> None:
    Person.objects.filter(pk=fact.unit_id).update(left_on=date.fromisoformat(fact.payload["left_on"]))


def _closed(fact: Recorded, texts: Any) -> None:
    Department.objects.filter(pk=fact.unit_id).update(closed_on=fact.at.date())


def _post(fact: Recorded, texts: Any) -> None:
    Post.objects.update_or_create(pk=fact.payload["post"], defaults={"holder_id": fact.payload.get("holder")})


def _edition(fact: Recorded, texts: dict[str, dict[str, str]]) -> None:
    if fact.unit_id not in texts:
        raise exchange.BrokenChain(f"fact {fact.sequence}: the texts of this edition are missing")
    files, said = texts[fact.unit_id], fact.payload
    rulebook = store.read_files(files)
    row: dict[str, Any] = {"rulebook": rulebook.id, "version": rulebook.version, "digest": rulebook.digest}
    row |= {"files": files, "drafted_at": fact.entered, "drafter_id": said.get("drafter")}
    row["changes"] = said["changes"] if isinstance(said.get("changes"), list) else []
    row["reason"] = said["reason"] if isinstance(said.get("reason"), str) else ""
    Edition.objects.update_or_create(pk=fact.unit_id, defaults=row)


def _issued(fact: Recorded, texts: Any) -> None:
    said = {"approver_id": fact.payload.get("approver"), "effective_on": fact.payload.get("effective_on")}
    Edition.objects.filter(pk=fact.unit_id).update(issued_at=fact.entered, **said)


def _withdrawn(fact: Recorded, texts: Any) -> None:
    Edition.objects.filter(pk=fact.unit_id).update(withdrawn_at=fact.entered)


def _in_force(fact: Recorded, texts: Any) -> None:
    Edition.objects.filter(pk=fact.unit_id).update(in_force_from=fact.at)


def _replaced(fact: Recorded, texts: Any) -> None:
    Edition.objects.filter(pk=fact.unit_id).update(replaced_at=fact.at)


def _order(fact: Recorded, texts: Any) -> None:
    said = fact.payload
    customer, _made = Customer.objects.get_or_create(
        pk=fact.units.get("customer") or fact.unit_id,
        defaults={
            "number": f"R-{fact.sequence}",
            "name": said["customer"] if isinstance(said["customer"], str) else "",
        },
    )
    Order.objects.create(
        pk=fact.unit_id,
        number=f"R-{fact.sequence}",
        title=said["contract_no"],
        customer=customer,
        contract_no=said["contract_no"],
        kind=said["order_kind"],
        signed_on=date.fromisoformat(said["signed_on"]),
        amount=Decimal(said["amount"]) if said.get("amount") else None,
        currency=said.get("currency") or "",
        sales_owner_id=UUID(said["sales_owner"]) if said.get("sales_owner") else cast(UUID, fact.actor_id),
    )


_MAKERS: dict[str, Callable[[Recorded, dict[str, dict[str, str]]], None]] = {
    "general.person_listed": _person,
    "general.department_listed": _department,
    "general.department_changed": _department,
    "general.department_closed": _closed,
    "general.person_moved": _moved,
    "general.person_left": _left,
    "general.post_named": _post,
    "policy.drafted": _edition,
    "policy.issued": _issued,
    "policy.edition_withdrawn": _withdrawn,
    "policy.took_effect": _in_force,
    "policy.was_replaced": _replaced,
    "order.signed": _order,
}
