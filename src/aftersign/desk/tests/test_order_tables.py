"""Running orders from a table in the browser: sent, looked at, taken in, all of them or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.desk.adopting import keeping, telling, working
from aftersign.desk.adopting.found import Way
from aftersign.desk.adopting.values import as_tables, guessed
from aftersign.desk.models import LOOKED, LOOKING, SENT, TAKEN, TAKING, OrderTable, OrderTableFile
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty
from tests.firm import Firm, founded

PAGE = "/orders/adopt/table/"
HEADS = "合同编号,订单名称,客户,订单类型,签订日期,金额,销售负责人,已到阶段,客户验收日期"
NORTHWIND = Path(__file__).resolve().parents[4] / "tests" / "data" / "northwind"
QUERIES = 24
"""How many questions the page of a table asks the database, however many rows it has."""


def person(account: str) -> Person:
    return Person.objects.get(account=account)


@pytest.fixture
def firm(db: None) -> Iterator[Firm]:
    with founded(now()) as firm:
        yield firm


@pytest.fixture
def desk(firm: Firm, client: Client) -> Client:
    """The browser of a salesperson."""
    client.force_login(person("wumin"))
    return client


def before(days: int = 60) -> str:
    return (date.today() - timedelta(days=days)).isoformat()  # noqa: DTZ011 (long ago in any zone)


def rows(*said: str) -> bytes:
    return "\n".join((HEADS, *said)).encode()


def row(number: int, **other: str) -> str:
    said = {"title": f"订单 {number}", "customer": "云图传媒有限公司", "kind": "服务", "signed": before()}
    said |= {"amount": "12,000.50", "seller": "吴敏", "stage": "执行中", "accepted": ""} | other
    said["amount"] = f'"{said["amount"]}"'
    return ",".join((f"HT-T-{number:03d}", *said.values()))


def send(desk: Client, content: bytes, name: str = "在办.csv") -> str:
    """Send a table; answers with the address of its page."""
    answer = desk.post(PAGE, {"sent": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, text(answer)
    return str(answer.headers["Location"])


def look(desk: Client, address: str, **other: str) -> Any:
    """Have it looked at with the columns that were guessed; answers with the page."""
    form = desk.get(address).context["form"]
    said = {line.field.name: line.field.value() or "" for line in form.lines}
    return desk.post(address, {**said, "stage": "row", "mode": "whole", **other}, follow=True)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def state_of_things() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Order, Customer, Person, Entry, RefusedAct))


def test_a_table_is_sent_looked_at_and_taken_in(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1), row(2, stage="已交接"), row(3, stage="planned")))
    was = state_of_things()
    page = look(desk, address)
    assert state_of_things() == was, "looking changes nothing"
    found = OrderTable.objects.get()
    assert (found.state, found.found["created"], found.found["bad"]) == (LOOKED, 3, [])
    assert found.found["late"]["total"] == 0 < found.found["usual"]["total"]
    assert "云图传媒有限公司" in text(page)
    page = desk.post(f"{address}take/", follow=True)
    orders = Order.objects.filter(contract_no__startswith="HT-T-").order_by("contract_no")
    assert [each.stage for each in orders] == ["executing", "handed_over", "planned"]
    assert {each.sales_owner.account for each in orders} == {"wumin"}
    assert Entry.objects.filter(fact="order.adopted", actor_id=person("wumin").pk).count() == 3
    assert not Duty.objects.filter(order__in=orders, state__in=("breached", "done_late")).exists()
    found.refresh_from_db()
    assert (found.state, OrderTableFile.objects.count()) == (TAKEN, 0), "names and amounts are not kept twice"
    assert "3" in text(page)


def test_one_wrong_row_keeps_all_out_unless_good_rows_were_asked_for(firm: Firm, desk: Client) -> None:
    table = rows(row(1), row(2, signed="昨天"), row(3, seller="没有人"), row(1), row(5, stage="飞行中"))
    address = send(desk, table)
    was = state_of_things()
    page = text(look(desk, address))
    for sentence in ("昨天", "没有人", "飞行中", "第 2 行"):
        assert sentence in page
    assert OrderTable.objects.get().found["created"] == 1
    desk.post(f"{address}take/")
    assert (state_of_things(), OrderTable.objects.get().state) == (was, LOOKED)
    wrong = desk.get(f"{address}wrong.csv").content.decode()
    assert len(wrong.strip().splitlines()) == 5
    desk.post(f"{address}again/")
    look(desk, address, mode="partly")
    desk.post(f"{address}take/")
    assert list(Order.objects.filter(contract_no__startswith="HT-T-").values_list("contract_no", flat=True)) == [
        "HT-T-001"
    ]


def test_all_that_is_wrong_with_a_row_is_said_at_once_and_it_is_in_no_preview(firm: Firm, desk: Client) -> None:
    future = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011
    address = send(
        desk,
        rows(
            row(1, signed="昨天", amount="-5", seller="没有人", stage="飞行中"),
            row(2, signed=future, amount="-5", seller="没有人"),
            row(3, amount="许多", kind="魔法", accepted=before(3)),
            row(4),
            row(5, amount="-5"),
            row(4, signed="昨天"),
        ),
    )
    was = state_of_things()
    page = look(desk, address)
    assert state_of_things()[:4] == was[:4]
    bad = {number: [why[0] for why in whys] for number, whys in OrderTable.objects.get().found["bad"]}
    assert sorted(bad[2]) == ["amount", "sales_owner", "signed_on", "stage"]
    assert {"amount", "sales_owner", "signed_on"} <= set(bad[3])
    assert sorted(bad[4]) == ["accepted_on", "amount", "kind"]
    assert bad[6] == ["amount"]
    assert sorted(bad[7]) == ["contract_no", "signed_on"]
    assert [each.contract_no for each in page.context["way"].first] == ["HT-T-004"]


def test_of_an_order_that_is_known_nobody_asks_who_sells_it(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1)))
    look(desk, address)
    desk.post(f"{address}take/")
    look(desk, send(desk, rows(row(1, amount="-5", seller="没有人"))))
    found = OrderTable.objects.order_by("-sent_at")[0].found
    assert [[why[0] for why in whys] for _number, whys in found["bad"]] == [["amount"]]


def test_a_seller_is_known_by_account_as_well(firm: Firm, desk: Client) -> None:
    Person.objects.create(account="wumin2", name="吴敏", department=person("wumin").department)
    address = send(desk, rows(row(1, seller="wumin"), row(2, seller="吴敏 wumin2"), row(3, seller="吴敏")))
    look(desk, address, mode="partly")
    assert [number for number, _whys in OrderTable.objects.get().found["bad"]] == [4], "two have that name"
    desk.post(f"{address}take/")
    sold = Order.objects.filter(contract_no__startswith="HT-T-").order_by("contract_no")
    assert list(sold.values_list("sales_owner__account", flat=True)) == ["wumin", "wumin2"]


def test_an_order_since_the_rules_is_refused_with_the_clause_and_nothing_comes_in(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1), row(2, signed=date.today().isoformat())))  # noqa: DTZ011
    look(desk, address)
    [[number, [[_value, sentence, clauses]]]] = OrderTable.objects.get().found["bad"]
    assert number == 3
    assert sentence
    assert isinstance(clauses, list)


def test_the_same_table_again_changes_nothing_and_its_map_is_remembered(firm: Firm, desk: Client) -> None:
    heads = HEADS.replace("签订日期", "某一天")
    content = "\n".join((heads, row(1))).encode()
    address = send(desk, content)
    assert desk.post(address, {"stage": "executing", "mode": "whole"}).status_code == 422, (
        "nobody knows what that column means"
    )
    look(desk, address, signed_on="{某一天}")
    desk.post(f"{address}take/")
    again = send(desk, content)
    page = look(desk, again)
    assert page.context["way"].found["unchanged"] == 1
    assert not page.context["way"].may_be_taken


def test_the_stage_of_all_is_that_of_rows_which_name_none(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1, stage=""), row(2, stage="已计划")))
    look(desk, address, stage="executing")
    desk.post(f"{address}take/")
    found = Order.objects.filter(contract_no__startswith="HT-T-").order_by("contract_no")
    assert list(found.values_list("stage", flat=True)) == ["executing", "planned"]


def test_while_somebody_is_at_work_a_short_table_waits_for_the_worker(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1)))
    with telling.alone() as mine:
        assert mine
        look(desk, address)
        assert OrderTable.objects.get().state == LOOKING
        assert not working.work_next()
    assert working.work_next()
    assert OrderTable.objects.get().state == LOOKED


def test_a_table_without_a_stage_is_refused(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1)))
    answer = look(desk, address, stage_column="")
    assert answer.status_code == 422
    assert OrderTable.objects.get().state == SENT


def test_files_that_a_map_knows_come_together(firm: Firm, desk: Client) -> None:
    names = ("orders.csv", "customers.csv", "employees.csv", "order-details.csv", "products.csv")
    content = {name: (NORTHWIND / name).read_bytes() for name in names}
    content["orders.csv"] = b"".join(content["orders.csv"].splitlines(keepends=True)[:6])
    answer = desk.post(PAGE, {"sent": [SimpleUploadedFile(name, each) for name, each in content.items()]})
    table = OrderTable.objects.get()
    assert (table.chart_name, table.name, table.rows) == ("northwind", "orders.csv", 5)
    desk.post(answer.headers["Location"], {"stage": "executing", "mode": "whole"})
    table.refresh_from_db()
    assert {why[0][0] for _row, why in table.found["bad"]} == {"sales_owner"}, "a salesperson lists nobody"
    assert (
        desk.post(
            PAGE, {"sent": [SimpleUploadedFile("a.csv", b"a\n1"), SimpleUploadedFile("b.csv", b"a\n1")]}
        ).status_code
        == 422
    )


@pytest.mark.parametrize("content", [b"", b"\x00\x01", HEADS.encode()])
def test_what_is_no_table_is_not_kept(firm: Firm, desk: Client, content: bytes) -> None:
    assert desk.post(PAGE, {"sent": SimpleUploadedFile("x.csv", content)}).status_code == 422
    assert not OrderTable.objects.exists()


def test_a_long_table_waits_for_the_worker(firm: Firm, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 1)
    address = send(desk, rows(row(1), row(2)))
    page = look(desk, address)
    assert OrderTable.objects.get().state == LOOKING
    assert "<progress" in page.content.decode()
    told: list[int] = []
    monkeypatch.setattr(telling, "tell", lambda table, behind: told.append(behind))
    with telling.alone() as mine:
        assert mine
        assert not working.work_next(), "one at a time"
    assert working.is_any_waiting()
    assert working.work_next()
    assert told == [1, 2]
    assert not working.work_next()
    desk.post(f"{address}take/")
    assert OrderTable.objects.get().state == TAKING
    assert working.work_next()
    assert OrderTable.objects.get().state == TAKEN
    assert Order.objects.filter(contract_no__startswith="HT-T-").count() == 2


def test_nobody_else_sees_a_table_and_who_may_not_adopt_is_told(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1)))
    other = Client()
    other.force_login(person("linxiaolan"))
    assert other.get(PAGE).status_code == 403
    assert other.get(address).status_code == 404
    head = Client()
    head.force_login(person("chenli"))
    assert head.get(PAGE).status_code == 200
    assert head.get(address).status_code == 404


def test_the_worker_does_what_whoever_sent_it_may_do_then(firm: Firm, desk: Client) -> None:
    address = send(desk, rows(row(1)))
    Person.objects.filter(account="wumin").update(department=person("linxiaolan").department)
    table = OrderTable.objects.get()
    working.look(table, Actor("person", person=table.sent_by), stage="executing", chart=as_tables(_guess(table)))
    table.refresh_from_db()
    assert len(table.found["bad"]) == 1
    assert desk.get(address).status_code == 403


def _guess(table: OrderTable) -> dict[str, str]:
    return {name: f"{{{head}}}" for name, head in guessed(table.heads).items()}


def test_what_does_not_come_in_is_thrown_away(firm: Firm, desk: Client) -> None:
    send(desk, rows(row(1)))
    keeping.throw_away_old()
    assert OrderTable.objects.count() == 1
    OrderTable.objects.update(state_at=now() - keeping.KEPT - timedelta(minutes=1))
    keeping.throw_away_old()
    assert not OrderTable.objects.exists()


def test_the_page_asks_the_same_of_any_number_of_rows(firm: Firm, desk: Client) -> None:
    for number in (1, 30):
        address = send(desk, rows(*(row(each, seller="没有人") for each in range(number))))
        look(desk, address)
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(address)
        assert page.status_code == 200
        assert len(asked) <= QUERIES, len(asked)
    assert Way(OrderTable.objects.order_by("-sent_at")[0]).bad == 30
    assert desk.get(f"{PAGE}empty.csv").status_code == 200
