"""What must be true of a company whatever its people have done: no state without its fact, no fact without effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from aftersign.kernel.journal import chain
from aftersign.kernel.org.queries import company
from aftersign.policy.rebuild import rebuild
from tests.company.acting.clockwork import let_time_work
from tests.company.acting.truths import of_company, of_handover, of_orders, of_requests
from tests.company.acting.truths.told import Told


def untruths(moment: datetime) -> Iterator[str]:
    """Everything that is not as it must be."""
    let_time_work(moment, company())
    yield from (f"the chain at {place}: {why}" for place, why in chain.faults())
    yield from (f"rebuilt otherwise: {each}" for each in rebuild().different)
    told = Told.of_journal()
    for room in (of_company, of_orders, of_handover, of_requests):
        for what, stands, should in room.compared(told):
            if stands != should:
                yield f"{what}: {_without(stands, should)} has no fact, {_without(should, stands)} has no row"


def _without(one: dict[object, object], other: dict[object, object]) -> dict[object, object]:
    return {key: value for key, value in one.items() if key not in other or other[key] != value}
