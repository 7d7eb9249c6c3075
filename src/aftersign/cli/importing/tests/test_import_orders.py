"""`aftersign import orders`: all rows or none, as often as wanted, and every refused row with its reason."""

import csv
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result

from aftersign.cli.main import main
from aftersign.desk.setup import founding
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.journal import chain
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.sheets import read_sheet
from aftersign.orders.models import Customer, InformationChange, Line, Order
from aftersign.policy.models import Duty

NORTHWIND = Path(__file__).resolve().parents[5] / "tests" / "data" / "northwind"
FEW = 25
Edit = Callable[[list[dict[str, str]]], None]
PLAIN_MAP = """
[order]
contract_no = "{合同编号}"
title = "{订单名称}"
kind = "{类型}"
signed_on = "{签订日期}"
amount = "{金额}"
[customer]
name = "{客户}"
[sales_owner]
name = "{销售}"
"""
PLAIN_ROWS = (
    ("合同编号", "订单名称", "类型", "签订日期", "金额", "客户", "销售"),
    ("HT-001", "仓储扫码改造", "service", "2026年9月1日", "320,000.50", "明源食品集团有限公司", "吴敏"),
    ("HT-002", "数据看板开发", "sales", "2026/9/2", "￥150000", "云图传媒有限公司", "吴敏"),
)


@pytest.fixture
def company(db: None) -> None:
    """A company that has just been founded."""
    list(founding.found("海川科技有限公司"))


@pytest.fixture
def northwind(tmp_path: Path) -> Path:
    """The first orders of the sample data, with the files beside them."""
    folder = tmp_path / "northwind"
    shutil.copytree(NORTHWIND, folder)
    change(folder / "orders.csv", lambda rows: rows.__delitem__(slice(FEW, None)))
    return folder / "orders.csv"


def change(path: Path, edit: Edit) -> None:
    """Edit the rows of a CSV file."""
    sheet = read_sheet(path, "shipAddress")
    rows, columns = [row for _number, row in sheet.rows], sheet.columns
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)


def bring_in(file: Path, *options: str, chart: str = "northwind") -> Result:
    """The command, with one JSON document as its answer."""
    return CliRunner().invoke(main, ["import", "orders", str(file), "--map", chart, "--json", *options])


def counts(result: Result) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    said = json.loads(result.stdout)
    return said["created"], said["updated"], said["unchanged"], said["refused"]


def state_of_things() -> tuple[int, int, int, int, int]:
    """What an import could have changed."""
    return (
        Order.objects.count(),
        Customer.objects.count(),
        Person.objects.count(),
        Entry.objects.count(),
        RefusedAct.objects.count(),
    )


def test_orders_come_in_with_lines_customers_and_sellers(company: None, northwind: Path) -> None:
    result = bring_in(northwind)
    assert (result.exit_code, counts(result)) == (0, (FEW, 0, 0, 0))
    order = Order.objects.get(contract_no="NW-10248")
    assert (order.kind, order.currency, order.amount, order.amount_base) == (
        "sales",
        "USD",
        Decimal(440),
        Decimal(3124),
    )
    assert (str(order.signed_on), str(order.delivery_on), order.number) == ("1996-07-04", "1996-08-01", "SO-1996-0001")
    assert order.customer.code == "VINET"
    assert order.customer.address == "59 rue de l'Abbaye, Reims, France"
    assert [(each.name, each.phone) for each in order.customer.contacts.all()] == [("Paul Henriot", "26.47.15.10")]
    assert Customer.objects.get(code="HANAR").address == "Rua do Paço, 67, Rio de Janeiro, Brazil"
    assert (order.sales_owner.name, order.sales_owner.department.code) == ("Steven Buchanan", "sales")  # type: ignore[union-attr]
    assert [line.quantity for line in order.lines.all()] == [12, 10, 5]
    discounted = Line.objects.get(order__contract_no="NW-10250", name="Louisiana Fiery Hot Pepper Sauce")
    assert (discounted.discount, discounted.amount) == (Decimal(15), Decimal("214.20"))
    assert Duty.objects.get(order=order, term="2.1.1.a").state == "breached", "signed long ago, no form yet"
    assert list(chain.faults()) == []
    assert set(Entry.objects.filter(fact="order.signed").values_list("actor_kind", flat=True)) == {"import"}


def test_all_of_northwind_could_come_in(company: None) -> None:
    before = state_of_things()
    result = bring_in(NORTHWIND / "orders.csv", "--dry-run")
    assert (result.exit_code, counts(result)) == (0, (830, 0, 0, 0))
    assert state_of_things() == before


def test_the_same_again_changes_nothing(company: None, northwind: Path) -> None:
    bring_in(northwind)
    before = state_of_things()
    result = bring_in(northwind)
    assert (result.exit_code, counts(result)) == (0, (0, 0, FEW, 0))
    assert state_of_things() == before


