"""Withdrawing a fact and asking for a release, from the page where the mistake or the refusal is met."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import fact_of, stated
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.desk.tests.desks import MOST_BYTES, browser, cost, newcomer, read
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import corrections
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from aftersign.orders.queries.known import particulars_of
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
MOST_QUERIES = 30
REASON = {"reason": "改错了订单"}


@pytest.fixture
def order(firm: Firm) -> Order:
    """An order whose name was changed by mistake."""
    found = firm.register()
    orders.change_information(found, entry=replace(particulars_of(found), title="别的订单"), by=actor("wumin"))
    found.refresh_from_db()
    return found


def page_of(order: Order, name: str = "order.information_changed") -> str:
    """Where a fact of an order is withdrawn."""
    return f"/facts/{fact_of(order, name).pk}/withdraw/"


def activity(order: Order, account: str = "wumin") -> str:
    """What the activity of an order says."""
    return read(browser(account), f"/orders/{order.number}/activity/")


def test_the_author_withdraws_from_the_activity_and_it_stays_visible(order: Order) -> None:
    page = browser("wumin").get(f"/orders/{order.number}/activity/").content.decode()
    assert f'href="{page_of(order)}"' in page
    shown = read(browser("wumin"), page_of(order))
    assert "09-08 24 时以前可以自行撤销" in shown
    answer = browser("wumin").post(page_of(order), REASON, follow=True)
    assert "已撤销" in answer.content.decode()
    order.refresh_from_db()
    assert order.title == "检测平台"
    said = activity(order)
    for part in ("已更正", "由 吴敏 撤销", "改错了订单", "别的订单"):
        assert part in said, part
    assert page_of(order) not in browser("wumin").get(f"/orders/{order.number}/activity/").content.decode()


def test_a_withdrawal_is_withdrawn_from_the_activity(order: Order) -> None:
    browser("wumin").post(page_of(order), REASON)
    browser("wumin").post(page_of(order, corrections.WITHDRAWN), {"reason": "其实没有改错"})
    order.refresh_from_db()
    assert order.title == "别的订单"
    assert activity(order).count("已更正") == 1


def test_later_a_second_person_agrees(order: Order, later: Later) -> None:
    with later("2026-09-09 09:00"):
        page = read(browser("wumin"), page_of(order))
        assert "须有第二人同意：陆建" in page
        browser("wumin").post(page_of(order), REASON)
        request = Request.objects.get()
        assert "正在等待答复" in read(browser("wumin"), page_of(order))
        assert "申请撤销记录" in read(browser("lujian"), "/")
        shown = read(browser("lujian"), f"/requests/{request.pk}/")
        for part in ("订单信息已变化", "改错了订单", "没有义务因此变动"):
            assert part in shown, part
        sent = {"_form": "ApprovalForm", "_version": request.version}
        browser("lujian").post(f"/requests/{request.pk}/approve/", sent)
        order.refresh_from_db()
        assert order.title == "检测平台"
        assert "经 陆建 同意撤销" in activity(order)


def test_what_would_become_of_duties_is_shown_first(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    for code in scenes.RECEIVERS:
        scenes.accept(order, code)
    page = read(browser("hejing"), page_of(order, "handover.copy_accepted"))
    for part in ("一并撤销", "交接已完成", "签收交接单", "已完成", "期限"):
        assert part in page, part


def test_what_was_built_on_it_is_listed_and_nothing_can_be_sent(order: Order) -> None:
    first = page_of(order)
    orders.change_information(order, entry=replace(particulars_of(order), title="又一个"), by=actor("wumin"))
    page = browser("wumin").get(first).content.decode()
    assert "以下后续记录以它为基础" in page
    assert "<textarea" not in page
    facts = len(stated())
    answer = browser("wumin").post(first, REASON)
    assert answer.status_code == 422
    assert len(stated()) == facts


def test_what_cannot_be_withdrawn_says_what_to_do(order: Order) -> None:
    page = read(browser("wumin"), page_of(order, "order.signed"))
    assert "请更改订单信息中有误之处" in page
    assert page_of(order, "order.signed") not in browser("wumin").get(f"/orders/{order.number}/").content.decode()


def test_who_may_not_is_told_who_may(order: Order) -> None:
    for method in ("get", "post"):
        answer = getattr(browser("sunqian"), method)(page_of(order))
        assert answer.status_code == 403
        assert "吴敏" in answer.content.decode()
    assert newcomer().get(page_of(order)).status_code == 404
    assert not Request.objects.exists()


def test_a_refused_act_leads_to_a_release(firm: Firm) -> None:
    order = firm.register()
    with pytest.raises(Refused):
        scenes.complete(order)
    address = f"/refusals/{RefusedAct.objects.get().pk}/release/"
    page = read(browser("wumin"), address)
    for part in ("申请特批放行", "确认订单完成", "2.1.3", "两人同意"):
        assert part in page, part
    browser("wumin").post(address, {"term": "2.1.3.e", "reason": "客户已注销"})
    request = Request.objects.get()
    for account in ("lujian", "chenli"):
        assert "申请特批放行" in read(browser(account), "/")
        request.refresh_from_db()
        sent = {"_form": "ApprovalForm", "_version": request.version}
        browser(account).post(f"/requests/{request.pk}/approve/", sent)
    assert stated()[-2:] == ["general.release_agreed", "general.gate_released"]
    scenes.complete(order)
    shown = read(browser("wumin"), f"/requests/{request.pk}/")
    assert "陆建" in shown
    assert "陈立" in shown
    clause = read(browser("wumin"), "/clauses/2.1.3/")
    assert "1 特批放行" in clause
    assert "客户已注销" in clause


def test_the_refusal_itself_offers_the_way(firm: Firm) -> None:
    order = firm.register()
    page = browser("wumin").post(f"/orders/{order.number}/complete/", {"accepted_by": "高珊"}).content.decode()
    assert "/release/" not in page
    firm.send(order)
    answer = browser("wangqiming").post(f"/orders/{order.number}/handover/finance/", {"_form": "AcceptForm"})
    assert "/release/" not in answer.content.decode()


def test_nobody_uses_the_refusal_of_another(firm: Firm) -> None:
    order = firm.register()
    with pytest.raises(Refused):
        scenes.complete(order)
    address = f"/refusals/{RefusedAct.objects.get().pk}/release/"
    assert browser("lujian").get(address).status_code == 404


@pytest.mark.parametrize("account", ["wumin", "lujian"])
def test_the_pages_ask_the_database_little(order: Order, account: str) -> None:
    for page in (page_of(order), f"/orders/{order.number}/activity/"):
        queries, size = cost(browser(account), page)
        assert queries <= MOST_QUERIES, page
        assert size <= MOST_BYTES, page
