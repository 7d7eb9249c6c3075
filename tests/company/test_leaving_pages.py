"""The page on which somebody leaves: looked at first, done after, and everything at its own line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from aftersign.chapters.general import acts
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from tests.company.leavers import MONDAY, accepted, everything, owed, who
from tests.firm import Firm


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def page(account: str) -> str:
    return f"/settings/people/{who(account).pk}/leave/"


def sent(step: str, **fields: str) -> dict[str, str]:
    return {"left_on": MONDAY.isoformat(), "step": step} | fields


def text(answer: Any) -> str:
    """What stands on a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_looking_changes_nothing_and_says_what_goes_to_whom(firm: Firm, keeper: Client) -> None:
    firm.register("检测平台")
    before = everything()
    first = keeper.get(page("wumin"))
    assert "办理离岗移交</button>" not in first.content.decode()
    assert all(said in text(first) for said in ("在办义务 2", "订单岗位 1", "提交交接单", "检测平台"))
    looked = keeper.post(page("wumin"), sent("look", successor="陆建", order="何静"))
    assert looked.status_code == 200
    assert "陆建 2 —" in text(looked)
    assert "何静 — 1" in text(looked)
    assert "办理离岗移交</button>" in looked.content.decode()
    assert everything() == before


def test_it_is_done_after_that_and_shuts_every_door(firm: Firm, keeper: Client) -> None:
    firm.register()
    gone = Client()
    gone.force_login(who("wumin"))
    assert gone.get("/").status_code == 200
    answer = keeper.post(page("wumin"), sent("leave", successor="陆建 lujian"))
    assert answer.status_code == 303
    assert "离岗" in text(keeper.get(answer.headers["Location"]))
    assert gone.get("/").status_code == 302
    assert not gone.login(username="wumin", password="a long enough password")
    assert owed("lujian") == {"2.1.1.a", "2.2.1.a"}
    assert keeper.post(page("wumin"), sent("leave", successor="陆建")).status_code == 422


def test_whoever_acts_for_the_leaver_stops_at_once(firm: Firm, keeper: Client, admin: Actor) -> None:
    own = Actor("person", person=who("wumin"))
    acts.name_deputy(who("wumin"), deputy=who("dengkai"), from_on=MONDAY, until=MONDAY, by=own)
    deputy = Client()
    deputy.force_login(who("dengkai"))
    deputy.post("/me/acting/", {"for": str(who("wumin").pk)})
    assert deputy.get("/me/").context["actor"].on_behalf_of == who("wumin")
    assert "邓凯的代理" in text(keeper.get(page("wumin")))
    keeper.post(page("wumin"), sent("leave"))
    assert deputy.get("/me/").context["actor"].on_behalf_of is None


def test_a_single_line_goes_to_somebody_else(firm: Firm, keeper: Client) -> None:
    order = firm.register()
    duty = Duty.objects.get(order=order, term="2.1.1.a")
    keeper.post(page("wumin"), sent("leave", successor="陆建", **{f"duty:{duty.pk}": "邓凯"}))
    duty.refresh_from_db()
    assert (duty.owner, owed("lujian")) == (who("dengkai"), {"2.2.1.a"})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "还有 2 项没有接替人"),
        ({"successor": "陆建", "left_on": "2026-09-08"}, "当天"),
        ({"successor": "吴敏"}, "不能接替自己"),
        ({"successor": "方正"}, "审计员"),
        ({"successor": "无名氏"}, "没有叫“无名氏”的在岗人员"),
        ({"duty": "陆建"}, "还有 1 项没有接替人"),
    ],
)
@pytest.mark.parametrize("step", ["look", "leave"])
def test_what_is_wrong_stands_at_its_field(
    firm: Firm, keeper: Client, fields: dict[str, str], said: str, step: str
) -> None:
    firm.register()
    before = everything()
    answer = keeper.post(page("wumin"), sent(step) | fields)
    assert answer.status_code == 422
    assert said in text(answer)
    assert "aria-invalid" in answer.content.decode()
    assert everything() == before


def test_posts_left_without_a_deputy_are_named(firm: Firm, keeper: Client) -> None:
    order = accepted(firm)
    looked = text(keeper.post(page("linxiaolan"), sent("look", successor="邓凯")))
    assert f"没有代理人： {order.number} 项目负责人" in looked


def test_somebody_who_leaves_nothing_is_let_go_without_a_successor(firm: Firm, keeper: Client) -> None:
    Person.objects.filter(account="chenli").update(title="")
    listed = who("hejing")
    Order.objects.all().delete()
    assert "没有需要移交" in text(keeper.get(page("fangzheng")))
    keeper.post(page("fangzheng"), sent("leave"))
    assert who("fangzheng").left_on == MONDAY
    assert listed.left_on is None


def test_the_journal_names_who_recorded_it(firm: Firm, keeper: Client, admin: Actor) -> None:
    order = firm.register()
    keeper.post(page("wumin"), sent("leave", successor="陆建"))
    handed = Entry.objects.filter(order_id=order.pk, fact="general.duty_handed_on")
    assert {entry.actor_id for entry in handed} == {admin.id}
    colleague = Client()
    colleague.force_login(who("linxiaolan"))
    assert "义务已转交" in text(colleague.get(f"/orders/{order.number}/activity/"))
