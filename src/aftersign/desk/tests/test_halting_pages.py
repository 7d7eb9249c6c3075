"""A suspension and a termination from page to page: asked for, answered, and refused without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from aftersign.demo import halts, scenes
from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import browser, read
from aftersign.kernel.journal.models import Entry
from aftersign.orders import acts
from aftersign.orders.models import HaltRequest, Order
from tests.firm import Firm


@pytest.fixture
def order(firm: Firm) -> Order:
    found = firm.register()
    firm.send(found)
    return Order.objects.get(pk=found.pk)


def send(client: Client, order: Order, page: str, form: str, **said: Any) -> Any:
    """Send one of the forms of a page, as it stood when it was opened now."""
    version = Order.objects.get(pk=order.pk).version
    data = {"_form": form, "_version": version, "_key": f"{page}{form}{version}", **said}
    return client.post(f"/orders/{order.number}/{page}/", data)


def snapshot(order: Order) -> tuple[Any, ...]:
    return (
        Entry.objects.count(),
        Order.objects.filter(pk=order.pk).values().get(),
        list(HaltRequest.objects.order_by("pk").values()),
    )


def test_from_the_request_to_the_approval(order: Order) -> None:
    seller, head = browser("wumin"), browser("lujian")
    assert send(seller, order, "suspend", "SuspensionForm", reason="客户停产").status_code == 303
    asked = HaltRequest.objects.get()
    assert "等另一人批准" in read(head, f"/orders/{order.number}/")
    page = read(head, f"/orders/{order.number}/suspend/")
    assert "客户停产" in page
    assert "批准后立即生效" in page
    assert send(head, order, "suspend", "ApprovalForm", asked=asked.pk).status_code == 303
    assert Order.objects.get(pk=order.pk).stage == "suspended"
    assert "恢复订单" in read(seller, f"/orders/{order.number}/")
    assert send(seller, order, "resume", "ResumptionForm", reason="客户复产").status_code == 303
    page = read(seller, f"/orders/{order.number}/activity/")
    assert page.index("客户复产") < page.index("客户停产")


@pytest.mark.parametrize(
    ("act", "form", "said", "sentence"),
    [
        ("suspend", "SuspensionForm", {"reason": ""}, "填写暂停的理由"),
        ("suspend", "SuspensionForm", {"reason": "停" * 501}, "500"),
        ("terminate", "TerminationForm", {"reason": "取消", "settled_how": ""}, "填写已做工作、款项和货物如何处理"),
        ("resume", "ResumptionForm", {"reason": "复产"}, "订单没有暂停，无须恢复"),
        ("close", "ClosingForm", {}, "尚缺前一步"),
    ],
)
def test_what_is_refused_changes_nothing(
    order: Order, act: str, form: str, said: dict[str, str], sentence: str
) -> None:
    before = snapshot(order)
    answer = send(browser("wumin"), order, act, form, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert snapshot(order) == before


def test_whoever_asked_may_only_withdraw(order: Order) -> None:
    head = browser("lujian")
    send(head, order, "suspend", "SuspensionForm", reason="客户停产")
    asked = HaltRequest.objects.get()
    page = read(head, f"/orders/{order.number}/suspend/")
    assert "撤回申请" in page
    assert "批准后立即生效" not in page
    assert "陈立或王启明" in page
    before = snapshot(order)
    answer = send(head, order, "suspend", "ApprovalForm", asked=asked.pk)
    assert answer.status_code == 422
    assert "批准人不能是提出申请或登记的人" in answer.content.decode()
    assert snapshot(order) == before
    assert send(head, order, "suspend", "WithdrawalForm", asked=asked.pk).status_code == 303
    assert HaltRequest.objects.get().state == "withdrawn"


def test_a_rejection_needs_a_reason_and_is_seen(order: Order) -> None:
    send(browser("wumin"), order, "terminate", "TerminationForm", reason="取消", settled_how="退款")
    asked, head = HaltRequest.objects.get(), browser("chenli")
    before = snapshot(order)
    assert send(head, order, "terminate", "RejectionForm", asked=asked.pk, answer="").status_code == 422
    assert snapshot(order) == before
    assert send(head, order, "terminate", "RejectionForm", asked=asked.pk, answer="客户仍要验收").status_code == 303
    assert "客户仍要验收" in read(browser("wumin"), f"/orders/{order.number}/activity/")


def test_a_request_that_is_no_longer_there_is_not_approved(order: Order) -> None:
    acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    asked = HaltRequest.objects.get()
    acts.withdraw_request(order, request=asked, by=actor("wumin"))
    acts.request_suspension(order, reason="另有原因", by=actor("wumin"))
    before = snapshot(order)
    answer = send(browser("lujian"), order, "suspend", "ApprovalForm", asked=asked.pk)
    assert answer.status_code == 422
    assert "现在不能再这样办理" in answer.content.decode()
    assert snapshot(order) == before


def test_two_approvals_at_once_make_one(order: Order) -> None:
    acts.request_suspension(order, reason="客户停产", by=actor("wumin"))
    asked, stale = HaltRequest.objects.get(), Order.objects.get(pk=order.pk).version
    acts.suspend(order, request=asked, by=actor("lujian"))
    before = snapshot(order)
    data = {"_form": "ApprovalForm", "_version": stale, "_key": "late", "asked": str(asked.pk)}
    assert browser("chenli").post(f"/orders/{order.number}/suspend/", data).status_code == 409
    assert snapshot(order) == before


def test_whoever_only_sees_the_order_is_told_who_may(order: Order) -> None:
    answer = browser("sunqian").get(f"/orders/{order.number}/suspend/")
    assert answer.status_code == 403
    assert "销售负责人" in answer.content.decode()


@pytest.mark.parametrize("stage", ["signed", "suspended", "terminated", "completed", "closed"])
def test_buttons_of_a_stage(order: Order, stage: str) -> None:
    shown = {
        "signed": {"暂停订单", "终止订单", "确认订单完成"},
        "suspended": {"恢复订单", "终止订单"},
        "terminated": {"关闭订单"},
        "completed": {"关闭订单"},
        "closed": set(),
    }[stage]
    if stage in ("suspended", "terminated"):
        (halts.suspend if stage == "suspended" else halts.terminate)(order)
    elif stage != "signed":
        for code in scenes.RECEIVERS:
            scenes.accept(order, code)
        scenes.complete(order)
        if stage == "closed":
            halts.close(order)
    head = browser("wumin").get(f"/orders/{order.number}/").content.decode().split('<nav class="tabs"')[0]
    names = {"暂停订单", "恢复订单", "终止订单", "确认订单完成", "关闭订单"}
    assert {name for name in names if f"{name}</a>" in head} == shown
