"""How much CPU it takes to register an order with its duties and facts, on the database of this environment.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.registering [N]

The home holds the sample company (`aftersign demo --no-serve`). Prints milliseconds of CPU and of time, and queries.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from aftersign.cli.company import start

start()

from django.db import connection  # noqa: E402 (Django must be started first)
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from aftersign.demo.scenes import actor  # noqa: E402
from aftersign.kernel.clock import new_id  # noqa: E402
from aftersign.kernel.org.queries import company  # noqa: E402
from aftersign.orders.acts import register  # noqa: E402
from aftersign.orders.entries import LineEntry, Registration  # noqa: E402
from aftersign.orders.models import Customer  # noqa: E402


def measure(number: int) -> dict[str, float]:
    """Register so many orders and say what one of them took."""
    by = actor("wumin")
    assert by.person is not None
    line = LineEntry(name="设备", quantity=Decimal(1), unit_price=Decimal(60000))
    entry = Registration(
        title="测量",
        contract_no="",
        kind="sales",
        signed_on=timezone.localdate() - timedelta(days=1),
        currency="CNY",
        amount=Decimal(60000),
        sales_owner=by.person.pk,
        customer=Customer.objects.values_list("pk", flat=True)[0],
        lines=(line,),
    )
    entries = [replace(entry, contract_no=f"L-{new_id()}") for _ in range(number + 6)]
    for each in entries[:5]:
        register(company(), registration=each, by=by)
    cpu, wall = time.process_time(), time.perf_counter()
    for each in entries[5:-1]:
        register(company(), registration=each, by=by)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    with CaptureQueriesContext(connection) as queries:
        register(company(), registration=entries[-1], by=by)
    said = {"cpu_ms": round(1000 * cpu / number, 2), "wall_ms": round(1000 * wall / number, 2)}
    return {**said, "queries": len(queries)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"vendor": connection.vendor, **measure(int((sys.argv[1:] or ["100"])[0]))}) + "\n")
