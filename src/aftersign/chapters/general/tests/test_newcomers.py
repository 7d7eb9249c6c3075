"""People from a table: every fault is told before, all come in or nobody, and passwords are seen once."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.general import acts
from aftersign.chapters.general.acts.accounts import Secret
from aftersign.chapters.general.queries.newcomers import here
from aftersign.chapters.general.rules.newcomers import Newcomer, read
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company, Department, Person, Post
from aftersign.kernel.org.queries import department_of_code
from aftersign.policy.editions import store

ADDRESS = "/settings/people/table/"
HEAD = "账号,姓名,邮箱,部门,职务,岗位,上级,语言"
GOOD = f"""{HEAD}
wumin,吴敏,wumin@example.com,sales,销售员,,林晓岚,简体中文
linxiaolan,林晓岚,lin@example.com,SALES,销售总监,,chenguang,
chenguang,陈光,,management,总经理,总经理,,English
"""
LONG = "欧阳" * 30


@pytest.fixture(autouse=True)
def _real_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.fixture
def keeper(client: Client, admin: Actor) -> Client:
    """The administrator's browser."""
    client.force_login(admin.person)  # type: ignore[arg-type]
    return client


@pytest.fixture
def management(company: Company, admin: Actor) -> Department:
    return department_of_code("management") or acts.list_department(company, name="management", by=admin)


def sent(text: str | bytes, name: str = "people.csv") -> dict[str, Any]:
    content = text.encode() if isinstance(text, str) else text
    return {"sent": SimpleUploadedFile(name, content), "step": "look"}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def seen(answer: Any) -> str:
    """The table as the page that was looked at carries it along."""
    found = re.search(r'<textarea name="text" hidden>(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert found is not None, text(answer)
    return html.unescape(found[1])


def faults(rows: str) -> list[tuple[int, str]]:
    newcomers = []
    for number, line in enumerate(rows.strip().splitlines(), 2):
        cells = [cell.strip() for cell in line.split(",")]
        newcomers.append(Newcomer(number, *cells))
    return [(each.row, each.sentence) for each in read(newcomers, here()).faults]


def test_a_table_is_looked_at_and_then_everybody_is_listed(keeper: Client, management: Department) -> None:
    before = journal.company_end()
    looked = keeper.post(ADDRESS, sent(GOOD))
    assert looked.status_code == 200
    assert "登记 3 人" in text(looked)
    assert (Person.objects.filter(account="wumin").exists(), journal.company_end()) == (False, before)
    given = {"text": seen(looked), "step": "list", "_key": "once"}
    answer = keeper.post(ADDRESS, given)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    wumin, lin, chen = (Person.objects.get(account=each) for each in ("wumin", "linxiaolan", "chenguang"))
    assert (wumin.name, wumin.title, wumin.email, wumin.language) == ("吴敏", "销售员", "wumin@example.com", "zh-hans")
    assert (chen.language, Post.objects.get(pk="general_manager").holder) == ("en", chen)
    sales = department_of_code("sales")
    assert sales is not None
    assert sales.head_id == lin.pk
    secret = re.search(r"吴敏</a></td>.*?<code>([^<]+)</code>", answer.content.decode(), re.DOTALL)
    assert secret is not None
    file = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)"', answer.content.decode())
    assert file is not None
    assert f"吴敏,wumin,{secret[1]}" in unquote(file[1])
    newcomer = Client()
    assert newcomer.login(username="wumin", password=secret[1])
    assert newcomer.get("/").headers["Location"] == "/accounts/password/change/"
    assert secret[1] not in str(list(Entry.objects.values_list()))
    assert Entry.objects.filter(fact="general.person_listed").count() == 4
    again = keeper.post(ADDRESS, given)
    assert "<code>" not in again.content.decode()
    assert Entry.objects.filter(fact="general.person_listed").count() == 4


def test_a_quick_hash_becomes_a_slow_one_at_the_first_sign_in(keeper: Client, management: Department) -> None:
    answer = keeper.post(ADDRESS, {"text": seen(keeper.post(ADDRESS, sent(GOOD))), "step": "list"})
    secret = re.search(r"<code>([^<]+)</code>", answer.content.decode())
    assert secret is not None
    first = Person.objects.exclude(account="guanli").filter(is_operating=False).order_by("name").first()
    assert first is not None
    assert "m=8," in first.password
    assert first.check_password(secret[1])
    first.refresh_from_db()
    assert "m=8," not in first.password
    assert first.check_password(secret[1])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,甲,,sales\nA,乙,,sales", [(3, "第 2 行")]),
        ("guanli,甲,,sales", [(2, "guanli")]),
        ("有空格,甲,,sales", [(2, "字母")]),
        (",甲,,sales", [(2, "账号")]),
        ("a,,,sales", [(2, "姓名")]),
        ("a,甲,a@example.com,sales\nb,乙,A@example.com,sales", [(3, "第 2 行")]),
        ("a,甲,nonsense,sales", [(2, "nonsense")]),
        ("a,甲,taken@example.com,sales", [(2, "管理")]),
        ("a,甲,,月球部", [(2, "月球部")]),
        ("a,甲,", [(2, "部门")]),
        ("a,甲,,sales,,皇帝", [(2, "皇帝")]),
        ("a,甲,,sales,,总经理\nb,乙,,sales,,general_manager", [(3, "general_manager")]),
        ("a,甲,,sales,,,无名", [(2, "无名")]),
        ("a,甲,,sales,,,丙\nb,丙,,rd\nc,丙,,rd", [(2, "丙")]),
        ("a,甲,,sales,,,b\nb,乙,,rd,,,c\nc,丙,,finance,,,a", [(2, "甲、乙、丙")]),
        ("a,甲,,sales,,,a", [(2, "甲")]),
        ("a,甲,,sales,,,c\nb,乙,,sales,,,d\nc,丙,,rd\nd,丁,,rd", [(3, "丙")]),
        ("a,甲,,sales,,,,克林贡语", [(2, "克林贡语")]),
        (f"a,{'长' * 61},,sales", [(2, "60")]),
    ],
)
def test_what_is_wrong_is_told_at_its_row(company: Company, admin: Actor, rows: str, said: list[Any]) -> None:
    Person.objects.filter(account="guanli").update(email="taken@example.com")
    found = faults(rows)
    assert [row for row, _sentence in found] == [row for row, _part in said], found
    assert all(part in sentence for (_row, sentence), (_number, part) in zip(found, said, strict=True)), found


