"""The rows that derived duties point at, made again from an exported journal in an empty database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from aftersign.kernel.journal import exchange, queries
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.org.models import COMPANY_ID, Company, Department, Person, Post
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Edition

EDITION = "edition_text"


def edition_lines() -> Iterator[str]:
    """The texts of all editions as lines of an export, so that a journal carries the policy by which it is read."""
    for edition in Edition.objects.order_by("drafted_at"):
        said = {"id": str(edition.pk), "rulebook": edition.rulebook, "version": edition.version}
        said |= {"digest": edition.digest, "files": edition.files}
        yield json.dumps({EDITION: said}, ensure_ascii=False)


@transaction.atomic
def restore(source: Iterable[str]) -> int:
    """Fill an empty database from an exported journal; answers with the number of facts.

    Raises `exchange.BrokenChain` for a file whose facts do not hold together. Rows are made as far as duties need them:
    what chapters keep in tables of their own is not in them.
    """
    texts: dict[str, dict[str, Any]] = {}
    read = exchange.read_in(_facts_only(source, texts))
    Company.objects.get_or_create(pk=COMPANY_ID, defaults={"name": "restored"})
    for fact in queries.everything():
        if fact.actor_id and not Person.objects.filter(pk=fact.actor_id).exists():
            Person.objects.create(pk=fact.actor_id, account=f"r-{fact.actor_id.hex[-12:]}", name="", is_active=False)
        if maker := _MAKERS.get(fact.name):
            maker(fact, texts)
    return read


def _facts_only(source: Iterable[str], texts: dict[str, dict[str, Any]]) -> Iterator[str]:
    for line in source:
        if line.startswith(f'{{"{EDITION}"'):
            said = json.loads(line)[EDITION]
            texts[said["id"]] = said
        else:
            yield line


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


def _post(fact: Recorded, texts: Any) -> None:
    Post.objects.update_or_create(pk=fact.payload["post"], defaults={"holder_id": fact.payload.get("holder")})


def _edition(fact: Recorded, texts: dict[str, dict[str, Any]]) -> None:
    said = texts[fact.unit_id]
    Edition.objects.update_or_create(
        pk=fact.unit_id,
        defaults={**{key: said[key] for key in ("rulebook", "version", "digest", "files")}, "drafted_at": fact.entered},
    )


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


_MAKERS: dict[str, Callable[[Recorded, dict[str, dict[str, Any]]], None]] = {
    "general.person_listed": _person,
    "general.department_listed": _department,
    "general.department_changed": _department,
    "general.post_named": _post,
    "policy.drafted": _edition,
    "policy.took_effect": _in_force,
    "policy.was_replaced": _replaced,
    "order.signed": _order,
}
