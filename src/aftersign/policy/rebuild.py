"""Deriving all duties again from the journal alone, and saying what differs from the rows that stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries
from aftersign.orders.models import Order
from aftersign.policy import rows
from aftersign.policy.engine import Case, read_case
from aftersign.policy.models import Duty
from aftersign.policy.moments import count
from aftersign.policy.standing import DERIVED, engine_fact, world

BATCH = 200


@dataclass(frozen=True)
class Different:
    """One duty or order that stood otherwise than the journal says: `fields` name what, `kind` how."""

    kind: str
    id: str
    fields: tuple[str, ...]


@dataclass
class Rebuilt:
    """What was derived, and what had stood otherwise."""

    orders: int = 0
    duties: int = 0
    different: list[Different] | None = None


def rebuild() -> Rebuilt:
    """Derive every case again and write it, a batch of orders at a time; answers with what had stood otherwise."""
    result = Rebuilt(different=[])
    moment = count(now())
    for batch in _batches():
        with transaction.atomic():
            _lock(batch)
            cases = _read(batch, moment)
            result.different = [*(result.different or []), *_compare(cases)]
            rows.write(cases)
            _write_stages(cases)
        result.orders += sum(1 for order_id in batch if order_id)
        result.duties += sum(len(case.duties) for case in cases.values())
    return result


def _batches() -> Iterator[list[UUID | None]]:
    yield [None]
    last: UUID | None = None
    while True:
        found = Order.objects.order_by("pk").values_list("pk", flat=True)
        ids = list(found.filter(pk__gt=last)[:BATCH] if last else found[:BATCH])
        if not ids:
            return
        yield list(ids)
        last = ids[-1]


def _lock(batch: list[UUID | None]) -> None:
    list(
        Order.objects.select_for_update()
        .filter(pk__in=[each for each in batch if each])
        .order_by("pk")
        .values_list("pk")
    )


def _read(batch: list[UUID | None], moment: int) -> dict[UUID | None, Case]:
    company, _position = world()
    journal = queries.of_orders(batch)
    return {
        order_id: read_case(company, [engine_fact(fact) for fact in facts if fact.name not in DERIVED], moment)
        for order_id, facts in journal.items()
    }


def _compare(cases: dict[UUID | None, Case]) -> Iterator[Different]:
    """Rows that are missing, too many or other than they should be, and orders at another stage."""
    stand = {row.pk: row for row in Duty.objects.filter(rows.of_cases(cases))}
    wanted = {row.pk: row for order_id, case in cases.items() for row in rows.derived(order_id, case)}
    for pk in wanted.keys() - stand.keys():
        yield Different("missing", str(pk), ())
    for pk in stand.keys() - wanted.keys():
        yield Different("too many", str(pk), ())
    for pk in wanted.keys() & stand.keys():
        if fields := rows.differs(stand[pk], wanted[pk]):
            yield Different("other", str(pk), tuple(fields))
    stages = dict(Order.objects.filter(pk__in=[each for each in cases if each]).values_list("pk", "stage"))
    for order_id, case in cases.items():
        if order_id and stages.get(order_id) != (case.stage or ""):
            yield Different("other", str(order_id), ("stage",))


def _write_stages(cases: dict[UUID | None, Case]) -> None:
    for order_id, case in cases.items():
        if order_id and case.signed is not None:
            shown = {"stage": case.stage or "", "grade": case.signed.payload.get("grade") or ""}
            Order.objects.filter(pk=order_id).exclude(**shown).update(**shown)
