"""An order that came in from another system is handed over to three departments, one of which first returns it."""

from __future__ import annotations

import csv
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from aftersign.desk.importing.maps import Files, in_folder, load_map
from aftersign.desk.importing.taking_in import Intake, rows_of, take_in
from aftersign.kernel.access.actor import operating
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.sheets import read_sheet
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.firm import PASSWORD, SHANGHAI, Firm
from tests.journeys.conftest import Desk
from tests.journeys.test_receiving import give_back, put_right, sign, stated, states, to_the_copy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NORTHWIND = Path(__file__).parent.parent / "data" / "northwind"
FIRST_SIGNED = date(1996, 7, 4)
ORDERS = 1
PAPERS = ("NW-10248 合同.pdf", "NW-10248 需求书.pdf")


@pytest.fixture
def imported(house: Firm, tmp_path: Path) -> Order:
    """The first order of Northwind, as if it were signed today; its seller may sign in."""
    folder = tmp_path / "northwind"
    shutil.copytree(NORTHWIND, folder)
    with (NORTHWIND / "orders.csv").open(encoding="utf-8", newline="") as source:
        lines = source.readlines()
    (folder / "orders.csv").write_text("".join(lines[: ORDERS + 1]), encoding="utf-8")
    assert next(csv.DictReader(lines))["orderID"] == "10248"

    chart = load_map("northwind")
    shift = (datetime.now(SHANGHAI).date() - FIRST_SIGNED).days
    sheet = read_sheet(folder / "orders.csv", chart.loose)
    rows = list(rows_of(sheet, chart, Files(in_folder(folder), chart.joined), shift))
    outcome = take_in(rows, Intake(company(), operating("import")), partly=False, dry_run=False)
    assert (outcome.created, outcome.bad) == (ORDERS, [])

    seller = Person.objects.get(account="steven.buchanan")
    seller.set_password(PASSWORD)
    seller.save()
    return Order.objects.get(contract_no="NW-10248")


def duties(order: Order) -> dict[str, list[str]]:
    """The states of an order's duties by term."""
    found: dict[str, list[str]] = {}
    for term, state in Duty.objects.filter(order=order).order_by("term", "state").values_list("term", "state"):
        found.setdefault(term, []).append(state)
    return found


def papers_of(folder: Path) -> list[Path]:
    """The contract of the order, and what the customer requires."""
    found = [folder / name for name in PAPERS]
    for path in found:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    return found


def test_an_imported_order_is_handed_over_after_one_return(imported: Order, desk: Desk, tmp_path: Path) -> None:
    assert (imported.lines.count(), imported.grade) == (3, "C")
    assert duties(imported) == {"1.2.1.a": ["done"], "2.1.1.a": ["open"], "2.2.1.a": ["open"]}
    sales = desk("steven.buchanan")
    sales.press(f"main a.btn[href='/orders/{imported.number}/handover/']")
    sales.arrive("**/handover/")
    sales.enter("#id_customer_requirements-0-statement", "三种食品按批号交付")
    sales.tick("#id_special_matters-none")
    for kind in ("quotation", "negotiation_record"):
        sales.enter(f"#id_{kind}", "电话成交，没有书面文件")
    sales.enter("#id_password", PASSWORD)
    sales.press("button[form=fill].p")
    sales.page.wait_for_selector("#errors")
    assert stated(imported, "handover.submitted") == 0
    sales.complaints.clear()  # the browser has complained of the refusal

    sales.drop("input[type=file]", papers_of(tmp_path))
    sales.see(PAPERS[1])
    sales.enter("#id_password", PASSWORD)
    sales.press("button[form=fill].p")
    sales.page.wait_for_selector("#h-copies")
    form = {"1.2.1.a": ["done"], "2.1.1.a": ["done"], "2.1.2.a": ["done"], "2.2.1.a": ["open"]}
    assert duties(imported) == {**form, "2.1.3.b": ["open"] * 3}

    project, service, finance = (desk(who) for who in ("linxiaolan", "zhouyan", "hejing"))
    to_the_copy(project, imported, "project")
    sign(project, "papers")
    to_the_copy(finance, imported, "finance")
    give_back(finance, "保质期怎样算合格")
    assert duties(imported) == {**form, "2.1.3.b": ["done", "open", "paused"], "2.1.3.c": ["open"]}

    put_right(sales, imported, "到货时剩余保质期不少于 8 个月")
    assert duties(imported)["2.1.3.c"] == ["done"]
    assert duties(imported)["2.1.3.b"] == ["done", "open", "open"]
    for walk, code, boxes in (
        (project, "project", ("papers", "changes")),
        (finance, "finance", ("papers", "changes")),
        (service, "customer_service", ("papers",)),
    ):
        walk.open("/")
        to_the_copy(walk, imported, code)
        sign(walk, *boxes)

    imported.refresh_from_db()
    assert (imported.stage, set(states(imported).values())) == ("handed_over", {"accepted"})
    ended = {term: set(states) for term, states in duties(imported).items()}
    assert ended["2.1.3.b"] == ended["2.1.3.c"] == {"done"}
    assert ended["1.3.4.a"] == {"open"}  # the head of the project department now names the team
