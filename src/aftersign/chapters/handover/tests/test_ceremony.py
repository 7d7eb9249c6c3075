"""The signing ceremony: how far the text was read, who proves what, and a version that changes meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.acts import Ceremony
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import Signature
from aftersign.chapters.handover.rules import receiver_has_read_whole_form
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm, content
from aftersign.chapters.handover.tests.test_main_line import RECEIVERS, give_back, hand_over, send_again, standing
from aftersign.chapters.handover.tests.test_signing_pages import ticked
from aftersign.kernel.acts.checks import Asking
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.shell.tests.authenticator import code_of

PARTS = ["basic_information", "customer_requirements", "special_matters", "documents"]
DONE, UNPROCESSABLE, CONFLICT = 303, 422, 409


def test_a_signature_keeps_what_the_page_knew_of_it(firm: Firm) -> None:
    begun = now()
    with frozen(begun):
        hand_over(firm)
    with frozen(begun + timedelta(hours=4, minutes=25)):
        sent = ticked(firm, "project", read=PARTS[:3])
        sign_in(firm, "linxiaolan").post(
            address(firm, "project/"), sent, HTTP_USER_AGENT="Firefox", REMOTE_ADDR="10.0.0.9"
        )
    row = Signature.objects.get(role="receiver")
    assert (row.name, row.device, row.address, row.get_method_display()) == (
        "林晓岚",
        "Firefox",
        "10.0.0.9",
        "账号和密码",
    )
    assert (row.parts_read, row.parts, row.took) == (3, 4, timedelta(hours=4, minutes=25))
    assert row.check_value == firm.copy("project").form.check_value

    firm.people["linxiaolan"].name = "林岚"
    firm.people["linxiaolan"].save()
    page = text_of(sign_in(firm, "wumin").get(address(firm)))
    assert "用时 4 小时 25 分" in page
    assert "<b>林晓岚</b>" in page


def test_every_part_has_a_box_for_having_been_seen_and_none_is_asked(firm: Firm) -> None:
    hand_over(firm)
    page = text_of(sign_in(firm, "linxiaolan").get(address(firm, "project/")))
    assert re.findall(r'name="read" value="(\w+)" form="accept"', page) == PARTS
    assert "data-all" not in page
    assert "0 / 4" in page
    assert 'name="read"' not in text_of(sign_in(firm, "wumin").get(address(firm, "project/")))


@pytest.mark.parametrize(("read", "holds"), [(PARTS, True), (PARTS[:3], False), ((), False)])
def test_a_policy_may_ask_for_the_whole_text_to_be_read(firm: Firm, read: list[str], holds: bool) -> None:
    hand_over(firm)
    form: Content = content(firm.order)
    declared = Ceremony("负责", read=tuple(read))
    asking = Asking(
        "handover.accept_copy", firm.actor("linxiaolan"), firm.copy("project"), {"ceremony": declared}, (), {}
    )
    assert set(form.parts) == set(PARTS)
    assert receiver_has_read_whole_form(asking) is holds


def test_what_was_ticked_and_seen_comes_back_when_something_is_lacking(firm: Firm) -> None:
    hand_over(firm)
    sent = ticked(firm, "project", read=PARTS[:2], responsibility="")
    page = text_of(sign_in(firm, "linxiaolan").post(address(firm, "project/"), sent))
    assert re.findall(r'name="read" value="(\w+)" form="accept" checked', page) == PARTS[:2]
    assert "2 / 4" in page


def test_five_wrong_passwords_shut_signing_and_signing_in_and_say_until_when(firm: Firm) -> None:
    hand_over(firm)
    client, before = sign_in(firm, "linxiaolan"), standing(firm)
    for left in (4, 3, 2, 1):
        wrong = client.post(address(firm, "project/"), ticked(firm, "project", password="wrong"))
        assert wrong.status_code == UNPROCESSABLE
        assert f"还可再试 {left} 次" in text_of(wrong)
    for password in ("wrong", PASSWORD):
        shut = text_of(client.post(address(firm, "project/"), ticked(firm, "project", password=password)))
        assert re.search(r"登录和签字都已锁定，\d\d:\d\d 后再试", shut)
    client.logout()
    door = client.post("/accounts/login/", {"login": "linxiaolan", "password": PASSWORD})
    assert re.search(r"登录和签字都已锁定，\d\d:\d\d 后再试", text_of(door))
    assert standing(firm) == before


def test_a_wrong_password_of_one_shuts_nobody_else_out(firm: Firm) -> None:
    hand_over(firm)
    for _attempt in range(6):
        sign_in(firm, "linxiaolan").post(address(firm, "project/"), ticked(firm, "project", password="wrong"))
    other = sign_in(firm, "wangqiming").post(address(firm, "project/"), ticked(firm, "project"))
    assert other.status_code == DONE
    assert firm.copy("project").state == "accepted"


def test_a_version_that_came_meanwhile_is_shown_with_its_changes_and_signing_begins_anew(firm: Firm) -> None:
    hand_over(firm, points=1)
    client, sent = sign_in(firm, "linxiaolan"), ticked(firm, "project", read=PARTS)
    give_back(firm, "finance")
    send_again(firm)
    before = standing(firm)
    for left_out in ({}, {"aside": "1"}):
        answer = client.post(address(firm, "project/"), sent | left_out)
        page = text_of(answer)
        assert answer.status_code == CONFLICT
        assert "页面打开期间已换第 2 版" in page
        assert "<del>采集 6 类设备的数据</del>" in page
        assert re.findall(r"<input[^>]*(?:name=.read.|id=.id_)[^>]*checked", page) == []
        assert firm.form.check_value in re.findall(r'name="check_value"[^>]*value="(\w+)"', page)
        assert standing(firm) == before
    again = dict(re.findall(r'name="(check_value|_version)"[^>]*value="([^"]*)"', page))
    assert client.post(address(firm, "project/"), ticked(firm, "project", **again)).status_code == DONE


def test_a_return_of_an_older_version_begins_anew_too(firm: Firm) -> None:
    hand_over(firm)
    old = firm.form.check_value
    give_back(firm, "finance")
    send_again(firm)
    before = standing(firm)
    answer = sign_in(firm, "linxiaolan").post(
        address(firm, "project/return/"), {"_form": "ReturnForm", "check_value": old, "return-documents": "on"}
    )
    assert answer.status_code == CONFLICT
    assert standing(firm) == before


def test_a_new_version_leaves_the_old_signatures_struck_through(firm: Firm) -> None:
    hand_over(firm)
    client = sign_in(firm, "linxiaolan")
    client.post(address(firm, "project/"), ticked(firm, "project"))
    give_back(firm, "finance")
    send_again(firm)
    page = text_of(sign_in(firm, "wumin").get(address(firm)))
    struck = [re.sub(r"<[^>]+>|\s+", "", each) for each in re.findall(r"<s>(.*?)</s>", page, re.DOTALL)]
    assert [each[:3] for each in struck] == ["第1版", "第1版"]
    assert "吴敏" in struck[0]
    assert "已换新版，须重新签收" in page
    client.post(address(firm, "project/"), ticked(firm, "project"))
    blocks = queries.standing(firm.order).blocks
    assert [(each.state, len(each.former)) for each in blocks] == [
        ("signed", 1),
        ("signed", 1),
        ("waiting", 0),
        ("waiting", 0),
    ]
    assert list(RECEIVERS) == ["project", "customer_service", "finance"]


@pytest.mark.parametrize("name", ["长" * 60, "Aleksandra " + "W" * 49, "买买提·吐尔逊"])
def test_long_and_foreign_names_sign_and_are_shown(firm: Firm, name: str) -> None:
    firm.people["linxiaolan"].name = name
    firm.people["linxiaolan"].save()
    hand_over(firm)
    client = sign_in(firm, "linxiaolan")
    assert client.post(address(firm, "project/"), ticked(firm, "project")).status_code == DONE
    page = text_of(client.get(address(firm)))
    assert f"<b>{name}</b>" in page
    assert page.count('class="seal"') == 2


def test_a_code_of_the_second_factor_signs_as_well_and_once(firm: Firm) -> None:
    hand_over(firm)
    secret = generate_totp_secret()
    TOTP.activate(firm.people["linxiaolan"], secret)
    client, before = sign_in(firm, "linxiaolan"), standing(firm)
    assert "验证码" in text_of(client.get(address(firm, "project/")))
    wrong = client.post(address(firm, "project/"), ticked(firm, "project", password="000000"))
    assert (wrong.status_code, standing(firm)) == (UNPROCESSABLE, before)
    code = code_of(secret)
    assert client.post(address(firm, "project/"), ticked(firm, "project", password=code)).status_code == DONE
    assert Signature.objects.get(role="receiver").get_method_display() == "账号和验证码"
