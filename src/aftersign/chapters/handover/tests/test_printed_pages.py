"""How the order handover form comes to whoever prints it: as a file, from every page on which it is read."""

from __future__ import annotations

import pytest

from aftersign.chapters.handover import acts
from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import give_back, hand_over, send_again
from aftersign.kernel.org.models import Department
from aftersign.kernel.print.tests.pages import plain


def without_orders(firm: Firm, code: str) -> Department:
    """A department that sees no orders, only what it is sent."""
    department = firm.departments[code]
    department.works_on_orders = False
    department.save()
    return department


def test_the_page_gives_a_file(firm: Firm) -> None:
    hand_over(firm)
    got = sign_in(firm, "wumin").get(address(firm, "versions/1/form.pdf"))
    assert got.status_code == 200
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["Content-Disposition"] == f'attachment; filename="{firm.handover.number}-1.pdf"'
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "订单交接单" in plain(got.content)


def test_the_page_warns_of_what_could_not_be_shown(firm: Firm) -> None:
    hand_over(firm, requirement="采集数据😀")
    client = sign_in(firm, "wumin")
    client.get(address(firm, "versions/1/form.pdf"))
    assert "以〓代替：U+1F600" in text_of(client.get(address(firm)))


def test_whoever_may_not_see_the_order_gets_nothing(firm: Firm) -> None:
    hand_over(firm)
    without_orders(firm, "quality")
    assert sign_in(firm, "zhaoping").get(address(firm, "versions/1/form.pdf")).status_code == 404


def test_a_department_without_orders_prints_the_version_that_it_holds(firm: Firm) -> None:
    hand_over(firm, recipients=(without_orders(firm, "quality"),))
    client = sign_in(firm, "zhaoping")
    assert client.get(address(firm, "versions/1/form.pdf")).status_code == 200
    acts.recall_copy(firm.copy("quality"), reason="送错部门", by=firm.actor("wumin"))
    give_back(firm, "finance")
    send_again(firm)
    assert client.get(address(firm, "versions/2/form.pdf")).status_code == 404


def test_there_is_nothing_of_a_version_that_is_not_there(firm: Firm) -> None:
    client = sign_in(firm, "wumin")
    assert client.get(address(firm, "versions/1/form.pdf")).status_code == 404
    hand_over(firm)
    assert client.get(address(firm, "versions/2/form.pdf")).status_code == 404
    assert client.post(address(firm, "versions/1/form.pdf")).status_code == 405


@pytest.mark.parametrize("page", ["", "versions/1/", "project/"])
def test_every_reading_page_leads_to_the_paper(firm: Firm, page: str) -> None:
    hand_over(firm)
    assert address(firm, "versions/1/form.pdf") in text_of(sign_in(firm, "wumin").get(address(firm, page)))
