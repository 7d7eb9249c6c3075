"""What search costs on the database of this environment: records found, the palette, the page, the list of orders.

    DATABASE_URL=postgres://… AFTERSIGN_HOME=HOME python -m tests.load.searching [N]

Milliseconds of CPU, of this process and of its database session where that can be read, in the middle one of N visits,
with the number of queries. Nothing is written.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from aftersign.cli.company import start

start()

from django.db import connection  # noqa: E402 (Django must be started first)
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from aftersign.kernel.access.actor import Actor  # noqa: E402
from aftersign.kernel.org.models import Person, Post  # noqa: E402
from aftersign.kernel.search.asking import found  # noqa: E402
from aftersign.kernel.search.sources import sources  # noqa: E402
from aftersign.orders.models import Order  # noqa: E402

TYPED = ("{number}", "{short}", "SO-2025-01", "检测平台", "上海", "东", "有限公司", "lxl", "hdzz", "找不到的")
"""An exact number, a part of one, a beginning, words that few, many and nearly all records have, sounds, nothing."""


def measure(visits: int) -> Iterator[dict[str, Any]]:
    """Ask everything, as somebody who sees all orders and as somebody who sees their own."""
    manager = Post.objects.filter(name="general_manager").select_related("holder")[0].holder
    middle = Order.objects.count() // 2
    order = Order.objects.order_by("pk")[middle]
    seller = Person.objects.get(pk=order.sales_owner_id)
    assert manager is not None
    for who, person in (("manager", manager), ("seller", seller)):
        client = Client()
        client.force_login(person)
        actor = Actor("person", person=person)
        for pattern in TYPED:
            typed = pattern.format(number=order.number, short=order.number[-4:])
            yield {"what": f"found {typed}, {who}", **_cost(partial(_all, actor, typed), visits)}
            for name, path in (("palette", "/search/palette/"), ("page", "/search/"), ("list", "/orders/")):
                yield {"what": f"{name} {typed}, {who}", **_cost(partial(client.get, path, {"q": typed}), visits)}


def _all(actor: Actor, typed: str) -> int:
    return sum(len(found(source, actor, typed, 5)) for source in sources())


def _cost(visit: Callable[[], Any], visits: int) -> dict[str, Any]:
    visit()
    own, other = [], []
    for _ in range(visits):
        cpu, database = time.process_time(), _session()
        visit()
        own.append(1000 * (time.process_time() - cpu))
        other.append(_session() - database)
    with CaptureQueriesContext(connection) as queries:
        visit()
    found = {"cpu_ms": round(statistics.median(own), 1), "database_ms": round(statistics.mean(other), 1)}
    return {**found, "queries": len(queries)}


def _session() -> float:
    """Milliseconds of CPU that the session of PostgreSQL has taken, where it runs beside this process."""
    process = getattr(connection.connection, "info", None)
    path = Path(f"/proc/{process.backend_pid}/stat") if process else Path("/nowhere")
    if not path.exists():
        return 0.0
    fields = path.read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    setup_test_environment(debug=False)
    for cost in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15):
        sys.stdout.write(json.dumps(cost, ensure_ascii=False) + "\n")
        sys.stdout.flush()
