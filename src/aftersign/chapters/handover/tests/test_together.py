"""Copies read one by one and signed for together: one password, each copy's own signature, each refusal its own."""

from __future__ import annotations

from copy import copy as cloned
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.models import HandoverCopy, Signature
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import PASSWORD, Firm, add_paper, content
from aftersign.chapters.handover.tests.test_main_line import hand_over, send_again, standing
from aftersign.chapters.handover.tests.test_signing_pages import ticked
from aftersign.kernel.clock import new_id
from aftersign.kernel.shell.models import Draft

DONE, FORBIDDEN, UNPROCESSABLE = 303, 403, 422
TOGETHER = "/handover/signing/"


def another(firm: Firm, number: int, owner: str = "wumin", title: str = "又一单") -> Firm:
    """The same company with one more order that has been handed over."""
    order = cloned(firm.order)
    order.pk, order._state.adding, order.number, order.title = new_id(), True, f"SO-2026-1{number:03}", title
    order.contract_no, order.sales_owner = f"HT-1{number:03}", firm.people[owner]
    order.save()
    for kind, name in (("contract", "合同.pdf"), ("requirement_statement", "需求书.docx"), ("quotation", "Q.pdf")):
        add_paper(order, kind, f"{number}{name}")
    other = Firm(firm.departments, firm.people, order)
    acts.send_and_sign(
        order,
        content=content(order, points=1),
        departments=firm.recipients,
        responsibility="内容真实完整。",
        by=firm.actor(owner),
    )
    return other


def read(client: Client, firm: Firm, code: str, **changes: Any) -> Any:
    """Tick everything of a copy and put it aside."""
    return client.post(address(firm, f"{code}/"), ticked(firm, code, aside="1", password="") | changes)


def sign(client: Client, *copies: HandoverCopy, password: str = PASSWORD) -> Any:
    """Sign for copies together."""
    sent = {"_form": "TogetherForm", "copies": [str(each.pk) for each in copies], "password": password}
    return client.post(TOGETHER, sent)


@pytest.fixture
def two(firm: Firm) -> tuple[Firm, Firm]:
    """Two orders handed over to the same departments."""
    hand_over(firm, points=2)
    return firm, another(firm, 1)


def test_copies_that_were_read_are_signed_for_with_one_password(two: tuple[Firm, Firm]) -> None:
    client = sign_in(two[0], "linxiaolan")
    for each in two:
        assert read(client, each, "project").status_code == DONE
    assert not Signature.objects.filter(role="receiver").exists()
    page = text_of(client.get(TOGETHER))
    assert all(each.order.number in page for each in two)
    assert page.count('name="copies"') == 2

    response = sign(client, *(each.copy("project") for each in two))

    assert response.status_code == DONE
    signed = Signature.objects.filter(role="receiver").order_by("copy__order__number")
    assert {row.check_value for row in signed} == {each.form.check_value for each in two}
    assert {row.person.account for row in signed} == {"linxiaolan"}
    for each in two:
        assert each.copy("project").state == "accepted"
        assert each.facts()[-2:] == ["handover.key_points_confirmed", "handover.copy_accepted"]
    assert not Draft.objects.exists()
    assert 'name="copies"' not in text_of(client.get(TOGETHER))


@pytest.mark.parametrize("missing", ["papers", "point-S2", "responsibility"])
def test_a_copy_is_read_only_once_everything_is_ticked(firm: Firm, missing: str) -> None:
    hand_over(firm, points=2)
    client = sign_in(firm, "linxiaolan")

    assert read(client, firm, "project", **{missing: ""}).status_code == UNPROCESSABLE

    assert not Draft.objects.exists()


@pytest.mark.parametrize("account", ["zhaoping", "hejing", "wumin"])
def test_nobody_reads_for_a_department_that_is_not_theirs(firm: Firm, account: str) -> None:
    hand_over(firm, points=2)
    before = standing(firm)

    assert read(sign_in(firm, account), firm, "project").status_code in (FORBIDDEN, 404)

    assert not Draft.objects.exists()
    assert standing(firm) == before


def test_a_form_written_anew_has_to_be_read_anew(firm: Firm) -> None:
    hand_over(firm, points=2)
    client = sign_in(firm, "linxiaolan")
    read(client, firm, "project")
    send_again(firm)
    before = standing(firm)
    assert "您读后已有改动" in text_of(client.get(TOGETHER))

    assert sign(client, firm.copy("project")).status_code == UNPROCESSABLE

    assert standing(firm) == before


def test_a_wrong_password_signs_for_none(two: tuple[Firm, Firm]) -> None:
    client = sign_in(two[0], "linxiaolan")
    for each in two:
        read(client, each, "project")
    before = [standing(each) for each in two]

    response = sign(client, *(each.copy("project") for each in two), password="wrong")

    assert response.status_code == UNPROCESSABLE
    assert 'href="#id_password"' in text_of(response)
    assert [standing(each) for each in two] == before


def test_what_was_not_read_is_not_signed_for(two: tuple[Firm, Firm]) -> None:
    client = sign_in(two[0], "linxiaolan")
    read(client, two[0], "project")
    before = standing(two[0])

    assert sign(client, *(each.copy("project") for each in two)).status_code == UNPROCESSABLE
    assert sign(client).status_code == UNPROCESSABLE

    assert standing(two[0]) == before


def test_one_that_is_refused_says_why_and_keeps_none_back(firm: Firm) -> None:
    firm.departments["finance"].head = firm.people["wumin"]
    firm.departments["finance"].save()
    hand_over(firm, points=2)
    other = another(firm, 1, owner="lujian")
    client = sign_in(firm, "wumin")
    for each in (firm, other):
        assert read(client, each, "finance").status_code == DONE
    before = firm.facts()

    response = sign(client, firm.copy("finance"), other.copy("finance"))

    assert response.status_code == UNPROCESSABLE
    assert firm.order.number in text_of(response)
    assert text_of(response).count('name="copies"') == 1
    assert (firm.copy("finance").state, other.copy("finance").state) == ("sent", "accepted")
    assert firm.facts() == before


def test_ten_copies_ask_no_more_than_one(firm: Firm) -> None:
    hand_over(firm, points=2)
    client = sign_in(firm, "linxiaolan")
    read(client, firm, "project")
    client.get(TOGETHER)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(TOGETHER).status_code == 200
        return len(found)

    one = asked()
    for number in range(1, 10):
        read(client, another(firm, number, title="长" * 60), "project")
    assert asked() <= one
    assert one <= 15


def test_nothing_waits_for_somebody_whose_department_receives_nothing(firm: Firm) -> None:
    hand_over(firm)
    page = text_of(sign_in(firm, "zhaoping").get(TOGETHER))
    assert 'name="copies"' not in page
    assert firm.order.number not in page
