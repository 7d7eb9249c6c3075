"""How much the pages that people open all day take, on the database of this environment.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.pages [VISITS]

The database holds a simulated company (`aftersign simulate`). Prints a table: queries, CPU of the process (median and
95th percentile), CPU of the database's session, time, and bytes as they are sent. Leaves nothing behind.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from aftersign.cli.company import start

start()

from django.db import connection, transaction  # noqa: E402 (Django must be started first)
from django.db.models import Count  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from aftersign.kernel.access.actor import Actor  # noqa: E402
from aftersign.kernel.clock import new_id  # noqa: E402
from aftersign.kernel.org.models import Department, Person, Post  # noqa: E402
from aftersign.kernel.org.queries import company  # noqa: E402
from aftersign.kernel.shell.paging import page  # noqa: E402
from aftersign.orders.acts import register  # noqa: E402
from aftersign.orders.entries import LineEntry, Registration  # noqa: E402
from aftersign.orders.models import Customer, Order  # noqa: E402
from aftersign.policy.models import UNFINISHED, Duty  # noqa: E402
from tests.load.measuring import Meter, machine, quantile, table  # noqa: E402

HEADS = ("page", "queries", "CPU ms", "p95", "database ms", "p95", "ms", "bytes gzip")
WARM = 10


@dataclass(frozen=True)
class Visit:
    """A page as somebody opens it."""

    name: str
    person: Person
    address: str


def visits() -> Iterator[Visit]:
    """The pages measured, each as those people open it to whom it shows most."""
    manager = Post.objects.get(name="general_manager").holder
    head = Department.objects.get(code="sales").head
    assert manager is not None
    assert head is not None
    owed = Duty.objects.filter(state__in=UNFINISHED).exclude(owner=None).order_by()
    busy = Person.objects.get(pk=owed.values("owner").annotate(n=Count("pk")).order_by("-n")[0]["owner"])
    seller = Person.objects.get(pk=Order.objects.order_by("-signed_on", "-id")[0].sales_owner_id)
    for who, person in (("general manager", manager), ("head of sales", head), ("salesperson", seller)):
        yield from _lists(who, person)
    yield from _case_files(manager)
    for who, person in (("busiest person", busy), ("head of sales", head), ("general manager", manager)):
        yield Visit(f"My work, {who}", person, "/")
    yield Visit("My work, by order, busiest person", busy, "/?tab=mine&group=order")


def _lists(who: str, person: Person) -> Iterator[Visit]:
    for name, asked in (
        ("first page", ""),
        ("by stage", "?stage=executing"),
        ("by kind and day", "?kind=sales&signed_from=2026-01-01"),
        ("by amount", "?sort=amount"),
        ("by customer", "?sort=customer"),
        ("a search", "?q=SO-2026-01"),
    ):
        yield Visit(f"orders, {name}, {who}", person, f"/orders/{asked}")
    half = Order.objects.order_by("-signed_on", "-id")[Order.objects.count() // 2]
    deep = page(Order.objects.filter(signed_on__lte=half.signed_on), "-signed_on", 50)
    yield Visit(f"orders, half way down, {who}", person, f"/orders/?after={deep.following}")


def _case_files(person: Person) -> Iterator[Visit]:
    for stage in ("signed", "executing", "completed", "closed"):
        order = Order.objects.filter(stage=stage).annotate(n=Count("duties")).order_by("-n", "id").first()
        if order is not None:
            yield Visit(f"case file, {stage}, {order.n} duties", person, f"/orders/{order.number}/")
            largest = order
    yield Visit("its handover form", person, f"/orders/{largest.number}/handover/")
    yield Visit("its duties", person, f"/orders/{largest.number}/duties/")
    yield Visit("its activity", person, f"/orders/{largest.number}/activity/")


def measured(visit: Visit, times: int) -> list[str]:
    """A line of the table."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(visit.person)

    def opened() -> HttpResponse:
        answer = client.get(visit.address)
        assert answer.status_code == 200, f"{visit.address}: {answer.status_code}"
        return answer

    for _time in range(WARM):
        sent = opened()
    queries = asked(opened)
    meter = Meter()
    for _time in range(times):
        meter.run(opened)
    return line(visit.name, queries, meter, str(len(gzip.compress(sent.content, 6))))


def asked(doing: Callable[[], Any]) -> int:
    """How many queries something takes."""
    with CaptureQueriesContext(connection) as queries:
        doing()
        return len(queries)


def registering(times: int) -> list[str]:
    """What registering an order takes; the orders are taken back."""
    seller = Person.objects.select_related("department").get(pk=Order.objects.order_by("-id")[0].sales_owner_id)
    by, customers = Actor("person", person=seller), list(Customer.objects.values_list("pk", flat=True)[:times])

    def registered(number: int = 0) -> Order:
        entry = Registration(
            title="测量",
            contract_no=f"L-{new_id()}",
            kind="sales",
            signed_on=timezone.localdate() - timedelta(days=1),
            currency="CNY",
            amount=Decimal(60000),
            sales_owner=seller.pk,
            customer=customers[number % len(customers)],
            lines=(LineEntry(name="设备", quantity=Decimal(1), unit_price=Decimal(60000)),),
        )
        return register(company(), registration=entry, by=by)

    for _time in range(WARM):
        registered()
    queries = asked(registered)
    meter = Meter()
    for number in range(times):
        meter.run(lambda number=number: registered(number))
    return line("registering an order", queries, meter, "")


def line(name: str, queries: int, meter: Meter, size: str) -> list[str]:
    """What was measured, as the columns of the table have it."""
    shares = (meter.cpu, 0.5), (meter.cpu, 0.95), (meter.database, 0.5), (meter.database, 0.95), (meter.wall, 0.5)
    return [name, str(queries), *(f"{quantile(values, share):.1f}" for values, share in shares), size]


def measure(times: int) -> str:
    """All lines; whatever was written meanwhile is taken back."""
    with transaction.atomic():
        rows = [measured(each, times) for each in visits()]
        rows.append(registering(times))
        transaction.set_rollback(True)
    orders, duties = Order.objects.count(), Duty.objects.count()
    return f"{orders} orders, {duties} duties; {machine()}\n\n{table(HEADS, rows)}"


if __name__ == "__main__":
    sys.stdout.write(measure(int((sys.argv[1:] or ["30"])[0])))
