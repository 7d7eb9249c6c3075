"""What acts mean to others: who is told of what, who is not, and what the clock brings, at every hour."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest

from aftersign.demo import scenes
from aftersign.demo.script import Plot
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.notices.models import Event, Message, Notice
from aftersign.kernel.notices.registry import Cause, Telling
from aftersign.kernel.notices.telling import happen
from aftersign.kernel.notices.wishes import wish
from aftersign.kernel.org.models import Department, Deputyship, Person
from aftersign.orders.models import TeamMember
from aftersign.policy.models import Duty
from tests.company.inboxes import addresses, let_time_pass, reasons, received
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def mail(settings: Any, firm: Firm) -> None:
    """The installation sends mails, everybody has an address, and the worker has been round."""
    settings.MAIL = True
    addresses()
    let_time_pass()


def test_whoever_acts_is_not_told(firm: Firm) -> None:
    firm.register()
    let_time_pass()
    assert Notice.objects.count() == 0
    scenes.name_team(firm.register("另一单"))
    let_time_pass()
    assert reasons("wangqiming") == []
    assert ("named", "order") in reasons("wumin")


def test_an_accepted_copy_is_told_to_whoever_gave_it(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    let_time_pass()
    assert reasons("linxiaolan") == [("sent", "handover_copy")]
    assert reasons("wangqiming") == [("sent", "handover_copy")]
    scenes.accept(order, "project")
    let_time_pass()
    assert ("accepted", "handover_copy") in reasons("wumin", unread=True)
    mine = Notice.objects.get(person__account="linxiaolan", unit="handover_copy")
    assert (mine.unread, mine.confirmed_at is not None) == (False, True)
    heads = Notice.objects.get(person__account="wangqiming", unit="handover_copy")
    assert (heads.unread, heads.ended_at is not None, heads.confirmed_at) == (False, True, None)


def test_a_late_duty_is_told_by_mail_once(firm: Firm, later: Later, mailoutbox: list[Any]) -> None:
    firm.register()
    let_time_pass()
    assert mailoutbox == []
    with later("2026-09-09 00:01"):
        let_time_pass()
        assert ("overdue", "duty") in reasons("wumin", unread=True)
        assert mailoutbox == []
    with later("2026-09-09 08:00"):
        let_time_pass()
        let_time_pass()
    to_owner = [mail for mail in received(mailoutbox, "wumin") if "2.1.1" in mail.body]
    assert len(to_owner) == 1
    with later("2026-09-10 08:00"):
        let_time_pass()
        let_time_pass()
    to_head = [mail for mail in received(mailoutbox, "lujian") if "2.1.1" in mail.body]
    assert len(to_head) == 1
    assert len([mail for mail in received(mailoutbox, "wumin") if "2.1.1" in mail.body]) == 1
    for mail in (*to_owner, *to_head):
        html = mail.alternatives[0].content
        assert html.count("<a ") == 1
        assert mail.body.count("http") == 1
        assert "检测平台" in mail.body
    assert Entry.objects.filter(fact__startswith="notice").count() == 0


def test_hour_clocks_and_day_clocks_remind_before_they_are_due(firm: Firm, later: Later) -> None:
    firm.register()
    due = Duty.objects.get(term="2.1.1.a").due_at
    assert due is not None
    with later("2026-09-08 08:59"):
        let_time_pass()
        assert ("due_soon", "duty") not in reasons("wumin")
    facts = Entry.objects.count()
    with later("2026-09-08 09:00"):
        let_time_pass()
        let_time_pass()
    reminded = Notice.objects.get(person__account="wumin", unit_id=str(Duty.objects.get(term="2.1.1.a").pk))
    assert (reminded.reason, reminded.level) == ("due_soon", 1)
    assert Event.objects.filter(notice=reminded).count() == 1
    assert Entry.objects.count() == facts
    assert Message.objects.filter(notice=reminded).count() == 0


def test_a_digest_comes_once_a_day_and_holds_twenty_lines(firm: Firm, later: Later, mailoutbox: list[Any]) -> None:
    for number in range(8):
        firm.send(firm.register(f"订单{number}"))
    let_time_pass()
    with later("2026-09-08 08:29"):
        let_time_pass()
        assert received(mailoutbox, "luoyun") == []
    with later("2026-09-08 08:30"):
        let_time_pass()
    with later("2026-09-08 09:30"):
        let_time_pass()
    digests = received(mailoutbox, "luoyun")
    assert len(digests) == 1
    assert digests[0].subject == "8 条新通知"
    assert digests[0].body.count("http") == 1
    assert "事实记录共" in digests[0].body
    texts = received(mailoutbox, "wangqiming")[0]
    assert texts.alternatives[0].content.count("<li>") == 8


def test_no_more_than_twelve_mails_a_day_about_what_is_not_late(firm: Firm, mailoutbox: list[Any]) -> None:
    wish(Person.objects.get(account="luoyun"), {"sent": "mail"}, digest=True)
    for number in range(14):
        firm.send(firm.register(f"订单{number}"))
    let_time_pass()
    assert len(received(mailoutbox, "luoyun")) == 12
    assert reasons("luoyun").count(("sent", "handover_copy")) == 14


def test_what_is_muted_stays_away_and_what_is_late_does_not(firm: Firm, later: Later) -> None:
    seller = Person.objects.get(account="wumin")
    wish(seller, {"accepted": "none"}, digest=False)
    with pytest.raises(ValueError, match="overdue"):
        wish(seller, {"overdue": "none"}, digest=False)
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    let_time_pass()
    assert ("accepted", "handover_copy") not in reasons("wumin")
    with later("2026-09-20 10:00"):
        let_time_pass()
    assert ("overdue", "duty") in reasons("wumin")


def test_a_deputy_hears_of_what_is_late_by_mail(firm: Firm, later: Later, mailoutbox: list[Any]) -> None:
    seller, deputy = Person.objects.get(account="wumin"), Person.objects.get(account="lujian")
    Deputyship.objects.create(person=seller, deputy=deputy, from_on="2026-09-07", until="2026-09-30")
    firm.register()
    with later("2026-09-09 00:01"):
        let_time_pass()
    with later("2026-09-09 08:00"):
        let_time_pass()
    mail = next(each for each in received(mailoutbox, "lujian") if "2.1.1" in each.body)
    assert "您是吴敏的代理人" in mail.body


def test_nobody_is_told_of_what_they_may_not_see(firm: Firm) -> None:
    order = firm.register()
    TeamMember.objects.filter(order=order).delete()
    seller = Person.objects.get(account="zhaoping")
    cause = Cause("told", "order.suspended", firm.moment)
    Person.objects.filter(pk=seller.pk).update(department=Department.objects.get(code="sales"))
    happen([Telling(cause, seller.pk, "order", str(order.pk), "course")])
    assert reasons("zhaoping") == []
    happen([Telling(cause, Person.objects.get(account="wumin").pk, "order", str(order.pk), "course")])
    assert reasons("wumin") == [("course", "order")]


def test_an_adopted_order_alarms_nobody_about_the_past(firm: Firm, later: Later, mailoutbox: list[Any]) -> None:
    plot = Plot("ERP 一期", "立泰电子有限公司", "project", Decimal(1_350_000), 0, ())
    day = firm.moment.date().toordinal() - 40
    scenes.adopt(plot, 1, day, "executing")
    let_time_pass()
    with later("2026-09-07 12:00"):
        let_time_pass()
    assert [pair for pair in reasons("wumin") if pair[0] in ("overdue", "escalated")] == []
    assert mailoutbox == []


def test_what_was_dealt_with_in_the_night_is_not_mailed_in_the_morning(
    firm: Firm, later: Later, mailoutbox: list[Any]
) -> None:
    order = firm.register()
    with later("2026-09-09 00:01"):
        let_time_pass()
    waiting = Message.objects.filter(person__account="wumin", level=2).count()
    assert waiting > 0
    with later("2026-09-09 07:00"):
        firm.send(order)
        let_time_pass()
    with later("2026-09-09 08:00"):
        let_time_pass()
    assert [mail for mail in received(mailoutbox, "wumin") if "2.1.1" in mail.body] == []
    assert Message.objects.filter(state="dropped", error="ended before it was sent").exists()
