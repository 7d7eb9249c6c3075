"""The sample company is removed in one step by its administrator, and nothing that somebody else did goes unasked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from aftersign.chapters.general.acts import list_person
from aftersign.desk.setup import founding, removal
from aftersign.desk.setup.steps import guide
from aftersign.desk.setup.stock import FACTS, Doer, Stock, stock
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.access.models import AuditEntry
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.journal import chain, triggers
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Company, Department, Mark, Person
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Customer, Order
from tests.firm import Firm

PAGE = "/settings/sample/"
PASSWORD = "vier grüne Stühle am Fenster"


@pytest.fixture(autouse=True)
def home(settings: LazySettings, tmp_path: Path) -> Path:
    """A place of its own for files, keys and checkpoints."""
    settings.HOME, settings.KEYS, settings.CHECKPOINTS = tmp_path, tmp_path / "keys", [str(tmp_path / "checkpoints")]
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


@pytest.fixture
def admin(firm: Firm) -> Person:
    """The administrator of a sample company with an order."""
    firm.register()
    person = list_person(company(), account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    Person.objects.filter(is_operating=False).update(is_sample=True)
    marks.put(marks.DEMO, now(), {FACTS: Entry.objects.count()})
    return person


@pytest.fixture
def keeper(client: Client, admin: Person) -> Client:
    """The administrator's browser."""
    client.force_login(admin)
    return client


def sent(**other: str) -> dict[str, str]:
    return {"name": "恒信科技有限公司", "password": PASSWORD, "again": PASSWORD, **other}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def picture() -> tuple[int, int, int, str]:
    return Entry.objects.count(), Order.objects.count(), Person.objects.count(), Tail.objects.get().hash


def test_the_page_says_what_is_lost(keeper: Client, admin: Person) -> None:
    said = text(keeper.get(PAGE))
    assert "订单 1" in said
    assert "人员陈述的事实 0 条" in said
    assert PAGE in keeper.get("/settings/").content.decode()
    colleague = list_person(company(), account="guo", name="郭" * 60, by=Actor("person", person=admin))
    assert stock() == Stock(Entry.objects.count(), 1, 17, 1, 0, (Doer(colleague.name, 0),))
    assert colleague.name in text(keeper.get(PAGE))


def test_only_administrators_of_the_sample_find_it(client: Client, keeper: Client) -> None:
    client.force_login(Person.objects.get(account="wumin"))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, sent()).status_code == 403
    Person.objects.update(is_sample=False)
    Mark.objects.filter(name=marks.DEMO).delete()
    client.force_login(Person.objects.get(account="admin"))
    before = picture()
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, sent()).status_code == 404
    assert PAGE not in client.get("/settings/").content.decode()
    with pytest.raises(Refused, match="不是示例公司"):
        removal.remove(with_others=True)
    assert picture() == before


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "恒信"}, "恒信科技有限公司"),
        ({"again": "something else entirely"}, "两次"),
        ({"password": "admin12345", "again": "admin12345"}, "密码"),
    ],
    ids=["another name", "two passwords", "an easy password"],
)
def test_nothing_is_removed_by_mistake(keeper: Client, wrong: dict[str, str], says: str) -> None:
    before = picture()
    answer = keeper.post(PAGE, sent(**wrong))
    assert answer.status_code == 422
    assert says in text(answer)
    assert picture() == before


def test_what_others_did_goes_only_when_it_is_said_so(keeper: Client, admin: Person) -> None:
    list_person(company(), account="guo", name="郭靖", by=Actor("person", person=admin))
    before = picture()
    answer = keeper.post(PAGE, sent())
    assert answer.status_code == 422
    assert "不属于示例公司" in text(answer)
    assert picture() == before
    assert keeper.post(PAGE, sent(with_others="on")).status_code == 303
    assert not Person.objects.filter(account="guo").exists()


def test_an_empty_company_stands_in_its_place(keeper: Client, home: Path) -> None:
    (home / "files" / "papers").mkdir(parents=True, exist_ok=True)
    (home / "files" / "papers" / "old").write_text("x")
    answer = keeper.post(PAGE, sent())
    assert (answer.status_code, answer["Location"]) == (303, "/accounts/login/")
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)
    assert set(Person.objects.values_list("account", flat=True)) == {"operating", "admin"}
    assert Company.objects.get().name == founding.UNNAMED
    assert Department.objects.filter(code="").count() == 0
    assert marks.of(marks.DEMO) is None
    assert (list(chain.faults()), triggers.missing()) == ([], [])
    assert AuditEntry.objects.filter(subject=removal.SUBJECT).count() == 1
    assert not (home / "files" / "papers").exists()
    assert list(home.glob(".removed*")) == []
    assert len(list((home / "checkpoints").rglob("0*/*/*.json"))) == 1
    assert {step.name for step in guide().steps if step.is_done} == {"calendar"}


def test_whoever_removed_it_signs_in_as_the_new_administrator(keeper: Client) -> None:
    landed = keeper.post(PAGE, sent(), follow=True)
    assert "示例公司已移除" in text(landed)
    assert keeper.get("/setup/").status_code == 302
    keeper.post("/accounts/login/", {"login": "admin", "password": PASSWORD})
    assert "已完成 1 / 8" in text(keeper.get("/setup/"))


def test_a_removal_that_fails_changes_nothing(keeper: Client, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "keys").mkdir(exist_ok=True)
    (home / "keys" / "own").write_text("x")
    before = picture()
    monkeypatch.setattr(removal, "mkdtemp", lambda **said: str(home / "missing"))
    with pytest.raises(OSError, match="missing"):
        removal.remove(with_others=False)
    assert picture() == before
    assert (home / "keys" / "own").read_text() == "x"
    assert triggers.missing() == []


def test_checkpoints_elsewhere_are_evidence_and_stay(
    keeper: Client, settings: LazySettings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.CHECKPOINTS = [str(tmp_path_factory.mktemp("elsewhere"))]
    before = picture()
    answer = keeper.post(PAGE, sent())
    assert answer.status_code == 422
    assert "elsewhere" in text(answer)
    assert picture() == before
