"""`aftersign import orders`: what would be late is said beforehand, and running orders come in without an alarm."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.utils import timezone

from aftersign.cli.importing.tests.test_import_orders import (
    FEW,
    PLAIN_MAP,
    bring_in,
    change,
    company,
    counts,
    northwind,
    state_of_things,
)
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due

__all__ = ["company", "northwind"]
ACCEPTED_MAP = PLAIN_MAP.replace("[customer]", 'accepted_on = "{验收日期}"\n[customer]')
HEAD = ("合同编号", "订单名称", "类型", "签订日期", "金额", "客户", "销售", "验收日期")


def said(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def running(folder: Path, *rows: tuple[str, date, str]) -> tuple[Path, str]:
    """A file of orders by number, day of signing and day of acceptance, and its map."""
    (folder / "plain.toml").write_text(ACCEPTED_MAP, encoding="utf-8")
    with (folder / "orders.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEAD)
        for number, signed, accepted in rows:
            writer.writerow(
                (number, number, "service", signed.isoformat(), "1000", "云图传媒有限公司", "吴敏", accepted)
            )
    return folder / "orders.csv", str(folder / "plain.toml")


def today() -> date:
    return timezone.localdate()


def reasons(result: Result) -> str:
    """The file of refused rows."""
    return Path(said(result)["errors"]).read_text(encoding="utf-8-sig")


def late() -> tuple[int, int]:
    """How many duties stand late in all, and how many of them are overdue."""
    duties = Duty.objects.filter(state__in=("breached", "done_late"))
    return duties.count(), duties.filter(state="breached").count()


def test_what_would_be_late_is_said_beforehand_and_comes_true(company: None, northwind: Path) -> None:
    before = state_of_things()
    foretold = bring_in(northwind, "--dry-run")
    assert state_of_things() == before
    assert foretold.stderr.count("would be late at once") == 1
    assert "--adopt STAGE" in foretold.stderr
    assert said(foretold)["late_at_once"] > said(foretold)["overdue_at_once"] > 0
    told = bring_in(northwind)
    assert (said(told)["late_at_once"], said(told)["overdue_at_once"]) == late()
    assert said(bring_in(northwind))["late_at_once"] == 0, "orders that are known are not late anew"


def test_an_order_signed_today_is_not_late(company: None, tmp_path: Path) -> None:
    file, chart = running(tmp_path, ("HT-1", today(), ""))
    result = bring_in(file, chart=chart)
    assert (said(result)["late_at_once"], late()) == (0, (0, 0))
    assert "late" not in result.stderr


@pytest.mark.parametrize("stage", ["signed", "handed_over", "executing"])
def test_running_orders_are_adopted_and_nobody_is_alarmed(company: None, northwind: Path, stage: str) -> None:
    result = bring_in(northwind, "--adopt", stage)
    assert (result.exit_code, counts(result), said(result)["late_at_once"]) == (0, (FEW, 0, 0, 0), 0)
    assert said(result)["adopted_at"] == stage
    assert "late" not in result.stderr
    run_due()
    assert set(Order.objects.values_list("stage", flat=True)) == {stage}
    assert late() == (0, 0)
    assert not ToldStep.objects.exists()
    assert Entry.objects.filter(fact="order.adopted", actor_kind="import").count() == FEW
    assert counts(bring_in(northwind, "--adopt", stage)) == (0, 0, FEW, 0)
    assert rebuild().different == []


def test_a_dry_adoption_changes_nothing(company: None, northwind: Path) -> None:
    before = state_of_things()
    assert counts(bring_in(northwind, "--adopt", "executing", "--dry-run")) == (FEW, 0, 0, 0)
    assert state_of_things() == before


def test_what_was_signed_since_is_not_adopted(company: None, tmp_path: Path) -> None:
    file, chart = running(tmp_path, ("HT-1", today() - timedelta(days=30), ""), ("HT-2", today(), ""))
    before = state_of_things()
    result = bring_in(file, "--adopt", "executing", chart=chart)
    assert (result.exit_code, counts(result)) == (1, (0, 0, 0, 1))
    assert state_of_things()[:-1] == before[:-1]
    assert "register a later one in the usual way" in reasons(result)
    assert counts(bring_in(file, "--adopt", "executing", "--partly", chart=chart)) == (1, 0, 0, 1)


def test_a_completed_order_says_when_it_was_accepted(company: None, tmp_path: Path) -> None:
    signed, accepted = today() - timedelta(days=90), (today() - timedelta(days=5)).isoformat()
    file, chart = running(tmp_path, ("HT-1", signed, accepted), ("HT-2", signed, ""))
    result = bring_in(file, "--adopt", "completed", "--partly", chart=chart)
    assert counts(result) == (1, 0, 0, 1)
    assert "Write on which day the customer accepted" in Path(str(said(result)["errors"])).read_text(
        encoding="utf-8-sig"
    )
    assert accepted in Entry.objects.get(fact="order.adopted").payload


def test_a_bad_row_keeps_all_adoptions_out(company: None, northwind: Path) -> None:
    change(northwind, lambda rows: rows[4].update(orderDate="soon"))
    before = state_of_things()
    assert counts(bring_in(northwind, "--adopt", "executing")) == (0, 0, 0, 1)
    assert state_of_things() == before
