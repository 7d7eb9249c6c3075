"""Papers that come and go while a form is written: only where the stage of the order accepts a change."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aftersign.chapters.handover import acts
from aftersign.demo.scenes import actor
from aftersign.kernel.journal.models import Entry
from aftersign.orders import acts as orders
from aftersign.orders.models import Order
from tests.firm import Firm


@pytest.fixture
def ended(firm: Firm) -> Order:
    """An order that was terminated before it was handed over."""
    order = firm.register()
    orders.request_termination(order, reason="客户取消", settled_how="退还定金", by=actor("wumin"))
    orders.terminate(order, request=order.halt_requests.get(), by=actor("lujian"))
    order.refresh_from_db()
    return order


def test_no_paper_comes_to_an_order_that_has_ended(firm: Firm, ended: Order) -> None:
    before = Entry.objects.count(), ended.papers.count()
    (sentence,) = acts.attach(
        ended, files=(("contract", SimpleUploadedFile("合同.pdf", b"%PDF-1.7 later")),), by=actor("wumin")
    )
    assert "已终止" in sentence
    assert (Entry.objects.count(), ended.papers.count()) == before


def test_none_is_taken_off_either(firm: Firm, ended: Order) -> None:
    paper = ended.papers.filter(voided_at=None)[0]
    assert acts.take_off(ended, paper=paper.pk, by=actor("wumin"))
    paper.refresh_from_db()
    assert paper.voided_at is None