def test_who_heads_and_who_holds_already_is_not_replaced(company: Company, admin: Actor, clerk: Person) -> None:
    sales = department_of_code("sales")
    assert sales is not None
    acts.change_department(sales, head=clerk, by=admin)
    Post.objects.filter(pk="general_manager").update(holder=clerk)
    found = faults("a,甲,,sales,,,b\nb,乙,,sales,,总经理")
    assert [row for row, _sentence in found] == [2, 3]
    assert all("周岩" in sentence for _row, sentence in found)
    assert faults("a,甲,,sales,,,周岩") == []


def test_one_fault_keeps_everybody_out(keeper: Client, admin: Actor, company: Company) -> None:
    before = (Person.objects.count(), journal.company_end())
    answer = keeper.post(ADDRESS, sent(f"{HEAD}\na,甲,,sales\nb,乙,,月球部\n"))
    assert "没有叫“月球部”的部门" in text(answer)
    assert "<textarea name=" not in answer.content.decode()
    kept = [Newcomer(2, "a", "甲", "", "sales"), Newcomer(3, "guanli", "乙", "", "sales")]
    with pytest.raises(Refused, match="第 3 行"):
        acts.list_people(company, newcomers=kept, passwords={}, by=admin)
    with pytest.raises(Refused):
        acts.list_people(company, newcomers=[], passwords={}, by=admin)
    sent_past_the_look = keeper.post(ADDRESS, {"text": "account,name,department\nguanli,甲,sales", "step": "list"})
    assert sent_past_the_look.status_code == 422
    assert (Person.objects.count(), journal.company_end()) == before


def test_nobody_but_an_administrator(company: Company, clerk: Person) -> None:
    browser = Client()
    browser.force_login(clerk)
    for address in (ADDRESS, f"{ADDRESS}template/"):
        assert browser.get(address).status_code == 403
    assert browser.post(ADDRESS, sent(GOOD)).status_code == 403
    rows = [Newcomer(2, "a", "甲", "", "sales")]
    with pytest.raises(Forbidden):
        acts.list_people(company, newcomers=rows, passwords={}, by=Actor("person", person=clerk))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"step": "look"}, "上传"),
        (sent(b"PK\x03\x04 no workbook", "people.xlsx"), "people.xlsx"),
        (sent("姓名,部门\n甲,sales"), "账号"),
        (sent(HEAD), "10000"),
        (sent("x", "people.exe"), "people.exe"),
    ],
)
def test_a_file_that_is_no_table_of_people(keeper: Client, given: dict[str, Any], said: str) -> None:
    answer = keeper.post(ADDRESS, given)
    assert answer.status_code == 422
    assert said in text(answer)


def test_the_empty_table_is_read_in_every_language(keeper: Client, admin: Actor, management: Department) -> None:
    for language in ("zh-hans", "zh-hant", "en"):
        Person.objects.filter(account="guanli").update(language=language)
        empty = keeper.get(f"{ADDRESS}template/").content.decode()
        assert len(empty.split(",")) == 8
        rows = GOOD.partition("\n")[2]
        assert '<textarea name="text"' in keeper.post(ADDRESS, sent(empty.strip() + "\n" + rows)).content.decode()
        assert keeper.get(ADDRESS).status_code == 200


def test_long_names_and_what_looks_like_a_formula(keeper: Client) -> None:
    rows = f"{HEAD}\nouyang,{LONG},,sales\nhack,=1+1,,sales\n"
    answer = keeper.post(ADDRESS, {"text": seen(keeper.post(ADDRESS, sent(rows))), "step": "list"})
    assert LONG in text(answer)
    file = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)"', answer.content.decode())
    assert file is not None
    assert "'=1+1,hack," in unquote(file[1])


def test_ten_thousand_people_come_in_within_one_act(keeper: Client, admin: Actor) -> None:
    rows = "\n".join(f"p{number:05},{LONG[:55]}{number:05},p{number:05}@example.com,sales" for number in range(10_000))
    store.shown()
    with CaptureQueriesContext(connection) as found:
        looked = keeper.post(ADDRESS, sent(f"{HEAD}\n{rows}"))
    assert len(found) <= 20
    assert len(looked.content) < 4_000_000
    answer = keeper.post(ADDRESS, {"text": seen(looked), "step": "list"})
    assert answer.status_code == 200
    assert Person.objects.filter(account__startswith="p0").count() == 10_000
    assert Entry.objects.filter(fact="general.person_listed").count() == 10_001
    assert "还有 9800 人" in text(answer)
    full = keeper.post(ADDRESS, sent(f"{HEAD}\n{rows}\nlast,末,,sales"))
    assert full.status_code == 422


def test_a_secret_stays_out_of_what_is_remembered() -> None:
    assert "abcd" not in repr({"a": Secret("abcd")})
