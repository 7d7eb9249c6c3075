"""The page on which an order is registered: without a script, with proposals, and with what is not taken."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

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


def chosen(page: str) -> tuple[str, str]:
    """The kind and the currency that stand in a page."""
    kind = re.search(r'<input type="radio" name="kind" value="(\w+)"[^>]* checked', page)
    currency = re.search(r'<option value="([A-Z]{3})" selected', page)
    return kind[1] if kind else "", currency[1] if currency else ""


def marks(page: str) -> dict[str, str]:
    """What the page says was filled in without anybody having chosen it."""
    return dict(re.findall(r'<input type="hidden" name="(\w+-filled)" value="([^"]*)"', page))


def test_a_customer_brings_only_what_nobody_has_chosen(firm: Firm, wumin: Client):
    firm.order(kind="service", currency="USD", rate=Decimal(7))
    other = Customer.objects.create(number="C-0170", name="北辰医疗")
    firm.order(contract_no="HT-7", customer=other.pk, kind="rental", currency="EUR", rate=Decimal(8))
    url, asked = reverse("orders:register"), {"_add_row": "customer"}
    empty = wumin.get(url).content.decode()
    first = wumin.post(url, sent(kind="", **marks(empty), **asked)).content.decode()
    assert chosen(first) == ("service", "USD")
    brought = dict(zip(("kind", "currency"), chosen(first), strict=True)) | marks(first)
    second = wumin.post(url, sent(customer="北辰医疗", **brought, **asked)).content.decode()
    assert chosen(second) == ("rental", "EUR"), "what the first customer brought goes with it"
    by_hand = brought | {"kind": "project", "currency": "JPY"}
    assert chosen(wumin.post(url, sent(customer="北辰医疗", **by_hand, **asked)).content.decode()) == ("project", "JPY")
    refused = wumin.post(url, sent(amount="-1", **brought))
    after = brought | marks(refused.content.decode())
    again = wumin.post(url, sent(customer="北辰医疗", **after, **asked)).content.decode()
    assert (refused.status_code, chosen(again)) == (422, ("service", "USD")), "it was sent so"


def financier(page: str) -> tuple[str, str]:
    """Who stands for the post of finance in a page, and whom a preset put there."""
    field = re.search(r'<select name="team-finance".*?</select>', page, re.DOTALL)
    filled = re.search(r'<input type="hidden" name="team-finance-filled" value="([^"]*)"', page)
    assert field is not None
    assert filled is not None
    chosen = re.search(r'<option value="([^"]+)" selected', field[0])
    return chosen[1] if chosen else "", filled[1]


def test_a_kind_brings_its_team_but_for_whom_somebody_chose(firm: Firm, wumin: Client):
    url, asked = reverse("orders:register"), {"_add_row": "kind"}
    preset, own = str(firm.people["hejing"].pk), str(firm.people["wumin"].pk)
    DefaultMember.objects.create(kind="service", post="finance", person=firm.people["hejing"])

    def team(kind: str, there: str, filled: str) -> tuple[str, str]:
        said = {"team-finance": there, "team-finance-filled": filled}
        return financier(wumin.post(url, sent(kind=kind, **said, **asked)).content.decode())

    assert team("service", "", "") == (preset, preset)
    assert team("rental", preset, preset) == ("", ""), "a kind without a preset leaves the post free"
    assert team("service", own, preset) == (own, ""), "whom somebody chose stays"
    assert team("rental", own, "") == (own, "")
    assert team("rental", preset, "") == (preset, ""), "or whoever would stand there anyway"


def test_all_that_is_wrong_is_said_at_once(firm: Firm, wumin: Client):
    today = timezone.localdate()
    wrong = sent(customer="没有的客户", amount="-5", signed_on=str(today + timedelta(days=9)), delivery_on=str(today))
    answer = wumin.post(reverse("orders:register"), wrong | {"sales_owner": str(firm.people["wumin"].pk)})
    said = [each.sentence for each in answer.context["form"].problems]
    assert answer.status_code == 422
    assert "4 处" in re.sub(r"<[^>]+>", "", answer.content.decode())
    for part, number in (("没有的客户", 1), ("金额不能为负", 1), ("还没有到", 1), ("交付", 1)):
        assert len([each for each in said if part in each]) == number, (part, said)
    unread = wumin.post(reverse("orders:register"), wrong | {"signed_on": "昨天"}).context["form"].problems
    assert not any("delivery" in each.target for each in unread), "nothing to judge the delivery by"


def needed(page: str) -> dict[str, bool]:
    """What stands in the list of what an order comes with, and whether it is ticked."""
    listed = page.partition('id="h-needs"')[2].partition("</ul>")[0].split("<li>")[1:]
    return {re.sub(r"<[^>]+>", "", each).strip(): 'class="ok"' in each for each in listed}


def test_what_is_needed_is_ticked_where_it_holds(firm: Firm, wumin: Client):
    url, owner = reverse("orders:register"), str(firm.people["wumin"].pk)
    empty = needed(wumin.get(url).content.decode())
    assert set(empty) == {"客户", "合同编号", "订单名称", "订单类型", "签订日期", "销售负责人"}
    assert {label for label, there in empty.items() if there} == {"签订日期", "销售负责人"}
    full = needed(wumin.post(url, sent(_add_row="beside", sales_owner=owner)).content.decode())
    assert all(full.values()), full
    wrong = sent(_add_row="beside", sales_owner=owner, customer="没有的客户", signed_on="2199-01-01", kind="x")
    found = needed(wumin.post(url, wrong).content.decode())
    assert {label for label, there in found.items() if not there} == {"客户", "订单类型", "签订日期"}
    new = needed(wumin.post(url, wrong | {"is_new": "on"}).content.decode())
    assert new["客户"]


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
