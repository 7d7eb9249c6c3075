"""The page on which an order is registered: without a script, with proposals, and with what is not taken."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aftersign.orders.models import Customer, DefaultMember, Order, Paper
from aftersign.orders.tests.desk import PDF, sent, signed_in
from aftersign.orders.tests.rig import Firm, counts


def test_a_whole_registration_without_a_script(firm: Firm, wumin: Client):
    files = [SimpleUploadedFile("HT-2026-0236 海川水务三期合同.pdf", PDF), SimpleUploadedFile("报价单.exe", b"MZ")]
    blank = sent(contract_no="", title="", sales_owner=firm.people["wumin"].pk)
    page = wumin.post(reverse("orders:register"), blank | {"_add_row": "files", "files": files})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'value="HT-2026-0236"' in text
    assert 'value="海川水务三期"' in text
    assert "报价单.exe" in text
    token = text.split('name="papers-0-token" value="')[1].split('"')[0]
    kept = {"papers-rows": "1", "papers-0-token": token, "papers-0-kind": "contract"}
    wrong = wumin.post(
        reverse("orders:register"), sent(**kept, delivery_on="2025-02-26", sales_owner=firm.people["wumin"].pk)
    )
    assert wrong.status_code == 422
    assert "核对交付年份:2025-02-26 早于签订日期 2026-01-20" in wrong.content.decode().replace("：", ":")
    assert Order.objects.count() == 0
    rows = {"milestones-rows": "2", "milestones-0-name": "预付款", "milestones-0-percent": "30"}
    rows |= {"milestones-1-name": "验收款", "milestones-1-percent": "70", "criteria-rows": "1"}
    rows |= {"criteria-0-text": "连续运行 30 天", "team-finance": str(firm.people["hejing"].pk)}
    done = wumin.post(reverse("orders:register"), sent(**kept, **rows, sales_owner=firm.people["wumin"].pk))
    order = Order.objects.get()
    assert done.status_code == 303
    assert order.number in done["Location"]
    assert order.papers.get().name == "HT-2026-0236 海川水务三期合同.pdf"
    assert [each.amount for each in order.milestones.all()] == [Decimal("378000.00"), Decimal("882000.00")]
    assert order.team.get().person.name == "何静"
    again = wumin.post(reverse("orders:register"), sent(**kept, **rows, sales_owner=firm.people["wumin"].pk))
    assert (again.status_code, Order.objects.count()) == (303, 1)


def test_a_known_customer_brings_kind_currency_and_the_preset_team(firm: Firm, wumin: Client):
    firm.order(kind="service", currency="USD", rate=Decimal(7))
    DefaultMember.objects.create(kind="service", post="finance", person=firm.people["hejing"])
    page = wumin.post(reverse("orders:register"), sent(kind="", _add_row="customer")).content.decode()
    assert 'value="service" checked' in page.replace(' id="id_kind_1"', "") or 'value="service"' in page
    assert '<option value="USD" selected' in page
    assert f'<option value="{firm.people["hejing"].pk}" selected' in page
    assert "与该客户上一单相同" in page


def test_a_new_customer_is_asked_for_once(firm: Firm, wumin: Client):
    owner = str(firm.people["wumin"].pk)
    asked = wumin.post(reverse("orders:register"), sent(customer="海川水务南港分公司", sales_owner=owner))
    assert asked.status_code == 422
    assert "海川水务集团有限公司" in asked.content.decode()
    assert Customer.objects.count() == 1
    wumin.post(reverse("orders:register"), sent(customer="海川水务南港分公司", is_new="on", sales_owner=owner))
    assert Order.objects.get().customer.name == "海川水务南港分公司"


def test_a_known_contract_number_shows_its_order_and_asks_why(firm: Firm, wumin: Client):
    first = firm.order()
    owner = str(firm.people["wumin"].pk)
    asked = wumin.post(reverse("orders:register"), sent(sales_owner=owner))
    assert asked.status_code == 422
    assert reverse("orders:order", args=[first.number]) in asked.content.decode()
    assert 'name="repeat_reason"' in asked.content.decode()
    hidden = signed_in(firm, "zhengkai").post(reverse("orders:register"), sent(sales_owner=owner)).content.decode()
    assert first.number in hidden
    assert reverse("orders:order", args=[first.number]) not in hidden
    wumin.post(reverse("orders:register"), sent(sales_owner=owner, repeat_reason="框架协议第二次订货", _key="two"))
    assert Order.objects.count() == 2


def test_who_may_not_register_is_told(firm: Firm):
    before = counts()
    for method in ("get", "post"):
        assert getattr(signed_in(firm, "linxiaolan"), method)(reverse("orders:register")).status_code == 403
    assert counts() == before


def test_a_token_of_somebody_else_brings_no_paper(firm: Firm, wumin: Client):
    page = signed_in(firm, "zhengkai").post(
        reverse("orders:register"), sent(_add_row="files", files=[SimpleUploadedFile("a.pdf", PDF)])
    )
    token = page.content.decode().split('name="papers-0-token" value="')[1].split('"')[0]
    stolen = {"papers-rows": "1", "papers-0-token": token, "papers-0-kind": "contract"}
    wumin.post(reverse("orders:register"), sent(**stolen, sales_owner=str(firm.people["wumin"].pk)))
    assert Paper.objects.count() == 0


def test_drafts_come_back_with_their_papers(firm: Firm, wumin: Client):
    files = [SimpleUploadedFile("HT-1 合同.pdf", PDF)]
    page = wumin.post(reverse("orders:register"), sent(_add_row="files", files=files)).content.decode()
    token = page.split('name="papers-0-token" value="')[1].split('"')[0]
    typed = sent(**{"papers-rows": "1", "papers-0-token": token, "papers-0-kind": "contract", "title": "没写完"})
    wumin.post(reverse("shell:draft", args=["order.register", "-"]), typed)
    assert "?draft=continue" in wumin.get(reverse("orders:register")).content.decode()
    back = wumin.get(f"{reverse('orders:register')}?draft=continue").content.decode()
    assert "没写完" in back
    assert "HT-1 合同.pdf" in back
