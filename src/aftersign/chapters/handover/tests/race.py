"""Two departments sign at the same moment, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

from django.db import DatabaseError, connections

from aftersign.chapters.handover.tests.rig import PAPERS, Firm, add_paper
from aftersign.chapters.handover.tests.test_main_line import accept, hand_over
from aftersign.kernel.acts.refusals import Refused
from aftersign.orders.models import Order


def another_order(firm: Firm, number: int) -> Firm:
    """The same company with one more signed order."""
    first = firm.order
    order = Order.objects.create(
        number=f"SO-2026-{number:04d}",
        title=f"Race {number}",
        customer=first.customer,
        contract_no=f"HT-{number}",
        kind=first.kind,
        signed_on=date(2026, 11, 16),
        currency="CNY",
        sales_owner=first.sales_owner,
    )
    for kind, name in PAPERS:
        add_paper(order, kind, name)
    return Firm(firm.departments, firm.people, order)


def at_once(*doings: Callable[[], Any]) -> list[Exception]:
    """Do several things at the same moment in threads; gives what went wrong."""
    gate = Barrier(len(doings))
    wrong: list[Exception] = []

    def run(doing: Callable[[], Any]) -> None:
        try:
            gate.wait()
            doing()
        except (DatabaseError, Refused) as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def race(firm: Firm, number: int) -> list[str]:
    """The last two departments accept one order at once; gives the completions that were stated."""
    one = another_order(firm, number)
    hand_over(one)
    accept(one, "project")
    wrong = at_once(lambda: accept(one, "customer_service"), lambda: accept(one, "finance"))
    assert wrong == []
    assert {copy.state for copy in one.handover.copies.all()} == {"accepted"}
    return one.facts("handover.accepted")
