"""The case file and the pages behind it: what they show to whom, in how many queries, and in every language."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aftersign.demo.sheets import pdf
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.shell.dates import today
from aftersign.orders import acts
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import Order, Paper
from aftersign.orders.tests.desk import BUDGET, PDF, full, sent, signed_in, size
from aftersign.orders.tests.rig import Firm, counts


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
    with frozen(now()):
        assert wumin.post(address, said | {"accepted_on": today().isoformat(), "token": token}).status_code == 303
    assert order.papers.get().kind == "acceptance"
    told = firm.last(order, "order.completed")
    assert told.at == told.entered


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
    got = wumin.get(reverse("orders:paper_file", args=[one.pk]))
    assert got.getvalue() == body
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert signed_in(firm, "sunhao").get(reverse("orders:paper_file", args=[one.pk])).status_code == 404
    assert Client().get(reverse("orders:paper_file", args=[one.pk])).status_code == 302


def test_a_paper_shows_its_pages_and_which_version_it_is(firm: Firm, wumin: Client):
    owner = str(firm.people["wumin"].pk)
    uploads = [SimpleUploadedFile("合同.pdf", pdf("合同", [each])) for each in ("第一稿", "第二稿")]
    wumin.post(reverse("orders:register"), sent(files=uploads, contract_no="HT-1", sales_owner=owner))
    one, two = Paper.objects.all()
    page = wumin.get(reverse("orders:paper", args=[two.pk])).content.decode()
    assert "第 2 版" in page
    assert reverse("orders:paper", args=[one.pk]) in page
    picture = wumin.get(reverse("orders:paper_preview", args=[two.pk, 1]))
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.getvalue().startswith(b"\x89PNG")
    assert wumin.get(reverse("orders:paper_preview", args=[two.pk, 2])).status_code == 404
    for name, args in (("paper", [one.pk]), ("paper_preview", [one.pk, 1])):
        assert signed_in(firm, "sunhao").get(reverse(f"orders:{name}", args=args)).status_code == 404


def test_a_paper_that_has_no_picture_says_so(firm: Firm, wumin: Client):
    owner = str(firm.people["wumin"].pk)
    upload = SimpleUploadedFile("长" * 60 + ".pdf", b"%PDF-1.7 and nothing more")
    wumin.post(reverse("orders:register"), sent(files=[upload], contract_no="HT-1", sales_owner=owner))
    page = wumin.get(reverse("orders:paper", args=[Paper.objects.get().pk]))
    assert page.status_code == 200
    assert "这个文件没有页面图像" in page.content.decode()
    assert "<img" not in page.content.decode().partition("<main")[2]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_every_page_speaks_every_language(firm: Firm, language: str):
    order = full(firm)
    for account in ("lujian", "gaoyuan"):
        firm.people[account].language = language
        firm.people[account].save()
    head, manager = signed_in(firm, "lujian"), signed_in(firm, "gaoyuan")
    for name in ("list", "register", "customers", "new_customer"):
        assert head.get(reverse(f"orders:{name}")).status_code == 200
    for name in ("order", "activity", "edit", "team", "complete", "suspend", "terminate", "resume", "close"):
        page = (manager if name == "team" else head).get(reverse(f"orders:{name}", args=[order.number]))
        assert page.status_code == 200
        assert size(page) <= BUDGET
