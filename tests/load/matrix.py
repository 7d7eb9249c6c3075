"""What pages of compliance cost on the database of this environment: queries, CPU, time and bytes.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.matrix [ACCOUNT]

The reader is the general manager unless somebody else is named. Whatever a request writes is rolled back.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from aftersign.cli.company import start

start()

from django.db import connection, transaction  # noqa: E402 (Django must be started first)
from django.test import Client  # noqa: E402

from aftersign.kernel.org.models import Person  # noqa: E402
from aftersign.kernel.org.queries import holder_of  # noqa: E402

ADDRESSES = (
    "/compliance/?rooms=all",
    "/compliance/?rooms=all&stage=any&period=all",
    "/compliance/?abnormal=1",
    "/compliance/?stage=signed",
    "/compliance/?stage=suspended",
    "/compliance/list/",
    "/compliance/list/?abnormal=1",
)
TIMES = 7
LINE = "{:<46} {:>2} rows × {:>2} {:>4} queries {:>6.0f} ms CPU {:>6.0f} ms SQL {:>7.0f} ms in all {:>5.1f} KB"


def measured(reader: Person) -> Iterator[str]:
    """A line for each address: the middle of several requests, after one that warms up."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(reader)
    for address in ADDRESSES:
        client.get(address)
        asked: list[float] = []
        with connection.execute_wrapper(_noting(asked)):
            page = client.get(address).content
        spent = [_spent(client, address) for _ in range(TIMES)]
        cpu, wall = (statistics.median(each) for each in zip(*spent, strict=True))
        sql = 1000 * sum(asked)
        rows = len(re.findall(rb'<th scope="row"', page)) - 1
        orders = len(set(re.findall(rb'id="c-[\d.]+-(\d+)"', page)))
        size = len(gzip.compress(page, 6)) / 1000
        yield LINE.format(address, max(rows, 0), orders, len(asked), cpu, sql, wall, size)


def _noting(times: list[float]) -> Callable[..., Any]:
    """Notes how long each query takes."""

    def execute(do: Callable[..., Any], *how: Any) -> Any:
        begun = time.perf_counter()
        try:
            return do(*how)
        finally:
            times.append(time.perf_counter() - begun)

    return execute


def _spent(client: Client, address: str) -> tuple[float, float]:
    """Milliseconds of CPU and on the clock for one request."""
    cpu, wall = time.process_time(), time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return 1000 * (time.process_time() - cpu), 1000 * (time.perf_counter() - wall)


if __name__ == "__main__":
    with transaction.atomic():
        found = Person.objects.get(account=sys.argv[1]) if len(sys.argv) > 1 else holder_of("general_manager")
        assert found is not None, "nobody manages the company"
        for line in measured(found):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        transaction.set_rollback(True)
