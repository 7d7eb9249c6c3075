"""Pages of orders: what they show with nothing, one and many rows, to whom, in how many queries, without a script."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aftersign.orders import acts
from aftersign.orders.entries import LineEntry, MemberEntry, MilestoneEntry
from aftersign.orders.models import Customer, DefaultMember, Order, Paper, TeamMember
from aftersign.orders.queries.columns import Column, _columns, offer_column
from aftersign.orders.tests.rig import Firm, counts, paper

PDF = b"%PDF-1.7\n1 0 obj\n"
BUDGET = 20_000


@pytest.fixture(autouse=True)
def _files(tmp_path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def wumin(firm: Firm) -> Client:
    return signed_in(firm, "wumin")


def signed_in(firm: Firm, account: str) -> Client:
    client = Client()
    client.force_login(firm.people[account])
    return client


def size(answer: Any) -> int:
    return len(gzip.compress(answer.content, 6))


def sent(**other: Any) -> dict[str, Any]:
    """What a browser sends for a complete registration, with some things said otherwise."""
    said = {
        "customer": "海川水务集团有限公司",
        "contract_no": "HT-2026-0236",
        "title": "海川水务三期",
        "kind": "project",
        "amount": "1,260,000.00",
        "currency": "CNY",
        "tax_rate": "13",
        "signed_on": "2026-01-20",
        "delivery_on": "2027-02-26",
        "sales_owner": "",
        "_key": "key",
        "papers-rows": "0",
        "lines-rows": "0",
        "milestones-rows": "0",
        "criteria-rows": "0",
        "contacts-rows": "0",
    }
    return said | other


def test_the_list_is_empty_and_says_what_will_come(firm: Firm, wumin: Client):
    page = wumin.get(reverse("orders:list"))
    assert "还没有订单" in page.content.decode()
    assert reverse("orders:register") in page.content.decode()
    assert reverse("orders:register") not in signed_in(firm, "hejing").get(reverse("orders:list")).content.decode()


def test_strangers_sign_in_first(firm: Firm):
    order = firm.order()
    names: list[tuple[str, list[str]]] = [("orders:list", []), ("orders:register", []), ("orders:customers", [])]
    names += [(f"orders:{each}", [order.number]) for each in ("order", "activity", "edit", "team", "complete")]
    for name, args in names:
        answer = Client().get(reverse(name, args=args))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login")), name


def many(firm: Firm, number: int) -> None:
    customers = Customer.objects.bulk_create(Customer(number=f"C-{n}", name=f"客户{'长' * 50}{n}") for n in range(20))
    orders = Order.objects.bulk_create(
        [
            Order(
                number=f"SO-2025-{place:05d}",
                title=f"{'长' * 54}{place:06d}",
                customer=customers[place % 20],
                contract_no=f"HT-{place}",
                kind=("project", "service")[place % 2],
                stage=("signed", "executing", "closed")[place % 3],
                grade="ABC"[place % 3],
                signed_on=date(2025, 1 + place % 12, 1 + place % 28),
                delivery_on=date(2026, 1 + place % 12, 1 + place % 28),
                amount=Decimal(place * 100),
                amount_base=Decimal(place * 100),
                currency="CNY",
                sales_owner=firm.people["wumin"],
            )
            for place in range(number)
        ],
        batch_size=1000,
    )
    TeamMember.objects.bulk_create(
        [TeamMember(order=order, post="finance", person=firm.people["hejing"]) for order in orders], batch_size=2000
    )


def test_ten_thousand_orders_make_one_page(firm: Firm, wumin: Client, django_assert_max_num_queries):
    many(firm, 10_000)
    offer_column(Column("owed", "欠", 1, values=lambda ids, actor: dict.fromkeys(ids, "三项")))
    try:
        wumin.get(reverse("orders:list"))
        with django_assert_max_num_queries(12):
            page = wumin.get(reverse("orders:list"))
    finally:
        del _columns["owed"]
    text = page.content.decode()
    assert text.count("三项") == 50
    assert "SO-2025-" in text
    assert size(page) <= BUDGET


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=closed", 3), ("kind=service", 5), ("grade=A", 4), ("owner=wumin", 10), ("owner=lujian", 0),
        ("customer=C-3", 1), ("q=SO-2025-00007", 1), ("q=HT-4", 1), ("signed_from=2025-06-01", 5),
        ("signed_to=2025-03-31&stage=signed", 1), ("signed_from=nonsense", 10),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(firm: Firm, wumin: Client, query: str, found: int):
    many(firm, 10)
    page = wumin.get(f"{reverse('orders:list')}?{query}")
    assert page.content.decode().count('id="row-orders-') == found


def test_people_see_their_orders_and_heads_those_below(firm: Firm):
    order = firm.order(team=(MemberEntry(post="finance", person=firm.people["zhengkai"].pk),))
    firm.order(contract_no="HT-2", sales_owner=firm.people["lujian"].pk)
    seen = {"wumin": 1, "zhengkai": 1, "lujian": 2, "hejing": 2, "sunhao": 0, "gaoyuan": 2}
    for account, number in seen.items():
        page = signed_in(firm, account).get(reverse("orders:list")).content.decode()
        assert page.count('id="row-orders-') == number, account
    assert signed_in(firm, "sunhao").get(reverse("orders:order", args=[order.number])).status_code == 404


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


def full(firm: Firm) -> Order:
    """An order with everything it may have, under names of sixty characters."""
    return firm.order(
        title="长" * 60,
        lines=tuple(LineEntry(name="监测站" * 20, quantity=Decimal(2), unit_price=Decimal(100)) for _n in range(20)),
        milestones=tuple(MilestoneEntry(name="款" * 60, percent=Decimal(25)) for _n in range(4)),
        papers=tuple(paper(name=f"{'名' * 56}{n}.pdf", mark="abcd"[n]) for n in range(4)),
        team=(MemberEntry(post="project_manager", person=firm.people["linxiaolan"].pk),),
    )


def test_the_case_file_shows_the_order(firm: Firm, wumin: Client, django_assert_max_num_queries):
    order = full(firm)
    wumin.get(reverse("orders:order", args=[order.number]))
    with django_assert_max_num_queries(25):
        page = wumin.get(reverse("orders:order", args=[order.number]))
    text = page.content.decode()
    for said in (order.title, order.number, "¥1,260,000.00", "林晓岚", "项目负责人", "订单已登记", "已签订"):
        assert said in text
    assert reverse("orders:edit", args=[order.number]) in text
    assert reverse("orders:team", args=[order.number]) not in text
    assert size(page) <= BUDGET


def test_activity_tells_what_changed_and_who(firm: Firm, wumin: Client):
    order = full(firm)
    form = wumin.get(reverse("orders:edit", args=[order.number]))
    assert form.status_code == 200
    acts_before = counts()["Entry"]
    said = {"title": "新名字", "_version": order.version, "_key": "edit", "repeat_reason": ""}
    said |= {"contract_no": order.contract_no, "kind": order.kind, "currency": "CNY", "signed_on": "2026-11-20"}
    said |= {
        "amount": "1,260,000.00",
        "tax_rate": "13",
        "delivery_on": "2027-02-26",
        "voided": [order.papers.all()[0].pk],
    }
    said |= {"papers-rows": 0, "lines-rows": 0, "milestones-rows": 0, "criteria-rows": 0}
    changed = wumin.post(reverse("orders:edit", args=[order.number]), said)
    assert changed.status_code == 303
    assert counts()["Entry"] - acts_before == 1 + 20 + 4 + 1
    page = wumin.get(reverse("orders:activity", args=[order.number])).content.decode()
    assert "<ins>新名字</ins>" in page
    assert "吴敏" in page
    assert "订单名称" in page
    late = wumin.post(
        reverse("orders:edit", args=[order.number]), said | {"title": "更新的名字", "_key": "late", "voided": []}
    )
    assert late.status_code == 409
    assert Order.objects.get().title == "新名字"


def test_a_long_activity_has_pages(firm: Firm, wumin: Client):
    order = firm.order()
    for place in range(60):
        acts.name_team(
            order,
            team=tuple(
                MemberEntry(post=post, person=firm.people[("hejing", "zhouyan")[place % 2]].pk)
                for post in ("project_manager", "customer_service", "finance")
            ),
            by=firm.actor("wangqiming"),
        )
    first = wumin.get(reverse("orders:activity", args=[order.number])).content.decode()
    more = first.split('href="?before=')[1].split('"')[0]
    second = wumin.get(f"{reverse('orders:activity', args=[order.number])}?before={more}").content.decode()
    assert first.count("订单责任人已指定") + second.count("订单责任人已指定") == 60
    assert "订单已签订" in second
    assert wumin.get(f"{reverse('orders:activity', args=[order.number])}?before=x").status_code == 200


def test_a_team_is_named_on_its_page(firm: Firm, wumin: Client):
    order = full(firm)
    head = signed_in(firm, "wangqiming")
    page = head.get(reverse("orders:team", args=[order.number]))
    assert f'<option value="{firm.people["linxiaolan"].pk}" selected' in page.content.decode()
    said = {"sales": firm.people["wumin"].pk, "project_manager": firm.people["linxiaolan"].pk, "_key": "team"}
    said |= {"customer_service": firm.people["zhouyan"].pk, "_version": order.version}
    wrong = head.post(reverse("orders:team", args=[order.number]), said)
    assert wrong.status_code == 422
    assert "财务负责人" in wrong.content.decode()
    said |= {"finance": firm.people["hejing"].pk, "deputy-finance": firm.people["zhouyan"].pk}
    before = counts()
    assert wumin.post(reverse("orders:team", args=[order.number]), said).status_code == 403
    assert counts() == before
    assert head.post(reverse("orders:team", args=[order.number]), said).status_code == 303
    assert order.team.get(post="finance").deputy == firm.people["zhouyan"]


def test_an_order_is_completed_with_its_proof(firm: Firm, wumin: Client):
    order = firm.order(signed_on=date(2026, 1, 20))
    address = reverse("orders:complete", args=[order.number])
    assert wumin.get(address).status_code == 200
    said = {
        "accepted_by": "沈知远",
        "accepted_on": "2026-01-10",
        "warranty_until": "",
        "_version": order.version,
        "_key": "c",
    }
    none = wumin.post(address, said)
    assert none.status_code == 422
    early = wumin.post(address, said | {"acceptance": SimpleUploadedFile("验收单.pdf", PDF)})
    assert early.status_code == 422
    token = early.content.decode().split('name="token" value="')[1].split('"')[0]
    assert wumin.post(address, said | {"accepted_on": "2026-02-10", "token": token}).status_code == 303
    assert order.papers.get().kind == "acceptance"


def test_papers_are_kept_once_and_given_only_to_who_may_see_the_order(firm: Firm, wumin: Client):
    body = PDF + b"x" * 100_000
    owner = str(firm.people["wumin"].pk)
    for place in range(2):
        upload = SimpleUploadedFile(f"../..\\合同\u202e{place}.pdf", body)
        wumin.post(
            reverse("orders:register"),
            sent(files=[upload], contract_no=f"HT-{place}", sales_owner=owner, _key=str(place)),
        )
    one, two = Paper.objects.all()
    assert (one.name, one.file.name) == ("合同0.pdf", two.file.name)
    assert default_storage.size(str(one.file)) == one.size == len(body)
    got = wumin.get(reverse("orders:paper", args=[one.pk]))
    assert got.getvalue() == body
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert signed_in(firm, "sunhao").get(reverse("orders:paper", args=[one.pk])).status_code == 404
    assert Client().get(reverse("orders:paper", args=[one.pk])).status_code == 302


def test_customers_are_listed_and_changed(firm: Firm, wumin: Client):
    firm.order()
    page = wumin.get(reverse("orders:customers")).content.decode()
    assert f"?customer={firm.customer.number}" in page
    said = {"name": "北辰医疗", "contacts-rows": "1", "contacts-0-name": "沈知远", "_key": "k"}
    assert wumin.post(reverse("orders:new_customer"), said).status_code == 303
    made = Customer.objects.get(name="北辰医疗")
    assert made.contacts.get().name == "沈知远"
    changed = said | {"name": "北辰医疗科技", "_version": made.version, "_key": "l"}
    assert wumin.post(reverse("orders:customer", args=[made.number]), changed).status_code == 303
    assert wumin.get(reverse("orders:customer", args=[made.number])).status_code == 200
    taken = wumin.post(reverse("orders:new_customer"), {"name": "海川水务集团有限公司", "contacts-rows": "0"})
    assert taken.status_code == 422
    assert "北辰" in wumin.get(f"{reverse('orders:suggestions')}?customer=北辰").content.decode()


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


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_page_speaks_every_language(firm: Firm, language: str):
    order = full(firm)
    person = firm.people["lujian"]
    person.language = language
    person.save()
    client = signed_in(firm, "lujian")
    for name in ("list", "register", "customers", "new_customer"):
        assert client.get(reverse(f"orders:{name}")).status_code == 200
    for name in ("order", "activity", "edit", "team", "complete"):
        page = client.get(reverse(f"orders:{name}", args=[order.number]))
        assert page.status_code == 200
        assert size(page) <= BUDGET
