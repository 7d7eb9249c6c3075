"""A journey from an empty company to its first order: who is there on the first day, and how many steps it takes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext

from aftersign.desk.setup import founding
from aftersign.desk.setup.steps import guide
from aftersign.kernel.org.queries import company, holder_of
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition
from aftersign.policy.rebuild import rebuild
from tests.journeys.test_handing_over import in_half_a_year, papers
from tests.journeys.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "my very own password"
ADMINISTRATOR, POLICY_OWNER, SALESPERSON = 22, 11, 21
"""Steps of each, with those to sign in and to choose a password of one's own."""
PEOPLE = (
    ("账号", "姓名", "部门", "岗位", "上级"),
    ("chenli", "陈立", "公司管理层", "总经理", ""),
    ("guting", "顾婷", "公司管理层", "制度归口部门", "chenli"),
    ("lujian", "陆建", "sales", "", ""),
    ("wumin", "吴敏", "sales", "", "lujian"),
)
RUNNING = (
    ("合同编号", "订单名称", "客户", "订单类型", "签订日期", "金额", "销售负责人", "阶段"),
    ("HT-2025-0301", "仓储扫码改造", "明源食品集团有限公司", "服务", 60, "320,000.50", "吴敏", "执行中"),
    ("HT-2025-0302", "数据看板开发", "云图传媒有限公司", "销售", 45, "150,000", "吴敏", "已交接"),
)


@pytest.fixture
def password(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[str]:
    """A company as `aftersign init` leaves it, and the password that it prints."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    store.forget()
    list(founding.found("我的公司"))
    said = founding.administrator(company()).password
    assert said is not None
    yield said
    store.forget()


class Desks:
    """Signs people in for the first time, with the password that was given to them; then they choose their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self.contexts: list[BrowserContext] = []

    def sit_down(self, account: str, password: str) -> Walk:
        self.contexts.append(self._browser.new_context(base_url=self._address, locale="zh-CN"))
        walk = Walk(self.contexts[-1].new_page())
        walk.open("/accounts/login/")
        walk.enter("#id_login", account)
        walk.page.fill("#id_password", password)
        walk.key("Enter")
        walk.arrive("**/password/change/")
        walk.enter("#id_oldpassword", password)
        walk.enter("#id_password1", OWN)
        walk.enter("#id_password2", OWN)
        walk.press(".gate button.p")
        walk.arrive("/")
        return walk


@pytest.fixture
def desks(password: str, live_server: Any, browser: Browser) -> Iterator[Desks]:
    """The desks of everybody, which are left in the end."""
    found = Desks(browser, live_server.url)
    yield found
    for context in found.contexts:
        context.close()


def table(path: Path, rows: Any) -> Path:
    today = timezone.localdate()
    days = [
        [(today - timedelta(days=cell)).isoformat() if isinstance(cell, int) else cell for cell in row] for row in rows
    ]
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(days)
    return path


def step(walk: Walk, name: str, address: str) -> None:
    """From the guide to the page of a step; going back to the guide is a step too."""
    if not walk.page.url.endswith("/setup/"):
        walk.press("a[href='/setup/'] >> nth=0")
        walk.arrive("**/setup/")
    walk.press(f"#step-{name} a.btn")
    walk.arrive(address)


def set_up(walk: Walk, folder: Path) -> dict[str, str]:
    """What the administrator does; answers with the passwords of the people."""
    step(walk, "company", "**/settings/company/")
    walk.enter("#id_name", "恒信科技有限公司")
    walk.press("form.st .bar button.p")
    walk.see("恒信科技有限公司")
    step(walk, "departments", "**/settings/people/")
    walk.press("a[href='/settings/people/departments/new/'] >> nth=-1")
    walk.arrive("**/departments/new/")
    walk.enter("#id_name", "公司管理层")
    walk.press("form.st .bar button.p")
    walk.arrive("**/departments/*-*/")
    step(walk, "people", "**/settings/people/table/")
    walk.steps += 1
    walk.page.set_input_files("#id_sent", [table(folder / "people.csv", PEOPLE)])
    walk.press("button[value=look]")
    walk.press("button[value=list]")
    walk.page.wait_for_selector("#h-once")
    walk.page.wait_for_selector("tbody code")
    walk.look()
    cells = [row.locator("td").all_inner_texts() for row in walk.page.locator("tbody tr").all()]
    step(walk, "calendar", "**/settings/calendar/")
    return {account.strip(): secret.strip() for _name, account, secret in cells}


def answer_questions(walk: Walk) -> None:
    """What the policy owner does: one of the ten questions gets another answer."""
    walk.open("/settings/editions/2/questions/")
    walk.enter("#id_p-handover_sign_days_0", "4")
    walk.enter("#id_reason", "各部门人手少")
    walk.press("form#params .bar button.p")
    walk.see("等待批准")


def adopt(walk: Walk, folder: Path) -> None:
    """What the salesperson does with the orders that are running."""
    walk.press("a[href='/orders/'] >> nth=0")
    walk.arrive("**/orders/")
    walk.press("a[href='/orders/adopt/table/']")
    walk.arrive("**/orders/adopt/table/")
    walk.steps += 1
    walk.page.set_input_files("#id_sent", [table(folder / "running.csv", RUNNING)])
    walk.press("#send .bar button.p")
    walk.arrive("**/table/*-*/")
    walk.press("#columns .bar button.p")
    walk.page.wait_for_selector("#h-looked")
    walk.look()
    walk.press("#way form button.p")
    walk.page.wait_for_selector("#h-taken")
    walk.look()


def register(walk: Walk, folder: Path) -> None:
    """And with the first order of its own."""
    walk.key("n")
    walk.arrive("**/orders/register/")
    walk.drop("#files", papers(folder))
    walk.choose("#id_customer", "明源食品集团有限公司")
    walk.page.wait_for_selector("input[name=kind]:checked")
    walk.enter("#id_amount", "1,260,000")
    walk.enter("#id_delivery_on", in_half_a_year())
    walk.press("form#reg .bar button.p")
    walk.arrive("**/handover/")


def test_from_an_empty_company_to_its_first_order(password: str, desks: Desks, tmp_path: Path) -> None:
    keeper = desks.sit_down("admin", password)
    secrets = set_up(keeper, tmp_path)
    assert secrets.keys() == {row[0] for row in PEOPLE[1:]}
    assert keeper.steps <= ADMINISTRATOR, keeper.steps
    assert {post: holder_of(post).account for post in ("general_manager", "policy_owner")} == {  # type: ignore[union-attr]
        "general_manager": "chenli",
        "policy_owner": "guting",
    }
    owner = desks.sit_down("guting", secrets["guting"])
    answer_questions(owner)
    assert owner.steps <= POLICY_OWNER, owner.steps
    assert Edition.objects.count() == 2
    seller = desks.sit_down("wumin", secrets["wumin"])
    adopt(seller, tmp_path)
    assert not Duty.objects.filter(state__in=("breached", "done_late")).exists(), "nothing of theirs is late at once"
    register(seller, tmp_path)
    assert seller.steps <= SALESPERSON, seller.steps
    assert sorted(Order.objects.values_list("contract_no", "stage")) == [
        ("HT-2025-0301", "executing"),
        ("HT-2025-0302", "handed_over"),
        ("HT-2026-0236", "signed"),
    ]
    keeper.open("/setup/")
    assert {each.name for each in guide().steps if not each.is_done} <= {"posts"}
    assert keeper.complaints == owner.complaints == seller.complaints == []
    assert rebuild().different == []
