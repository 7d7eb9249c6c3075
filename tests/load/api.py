"""How much CPU the interface for programs takes: a list of fifty orders, and a single order, printed as JSON.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.api [N]

Milliseconds of CPU a request in the best and in the middle one of ten batches (a busy machine only adds), and queries.
The token is made for the first holder of a post and is gone afterwards; nothing else is written. The client within the
process counts with what it measures.
"""

from __future__ import annotations

import json
import sys
import time

from aftersign.cli.company import start

start()

from django.conf import settings  # noqa: E402 (Django must be started first)
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402

from aftersign.api.tests.program import Program  # noqa: E402
from aftersign.kernel.org.models import Post  # noqa: E402
from aftersign.orders.models import Order  # noqa: E402

BATCHES = 10
PATHS = {"list_of_50": "/orders?limit=50", "next_50": "", "order": "", "duties_of_order": "", "facts_of_order": ""}


def measure(number: int) -> dict[str, dict[str, float]]:
    """Send each request so many times."""
    post = Post.objects.filter(holder__is_active=True, holder__left_on=None).select_related("holder")[0]
    assert post.holder is not None
    with transaction.atomic():
        program = Program(post.holder.account)
        order = [*Order.objects.order_by("-signed_on", "-id").values_list("number", flat=True)[:100]][-1]
        paths = PATHS | {
            "next_50": program.get("/orders?limit=50").json()["next"] or "/orders",
            "order": f"/orders/{order}",
        }
        paths |= {f"{what}_of_order": f"/{what}?order={order}&limit=50" for what in ("duties", "facts")}
        found = {name: _one(program, path, number) for name, path in paths.items()}
        transaction.set_rollback(True)
    return found


def _one(program: Program, path: str, number: int) -> dict[str, float]:
    for _ in range(5):
        assert program.get(path).status_code == 200
    batches = sorted(_batch(program, path, number // BATCHES) for _ in range(BATCHES))
    with CaptureQueriesContext(connection) as queries:
        program.get(path)
    return {"cpu_ms": batches[0], "median_cpu_ms": batches[BATCHES // 2], "queries": len(queries)}


def _batch(program: Program, path: str, number: int) -> float:
    cpu = time.process_time()
    for _ in range(number):
        program.get(path)
    return round(1000 * (time.process_time() - cpu) / number, 2)


if __name__ == "__main__":
    setup_test_environment(debug=False)
    settings.API_REQUESTS_A_MINUTE = 10**9
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)) + "\n")
