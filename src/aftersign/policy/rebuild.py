"""Deriving all duties again from the journal alone, and saying what differs from the rows that stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from aftersign.kernel.clock import now
from aftersign.kernel.journal import queries
from aftersign.kernel.journal.facts import Recorded
from aftersign.orders.models import Order
from aftersign.policy import rows
from aftersign.policy.engine import Case, World, read_case
from aftersign.policy.models import CaseClock
from aftersign.policy.moments import count
from aftersign.policy.standing import DERIVED, engine_fact, world

BATCH = 100


@dataclass(frozen=True)
class Different:
    """One duty or order that stood otherwise than the journal says: `fields` name what, `kind` how."""

    kind: str
    id: str
    fields: tuple[str, ...] = ()


@dataclass
class Rebuilt:
    """How much was derived, and how much of it had stood otherwise; `different` lists it unless somebody was told."""

    orders: int = 0
    duties: int = 0
    differences: int = 0
    different: list[Different] = field(default_factory=list)


Told = Callable[[Different], object]


def rebuild(told: Told | None = None) -> Rebuilt:
    """Derive every case again and write what differs, a batch of orders at a time; `told` hears of each difference.

    A case is read as of the moment up to which its rows are meant to stand: what has come since is left to the
    workers, and is no difference. Memory does not grow with the number of orders, nor, when somebody is told, with that
    of differences.
    """
    result = Rebuilt()
    for batch in _batches():
        with transaction.atomic():
            found = _rebuilt(batch)
        for each in found.different:
            (told or result.different.append)(each)
        result.orders += sum(order_id is not None for order_id in batch)
        result.duties += found.duties
        result.differences += len(found.different)
    return result


@dataclass
class _Batch:
    duties: int
    different: list[Different]


def _rebuilt(batch: Sequence[UUID | None]) -> _Batch:
    """One batch derived and written; its orders are locked."""
    shown = _lock(batch)
    cases = _read(batch)
    difference = rows.difference(cases)
    stages = {order_id: case for order_id, case in cases.items() if order_id and shown[order_id] != _shown(case)}
    rows.write(cases, found=difference)
    for order_id, case in stages.items():
        stage, grade = _shown(case)
        Order.objects.filter(pk=order_id).update(stage=stage, grade=grade)
    return _Batch(sum(len(case.duties) for case in cases.values()), [*_said(difference), *_staged(stages, shown)])


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


Shown = tuple[str, str]
"""Stage and grade, as the row of an order shows them."""


def _lock(batch: Sequence[UUID | None]) -> dict[UUID, Shown]:
    """The orders of a batch, locked, with what their rows show."""
    orders = Order.objects.select_for_update().filter(pk__in=[each for each in batch if each]).order_by("pk")
    return {pk: (stage, grade) for pk, stage, grade in orders.values_list("pk", "stage", "grade")}


def _shown(case: Case) -> Shown:
    """What the row of an order has to show."""
    grade = case.signed.payload.get("grade") if case.signed else None
    return case.stage or "", grade or ""


def _read(batch: Sequence[UUID | None]) -> dict[UUID | None, Case]:
    company, _position = world()
    journal, moments = queries.of_orders(batch), _moments(batch)
    return {order_id: _case(company, facts, moments[order_id]) for order_id, facts in journal.items()}


def _case(company: World, facts: Sequence[Recorded], moment: int) -> Case:
    return read_case(company, [engine_fact(fact) for fact in facts if fact.name not in DERIVED], moment)


def _moments(batch: Sequence[UUID | None]) -> Mapping[UUID | None, int]:
    """Up to when each case is to be read: just before the step that its clock waits for, if that has come by now."""
    present = count(now())
    found: dict[UUID | None, int] = dict.fromkeys(batch, present)
    clocks = CaseClock.objects.filter(rows.of_cases(found), next_step_at__lte=now())
    for order_id, at in clocks.values_list("order_id", "next_step_at"):
        found[order_id] = min(present, count(at) - 1) if at else present
    return found


def _said(difference: rows.Difference) -> Iterator[Different]:
    """Rows that are missing, too many or other than they should be."""
    for row in difference.fresh:
        yield Different("missing", str(row[0]))
    for pk in (row[0] for row in difference.gone):
        yield Different("too many", str(pk))
    for stood, row in difference.changed:
        yield Different("other", str(row[0]), rows.differing(stood, row))


def _staged(stages: Mapping[UUID, Case], shown: Mapping[UUID, Shown]) -> Iterator[Different]:
    """Orders that stand at another stage, or are of another grade."""
    for order_id, case in stages.items():
        fields = (("stage", 0), ("grade", 1))
        names = tuple(name for name, place in fields if shown[order_id][place] != _shown(case)[place])
        yield Different("other", str(order_id), names)