def test_a_changed_row_is_changed_information(company: None, northwind: Path) -> None:
    bring_in(northwind)
    change(northwind, lambda rows: rows[3].update(requiredDate="1996-08-30 00:00:00.000"))
    change(northwind.with_name("order-details.csv"), lambda rows: rows[0].update(quantity="13"))
    result = bring_in(northwind)
    assert (result.exit_code, counts(result)) == (0, (0, 2, FEW - 2, 0))
    changes = InformationChange.objects.filter(order__contract_no="NW-10248").order_by("item")
    assert [(each.item, each.old, each.new) for each in changes][:1] == [("amount", "440", "454")]
    assert Order.objects.get(contract_no="NW-10248").lines.get(position=1).quantity == 13
    moved = InformationChange.objects.get(order__contract_no="NW-10251")
    assert (moved.item, moved.old, moved.new) == ("delivery_on", "1996-08-05", "1996-08-30")
    assert counts(bring_in(northwind)) == (0, 0, FEW, 0)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"orderDate": "1996-13-04"}, "signed_on: 1996-13-04 is no day"),
        ({"orderDate": "NULL"}, "signed_on: is empty"),
        ({"orderDate": "2196-07-04"}, "has not come yet"),
        ({"orderDate": "2996-07-04"}, "signed_on: 2996-07-04 is no day"),
        ({"orderDate": "0001-01-01"}, "signed_on: 0001-01-01 is no day"),
        ({"requiredDate": "1996-07-03"}, "is before the day of signing"),
        ({"customerID": "NOBODY"}, "customers.csv has no customerID NOBODY"),
        ({"customerID": ""}, "customer: has no name"),
        ({"employeeID": "77"}, "employees.csv has no employeeID 77"),
        ({"orderID": "10249"}, "contract_no: stands in row 3 already"),
    ],
)
def test_one_bad_row_keeps_all_out(company: None, northwind: Path, wrong: dict[str, str], reason: str) -> None:
    before = state_of_things()
    change(northwind, lambda rows: rows[4].update(wrong))
    result = bring_in(northwind)
    assert (result.exit_code, counts(result)) == (1, (0, 0, 0, 1))
    assert state_of_things() == before
    with Path(json.loads(result.stdout)["errors"]).open(encoding="utf-8-sig", newline="") as errors:
        (refused,) = csv.DictReader(errors)
    assert refused["row"] == "6"
    assert reason in refused["reasons"]


def test_partly_lets_the_good_rows_in(company: None, northwind: Path) -> None:
    change(northwind, lambda rows: rows[4].update(orderDate="soon"))
    result = bring_in(northwind, "--partly")
    assert (result.exit_code, counts(result)) == (0, (FEW - 1, 0, 0, 1))
    assert Order.objects.count() == FEW - 1
    assert not Order.objects.filter(contract_no="NW-10252").exists()


def test_days_can_be_shifted(company: None, northwind: Path) -> None:
    assert bring_in(northwind, "--shift-days", "10950").exit_code == 0
    order = Order.objects.get(contract_no="NW-10248")
    assert (str(order.signed_on), str(order.delivery_on)) == ("2026-06-27", "2026-07-25")
    assert counts(bring_in(northwind, "--shift-days", "10950")) == (0, 0, FEW, 0)


def test_a_workbook_is_read_like_a_csv(company: None, tmp_path: Path) -> None:
    (tmp_path / "plain.toml").write_text(PLAIN_MAP, encoding="utf-8")
    with (tmp_path / "orders.csv").open("w", encoding="gb18030", newline="") as target:
        csv.writer(target, delimiter=";").writerows(PLAIN_ROWS)
    write_workbook(tmp_path / "orders.xlsx", PLAIN_ROWS)
    chart = str(tmp_path / "plain.toml")
    assert counts(bring_in(tmp_path / "orders.xlsx", chart=chart)) == (2, 0, 0, 0)
    assert counts(bring_in(tmp_path / "orders.csv", chart=chart)) == (0, 0, 2, 0)
    order = Order.objects.get(contract_no="HT-001")
    assert (order.title, str(order.signed_on), order.amount) == ("仓储扫码改造", "2026-09-01", Decimal("320000.50"))
    assert Order.objects.get(contract_no="HT-002").amount == 150_000


@pytest.mark.parametrize(
    ("options", "chart", "said"),
    [
        (("--adopt", "shipped"), "northwind", "There is no stage “shipped”"),
        (("--adopt", "terminated"), "northwind", "No order is adopted as “Terminated”"),
        ((), "nowhere", "shipped are: northwind"),
    ],
)
def test_wrong_use_ends_with_2(company: None, northwind: Path, options: tuple[str, ...], chart: str, said: str) -> None:
    before = state_of_things()
    result = bring_in(northwind, *options, chart=chart)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert state_of_things() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{金额}", "{总额}", "there is no column 总额"),
        ("{客户}", "{customers.name}", "the map joins no customers"),
        ("[customer]", "[buyer]", "[customer] lacks name"),
        ('amount = "{金额}"', "amount = 5", "holds texts only"),
    ],
)
def test_a_map_that_cannot_serve_is_said(company: None, tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "plain.toml").write_text(PLAIN_MAP.replace(old, new), encoding="utf-8")
    write_workbook(tmp_path / "orders.xlsx", PLAIN_ROWS)
    result = bring_in(tmp_path / "orders.xlsx", chart=str(tmp_path / "plain.toml"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_file_without_a_table_is_said(company: None, tmp_path: Path) -> None:
    (tmp_path / "orders.xlsx").write_bytes(b"no workbook")
    result = bring_in(tmp_path / "orders.xlsx")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "orders.xlsx cannot be read" in result.stderr


def write_workbook(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """The smallest workbook with one sheet of texts."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    spaces = "http://schemas.openxmlformats.org"
    relations, sheets = f"{spaces}/officeDocument/2006/relationships", f"{spaces}/spreadsheetml/2006/main"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{spaces}/package/2006/content-types"/>',
        "_rels/.rels": _relation(spaces, f"{relations}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{sheets}" xmlns:r="{relations}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation(spaces, f"{relations}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{sheets}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def _relation(spaces: str, kind: str, target: str) -> str:
    relation = f'<Relationship Id="r1" Type="{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{spaces}/package/2006/relationships">{relation}</Relationships>'
