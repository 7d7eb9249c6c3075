"""The inbox: nothing, one and ten thousand rows, long names, foreign threads, marks, wishes, links, and its cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from aftersign.demo import scenes
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, person, read
from aftersign.kernel.clock import new_id, now
from aftersign.kernel.journal.readers import catch_up
from aftersign.kernel.notices import claiming, outbox
from aftersign.kernel.notices.models import Event, Message, Notice, Wishes
from aftersign.kernel.org.models import Deputyship
from aftersign.orders import acts
from aftersign.orders.models import Order
from tests.firm import Firm

QUERIES = 12
MARK, WISHES, STANDING = "/notices/mark/", "/me/notices/", "/settings/notices/"


@pytest.fixture
def accepted(firm: Firm) -> Order:
    """An order of which the project department has accepted its copy, and everybody has been told."""
    catch_up("notices")
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    catch_up("notices")
    return order


def notice(account: str, **wanted: Any) -> Notice:
    return Notice.objects.filter(person__account=account, **wanted).latest("at")


def test_an_empty_inbox_says_what_will_come(firm: Firm) -> None:
    page = read(browser("zhaoping"), "/notices/")
    assert "还没有通知" in page
    assert "没有未读通知" in read(browser("zhaoping"), "/notices/?state=unread")


def test_a_thread_is_read_when_it_is_opened_without_a_script(accepted: Order) -> None:
    client, told = browser("wumin"), notice("wumin", reason="accepted")
    page = client.get("/notices/").content.decode()
    assert f'href="/notices/?open={told.pk}"' in page
    assert "已签收或已确认" in page
    assert 'data-key="g n"' in page
    assert "<b>1</b>" in page
    opened = client.get(f"/notices/?open={told.pk}").content.decode()
    assert "部门签收交接单" in opened or "林晓岚" in opened
    assert f"{accepted.number} {accepted.title}" in opened
    told.refresh_from_db()
    assert not told.unread
    assert Event.objects.get(notice=told, reason="accepted").read_at is not None
    assert "没有未读通知" in read(client, "/notices/?state=unread")


def test_a_thread_of_others_is_not_there(accepted: Order) -> None:
    told = notice("wumin")
    assert browser("lujian").get(f"/notices/?open={told.pk}").status_code == 404
    assert browser("lujian").get("/notices/?open=nonsense").status_code == 404
    assert browser("lujian").get(f"/notices/{told.pk}/go/").status_code == 404
    browser("lujian").post(MARK, {"do": "read", "chosen": str(told.pk)})
    assert Notice.objects.get(pk=told.pk).unread


def test_what_is_no_longer_seen_says_nothing(accepted: Order) -> None:
    told = notice("wumin", reason="accepted")
    Order.objects.update(sales_owner=person("lujian"))
    accepted.team.filter(person=person("wumin")).delete()
    page = read(browser("wumin"), f"/notices/?open={told.pk}")
    assert "已无权查看" in page
    assert accepted.title not in page


def test_rows_are_marked_singly_and_all_at_once(accepted: Order) -> None:
    client, told = browser("wumin"), notice("wumin", unread=True)
    client.post(MARK, {"do": "read", "chosen": [str(told.pk), "nonsense"], "next": "/notices/"})
    assert not Notice.objects.get(pk=told.pk).unread
    client.post(MARK, {"do": "unread", "chosen": str(told.pk)})
    assert Notice.objects.get(pk=told.pk).unread
    answer = client.post(MARK, {"do": "all", "next": "/notices/"}, follow=True)
    assert "标为已读" in answer.content.decode()
    assert Notice.objects.filter(person=person("wumin"), unread=True).count() == 0


def test_reasons_narrow_the_list(accepted: Order) -> None:
    client = browser("wumin")
    assert "交接单 HO-" in read(client, "/notices/?reason=accepted")
    assert "没有符合条件的" in read(client, "/notices/?reason=escalated")


def test_the_link_of_a_mail_leads_to_the_act_and_shows_that_it_arrived(accepted: Order) -> None:
    told = notice("zhouyan")
    mail = Message.objects.create(
        person=person("zhouyan"), notice=told, key="one", address="z@example.com", made_at=now(), not_before=now()
    )
    answer = browser("zhouyan").get(f"/notices/{told.pk}/go/?mail={mail.pk}")
    assert answer.headers["Location"] == f"/orders/{accepted.number}/handover/customer_service/"
    mail.refresh_from_db()
    told.refresh_from_db()
    assert mail.delivered_at is not None
    assert not told.unread
    assert Client().get(f"/notices/{told.pk}/go/").headers["Location"].startswith("/accounts/login/")


def test_a_deputy_is_led_to_acting_and_leaves_it_unread(accepted: Order) -> None:
    day, told = now().date(), notice("zhouyan")
    Deputyship.objects.create(person=person("zhouyan"), deputy=person("huangtao"), from_on=day, until=day)
    client = browser("huangtao")
    page = client.get(f"/notices/{told.pk}/go/").content.decode()
    assert "这条通知发给周岩" in page
    answer = client.post(
        "/me/acting/", {"for": str(person("zhouyan").pk), "next": f"/notices/{told.pk}/go/"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == f"/orders/{accepted.number}/handover/customer_service/"
    assert Notice.objects.get(pk=told.pk).unread
    client.get(f"/notices/?open={told.pk}")
    assert Notice.objects.get(pk=told.pk).unread


def test_wishes_are_kept_and_what_is_late_stays(firm: Firm) -> None:
    client = browser("wumin")
    assert "仅通知" in read(client, WISHES)
    sent = {"way-accepted": "none", "way-sent": "mail", "way-overdue": "none", "way-named": "pigeon"}
    assert client.post(WISHES, sent).status_code == 303
    kept = Wishes.objects.get(person=person("wumin"))
    assert (kept.ways, kept.digest) == ({"accepted": "none", "sent": "mail"}, False)
    assert "系统尚未设置邮件" in read(client, WISHES)


def test_administrators_see_how_mails_stand(firm: Firm, settings: Any) -> None:
    assert browser("wumin").get(STANDING).status_code == 403
    person("wumin").__class__.objects.filter(account="wumin").update(is_administrator=True, email="w@example.com")
    client = browser("wumin")
    assert "未设置邮件服务器" in read(client, STANDING)
    assert Message.objects.count() == 0
    client.post(f"{STANDING}trial/")
    assert Message.objects.count() == 0
    settings.MAIL = True
    client.post(f"{STANDING}trial/")
    assert "待发送 1" in read(client, STANDING)
    held = claiming.claim(1)
    claiming.refused(held[0], "550 no such person")
    claiming.failed("connection refused")
    page = read(client, STANDING)
    assert "550 no such person" in page
    assert "connection refused" in page
    assert outbox.is_on()


def test_ten_thousand_rows_cost_what_a_page_of_them_costs(accepted: Order) -> None:
    lengthen_names()
    told = notice("wumin", reason="accepted")
    values = {"person": told.person, "reason": "named", "level": 0, "unit": "order", "order_id": accepted.pk}
    moment = now()
    rows = (Notice(**values, unit_id=str(new_id()), at=moment - timedelta(minutes=place)) for place in range(10_000))
    Notice.objects.bulk_create(rows, batch_size=2000)
    client = browser("wumin")
    queries, size = cost(client, "/notices/")
    assert queries == QUERIES
    assert size <= MOST_BYTES
    page = client.get("/notices/").content.decode()
    assert "1 万+ 项" in page
    assert LONG in page
    following = page.partition('id="following-inbox"')[2].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(following).status_code == 200


def test_what_is_asked_about_an_order_is_said_in_its_row(accepted: Order) -> None:
    acts.request_suspension(accepted, reason="客户停产", by=scenes.actor("wumin"))
    catch_up("notices")
    assert notice("lujian", unit="order").reason == "to_decide"
    assert "申请暂停" in read(browser("lujian"), "/notices/").partition(accepted.title)[2][:80]
    few, _size = cost(browser("lujian"), "/notices/")
    assert few <= QUERIES + 1
