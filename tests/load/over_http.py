"""What two cores give over HTTP: orders registered and changed by programs, at a pace, while the server runs.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.over_http [RATE [S]]

Starts `aftersign serve` on a port of its own; server, database and the eight clients share the machine. Each act is due
at its time whether or not the one before it has been answered. The database holds a simulated company; the orders of
the trial stay in it, the tokens end with it. Afterwards each answer must have its fact, once, and no fact another.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from aftersign.cli.company import start

start()

from django.db import connections  # noqa: E402 (Django must be started first)
from django.utils import timezone  # noqa: E402

from aftersign.kernel.access import tokens  # noqa: E402
from aftersign.kernel.clock import new_id, now  # noqa: E402
from aftersign.kernel.journal import chain  # noqa: E402
from aftersign.kernel.journal.models import Entry, Tail  # noqa: E402
from aftersign.kernel.org.models import Person  # noqa: E402
from aftersign.orders.models import Customer, Order  # noqa: E402
from tests.load.measuring import machine, quantile, table  # noqa: E402

CLIENTS, EACH = 8, 4
"""Processes that ask, and how many programs of different salespeople each of them plays: limits count by token."""
FACT = {"register": "order.signed", "change": "order.information_changed"}
HOST, API = "127.0.0.1", "/api/v1"
Done = tuple[str, str, float, float, int]
"""What was asked, the order or why there is none, seconds since it was due and since it was sent, and the status."""


def main(a_second: float, seconds: float) -> None:
    """Measure, and look whether the journal has every act once."""
    port, since, before = _free_port(), Tail.objects.get().sequence, os.getloadavg()[0]
    sellers = list(
        Person.objects.filter(department__code="sales", is_active=True).order_by("account")[: CLIENTS * EACH]
    )
    made = [tokens.make(each, name="load", scopes=(), expires_at=now() + timedelta(days=1)) for each in sellers]
    customers = list(Customer.objects.order_by("number").values_list("name", flat=True)[:500])
    connections.close_all()
    server = subprocess.Popen(
        [sys.executable, "-m", "aftersign", "serve"],
        env={**os.environ, "AFTERSIGN_PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        done = _ask(port, [text for _row, text in made], customers, a_second, seconds)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        for token, _text in made:
            token.delete()
    sys.stdout.write(f"load before {before:.1f}; {_said(done, seconds)}\n")
    wrong = [*_lost_or_twice(done, since), *(f"chain at {at}: {why}" for at, why in chain.faults(since))]
    sys.stdout.write(f"{len(done)} requests; {len(wrong)} faults\n" + "".join(f"  {each}\n" for each in wrong[:20]))


def _ask(port: int, texts: list[str], customers: list[str], a_second: float, seconds: float) -> list[Done]:
    fork = multiprocessing.get_context("fork")
    into, begins = fork.SimpleQueue(), time.time() + 1
    for number in range(CLIENTS):
        mine = (texts[number::CLIENTS], customers, begins + number / a_second, begins + seconds, CLIENTS / a_second)
        fork.Process(target=lambda *given: into.put(list(_client(port, *given))), args=mine).start()
    return [each for _number in range(CLIENTS) for each in into.get()]


def _client(port: int, texts: list[str], customers: list[str], due: float, ends: float, every: float) -> Iterator[Done]:
    """Register an order, change it, and so on, each request when it is due; nothing is begun after the end."""
    line, turn = http.client.HTTPConnection(HOST, port, timeout=60), 0
    known: dict[str, tuple[str, str]] = {}
    while due < ends and time.time() < ends:
        time.sleep(max(0.0, due - time.time()))
        text, request, sent = texts[turn % len(texts)], str(new_id()), time.time()
        name = "change" if text in known else "register"
        headers = {"Authorization": f"Bearer {text}", "Content-Type": "application/json", "Idempotency-Key": request}
        path, body = "/orders", _registration(customers[turn % len(customers)])
        if text in known:
            number, headers["If-Match"] = known.pop(text)
            path, body = f"/orders/{number}/information", _change()
        line.request("POST", API + path, json.dumps(body), headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
        what = told.get("number") or f"{told.get('detail')} {told.get('missing')}"
        yield name, what, time.time() - due, time.time() - sent, answer.status
        if name == "register" and answer.status == http.HTTPStatus.CREATED:
            known[text] = told["number"], answer.headers["ETag"]
        due, turn = due + every, turn + 1


def _registration(customer: str) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    head = {"title": "检测平台", "contract_no": f"H-{new_id()}", "kind": "sales", "signed_on": day}
    return head | {"currency": "CNY", "customer": customer, "amount": "80000.00"}


def _change() -> dict[str, Any]:
    return {"delivery_on": (timezone.localdate() + timedelta(days=90)).isoformat()}


def _lost_or_twice(done: list[Done], since: int) -> Iterator[str]:
    """Orders whose facts are not those of the answers that were given."""
    kept = [each for each in done if each[4] < http.HTTPStatus.BAD_REQUEST]
    told = Counter((number, FACT[name]) for name, number, *_rest in kept)
    stated = Entry.objects.filter(sequence__gt=since, fact__in=FACT.values()).values_list("order_id", "fact")
    numbers = dict(Order.objects.filter(pk__in={order for order, _fact in stated}).values_list("pk", "number"))
    found = Counter((numbers[order], fact) for order, fact in stated)
    for each in sorted(told | found):
        if told[each] != found[each]:
            yield f"{each} was answered {told[each]} times and stated {found[each]} times"


def _said(done: list[Done], seconds: float) -> str:
    rows = []
    for name in FACT:
        begun, due = ([each[place] for each in done if each[0] == name] for place in (3, 2))
        figures = (1000 * quantile(values, share) for values in (begun, due) for share in (0.5, 0.99) if values)
        rows.append([name, str(len(begun)), *(f"{each:.0f}" for each in figures)])
    heads = ("act", "number", "p50 ms", "p99 ms", "p50 since due", "p99 since due")
    answers = dict(Counter(each[4] if each[4] < http.HTTPStatus.BAD_REQUEST else (each[4], each[1]) for each in done))
    return f"{len(done) / seconds:.1f} acts a second; answers {answers}; {machine()}\n\n{table(heads, rows)}"


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    asked = [float(each) for each in sys.argv[1:]]
    main(*(asked + [100.0, 30.0][len(asked) :]))
