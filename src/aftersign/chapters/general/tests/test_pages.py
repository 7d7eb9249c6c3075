"""The pages of the organisation: what each shows, to whom, without a script, and at how many questions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from operator import le
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.general import acts, queries
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import frozen, new_id, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Company, Department, Deputyship, Person, Post
from aftersign.kernel.org.queries import company as house
from aftersign.kernel.org.queries import department_of_code
from aftersign.kernel.search.filling import rebuild
from aftersign.kernel.search.people import PEOPLE
from aftersign.policy.editions import store
from aftersign.policy.models import Duty

HERE = "/settings/people/"
LONG = "欧阳" * 30
ORGANISATION, ROLL, PERSON, DEPARTMENT, LEAVING = 14, 13, 16, 15, 17
"""How many questions each page asks the database, whatever it shows."""


@pytest.fixture(autouse=True)
def _day_that_does_not_end() -> Iterator[None]:
    with frozen(now()):
        yield


@pytest.fixture
def keeper(client: Client, admin: Actor) -> Client:
    """The administrator's browser."""
    client.force_login(admin.person)  # type: ignore[arg-type]
    return client


@pytest.fixture
def sales(company: Company) -> Department:
    found = department_of_code("sales")
    assert found is not None
    return found


@pytest.fixture
def reader(clerk: Person) -> Client:
    """The browser of somebody who only works here."""
    browser = Client()
    browser.force_login(clerk)
    return browser


def text(answer: Any) -> str:
    """What stands on a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def asked(browser: Client, address: str) -> int:
    """How many questions a page asks the database, once everything has been read once."""
    browser.get(address)
    store.forget()
    store.shown()  # labels last two seconds, however long the page takes
    with CaptureQueriesContext(connection) as found:
        assert browser.get(address).status_code == 200
    return len(found)


def of(person: Person, page: str = "") -> str:
    return f"{HERE}{person.pk}/{page}"


def test_what_nobody_holds_stands_in_front(keeper: Client, admin: Actor, sales: Department) -> None:
    page = keeper.get(HERE).content.decode()
    assert page.index("无人担任") < page.index("h-departments")
    assert "总经理" in page[: page.index("h-departments")]
    assert admin.person is not None
    Post.objects.all().update(holder=admin.person)
    Department.objects.update(head=admin.person)
    Duty.objects.update(without_owner=False)
    assert "无人担任" not in text(keeper.get(HERE))
    gone = acts.list_person(house(), account="gone", name="已走", by=admin)
    Department.objects.filter(pk=sales.pk).update(head=gone)
    Person.objects.filter(pk=gone.pk).update(left_on=date(2026, 1, 1))
    assert "销售部门 部门没有负责人" in text(keeper.get(HERE))


def test_a_code_that_no_department_has_is_a_gap(keeper: Client, admin: Actor) -> None:
    acts.close_department(department_of_code("rd"), reason="外包", by=admin)  # type: ignore[arg-type]
    assert "rd 制度用到、但没有部门使用的代号" in text(keeper.get(HERE))


def test_the_tree_shows_every_department_below_its_own(keeper: Client, admin: Actor, sales: Department) -> None:
    east = acts.list_department(house(), name="华东销售", above=sales, by=admin)
    acts.list_department(house(), name="苏州销售", above=east, by=admin)
    whole = keeper.get(HERE).content.decode()
    page = whole[whole.index("h-departments") :]
    assert page.index("deep-0") < page.index("华东销售") < page.index("苏州销售")
    assert 'deep-2" data-l=""><a class="b"' in page


@pytest.mark.parametrize("page", ["", "list/"])
def test_everybody_reads_and_nobody_else_changes(reader: Client, clerk: Person, page: str) -> None:
    assert "登记人员" not in text(reader.get(HERE + page))
    assert "变更账号" not in text(reader.get(of(clerk)))
    refused = reader.get(f"{HERE}new/")
    assert refused.status_code == 403
    assert "管理" in text(refused)


def test_somebody_is_listed_and_signs_in_with_the_password_of_the_page(
    keeper: Client, sales: Department, client: Client
) -> None:
    said = {"name": LONG, "account": "Ou.Yang", "department": str(sales.pk), "language": "en", "title": "顾问"}
    answer = keeper.post(f"{HERE}new/", said | {"_key": "once"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    password = re.search(r"<code>([^<]+)</code>", answer.content.decode())
    assert password is not None
    person = Person.objects.get(account="ou.yang")
    assert (person.name, person.language, person.must_change_password) == (LONG, "en", True)
    assert person.check_password(password[1])
    again = keeper.post(f"{HERE}new/", said | {"_key": "once"})
    assert "<code>" not in again.content.decode()
    assert Person.objects.filter(account="ou.yang").count() == 1
    assert LONG in text(keeper.get(f"{HERE}list/?q=ou.yang"))
    newcomer = Client()
    assert newcomer.login(username="ou.yang", password=password[1])
    assert newcomer.get("/").headers["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "姓名"),
        ({"account": "有 空格"}, "字母"),
        ({"account": "guanli"}, "guanli"),
        ({"name": "长" * 61}, "60"),
    ],
)
def test_a_mistake_is_told_and_lists_nobody(
    keeper: Client, sales: Department, wrong: dict[str, str], said: str
) -> None:
    given = {"name": "新人", "account": "xin", "department": str(sales.pk), "language": "zh-hans"} | wrong
    before = (Person.objects.count(), journal.company_end())
    answer = keeper.post(f"{HERE}new/", given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert (Person.objects.count(), journal.company_end()) == before


def test_a_person_is_changed_on_the_page_and_two_do_not_overwrite_each_other(
    keeper: Client, clerk: Person, sales: Department
) -> None:
    seen = keeper.get(of(clerk, "change/")).content.decode()
    version = re.search(r'name="_version" value="(\d+)"', seen)
    assert version is not None
    given = {"name": "周妍", "department": str(sales.pk), "language": "zh-hans", "_version": version[1]}
    assert keeper.post(of(clerk, "change/"), given).status_code == 303
    late = keeper.post(of(clerk, "change/"), given | {"name": "周研"})
    assert late.status_code == 409
    clerk.refresh_from_db()
    assert (clerk.name, clerk.department) == ("周妍", sales)


def test_an_account_is_closed_and_its_owner_is_out_at_once(keeper: Client, clerk: Person, reader: Client) -> None:
    assert reader.get("/me/").status_code == 200
    assert keeper.post(of(clerk, "account/"), {}).status_code == 303
    assert reader.get("/me/").status_code == 302
    assert "账号停用" in text(keeper.get(of(clerk)))
    refused = keeper.post(of(Person.objects.get(account="guanli"), "account/"), {"is_administrator": "on"})
    assert refused.status_code == 422
    assert "唯一" in text(refused)


def test_a_new_password_shuts_out_the_old_session(keeper: Client, clerk: Person, reader: Client) -> None:
    clerk.set_password("the old one, long enough")
    clerk.save()
    reader.force_login(clerk)
    answer = keeper.post(of(clerk, "password/"), {})
    assert re.search(r"<code>\w{4}-\w{4}-\w{4}-\w{4}</code>", answer.content.decode())
    assert reader.get("/me/").status_code == 302


def test_departments_are_founded_changed_and_closed(keeper: Client, admin: Actor, sales: Department) -> None:
    given = {"name": "华东销售", "above": str(sales.pk), "works_on_orders": "on", "head": "管理 guanli"}
    answer = keeper.post(f"{HERE}departments/new/", given)
    made = Department.objects.get(name="华东销售")
    assert answer.headers["Location"] == f"{HERE}departments/{made.pk}/"
    assert made.head == admin.person
    round_about = {"name": "销售部门", "code": "sales", "above": str(made.pk)}
    circle = keeper.post(f"{HERE}departments/{sales.pk}/change/", round_about)
    assert (circle.status_code, "不能互为上级" in text(circle)) == (422, True)
    full = keeper.post(f"{HERE}departments/{sales.pk}/close/", {"reason": "重组"})
    assert (full.status_code, "下面还有 1 个部门：华东销售" in text(full)) == (422, True)
    assert keeper.post(f"{HERE}departments/{made.pk}/close/", {"reason": "重组"}).status_code == 303
    assert "撤销" in text(keeper.get(f"{HERE}departments/{made.pk}/"))
    assert "华东销售" not in text(keeper.get(HERE))


def test_a_post_gets_its_holder(keeper: Client, clerk: Person) -> None:
    given = {"holder": "周岩", "from_on": queries.today().isoformat(), "_key": "once"}
    for _sent in range(2):
        assert keeper.post(f"{HERE}posts/coordinator/", given).status_code == 303
    assert Post.objects.get(pk="coordinator").holder == clerk
    assert Entry.objects.filter(fact="general.post_named", payload__contains="coordinator").count() == 1
    given["_key"] = ""
    assert keeper.get(f"{HERE}posts/emperor/").status_code == 404
    tomorrow = given | {"from_on": (queries.today() + timedelta(days=1)).isoformat()}
    assert keeper.post(f"{HERE}posts/policy_owner/", tomorrow).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [("周岩", ""), ("zhouyan", ""), ("周岩 ZHOUYAN", ""), ("无名", "没有叫"), ("同名", "tong1、tong2")],
)
def test_people_are_found_by_name_or_account(
    keeper: Client, admin: Actor, clerk: Person, typed: str, said: str
) -> None:
    for number in (1, 2):
        acts.list_person(house(), account=f"tong{number}", name="同名", by=admin)
    answer = keeper.post(f"{HERE}posts/coordinator/", {"holder": typed, "from_on": queries.today().isoformat()})
    assert said in text(answer)
    assert Post.objects.filter(holder=clerk).exists() is not bool(said)


def test_suggestions_come_while_one_types(keeper: Client, clerk: Person) -> None:
    found = keeper.get("/people/suggested/", {"holder": "周"}).content.decode()
    assert '<option value="周岩 zhouyan">' in found
    assert "option" not in keeper.get("/people/suggested/").content.decode()


@pytest.mark.parametrize("typed", ["zhouy", "zy", "yan"])
def test_suggestions_come_by_pinyin_and_initials(keeper: Client, admin: Actor, typed: str) -> None:
    acts.list_person(house(), account="z-7", name="周岩", by=admin)
    rebuild(PEOPLE)
    found = keeper.get("/people/suggested/", {"holder": typed}).content.decode()
    # A browser leaves out what does not hold what was typed.
    assert f'<option value="周岩 z-7">{typed}</option>' in found
    assert "option" not in keeper.get("/people/suggested/", {"holder": "nobody"}).content.decode()


def test_one_names_and_ends_ones_own_deputy(reader: Client, clerk: Person, admin: Actor) -> None:
    day = queries.today()
    given = {"deputy": "管理", "from_on": day.isoformat(), "until": (day + timedelta(days=5)).isoformat()}
    assert reader.post(of(clerk, "deputy/"), given).status_code == 303
    assert "由管理代理" in text(reader.get(of(clerk)))
    assert "管理" in text(reader.get("/me/"))
    assert admin.person is not None
    assert reader.post(of(clerk, f"deputies/{admin.person.pk}/end/")).status_code == 303
    assert not Deputyship.objects.filter(ended_at=None).exists()
    assert reader.post(of(clerk, f"deputies/{admin.person.pk}/end/")).status_code == 404
    assert reader.get(of(admin.person, "deputy/")).status_code == 403


def test_the_activity_names_both(keeper: Client, clerk: Person, admin: Actor) -> None:
    own = Actor("person", person=clerk, on_behalf_of=admin.person)
    acts.list_person(house(), account="new", name="新人", by=own)
    assert "周岩 代 管理" in text(keeper.get(of(Person.objects.get(account="new"))))


def test_the_list_filters_sorts_and_leaves_out_whoever_has_left(keeper: Client, admin: Actor, clerk: Person) -> None:
    finance = department_of_code("finance")
    acts.list_person(house(), account="he", name="何静", department=finance, title="会计", by=admin)
    gone = acts.list_person(house(), account="gone", name="已走", by=admin)
    Person.objects.filter(pk=gone.pk).update(left_on=date(2026, 1, 1))
    listed: Callable[[str], str] = lambda query: text(keeper.get(f"{HERE}list/?{query}"))  # noqa: E731
    assert "已走" not in listed("")
    assert "已走" in listed("state=left")
    assert "周岩" not in listed(f"department={finance.pk if finance else ''}")
    assert "何静" in listed("q=会计")
    assert "管理" in listed("right=administrator")
    assert "何静" not in listed("right=administrator")
    assert "没有符合条件的" in listed("department=nonsense") or "何静" not in listed("department=nonsense")
    for column in ("name", "department", "title", "account", "-name"):
        assert keeper.get(f"{HERE}list/?sort={column}").status_code == 200
    assert "何静" in keeper.get(f"{HERE}list/?format=csv").getvalue().decode()


def test_ten_thousand_people_on_the_list(keeper: Client, sales: Department, admin: Actor) -> None:
    Person.objects.bulk_create(
        Person(id=new_id(), account=f"p{number}", name=f"{LONG[:50]}{number:05}", department=sales)
        for number in range(10_000)
    )
    assert asked(keeper, f"{HERE}list/") <= ROLL
    page = keeper.get(f"{HERE}list/?q=09999")
    assert "共 1 项" in text(page)
    assert len(keeper.get(f"{HERE}list/").content) < 120_000
    one = Person.objects.get(account="p5")
    for address in (f"{HERE}departments/{sales.pk}/", of(one), f"{HERE}posts/coordinator/"):
        assert len(keeper.get(address).content) < 120_000


def test_pages_ask_no_more_however_much_they_show(
    keeper: Client, admin: Actor, clerk: Person, sales: Department
) -> None:
    def counts() -> tuple[int, ...]:
        pages = (HERE, f"{HERE}list/", of(clerk), f"{HERE}departments/{sales.pk}/", of(clerk, "leave/"))
        return tuple(asked(keeper, page) for page in pages)

    expected = (ORGANISATION, ROLL, PERSON, DEPARTMENT, LEAVING)
    acts.move_person(clerk, department=sales, by=admin)
    for number in range(2):
        below = acts.list_department(house(), name=f"部门{number}", above=sales, head=clerk, by=admin)
        said: dict[str, Any] = {"account": f"p{number}", "name": f"人{number}", "department": below}
        other = acts.list_person(house(), **said, by=admin)
        day = queries.today()
        acts.name_deputy(other, deputy=clerk, from_on=day, until=day, by=admin)
        acts.name_post(house(), post=f"post{number}", holder=clerk, from_on=day, by=admin)
        if number == 0:
            assert all(map(le, counts(), expected))
    assert all(map(le, counts(), expected))


def test_every_page_stands_in_three_languages_with_long_names(keeper: Client, admin: Actor, clerk: Person) -> None:
    Person.objects.filter(pk=clerk.pk).update(name=LONG)
    for language in ("zh-hans", "zh-hant", "en"):
        Person.objects.filter(account="guanli").update(language=language)
        for page in ("", "change/", "account/", "password/", "deputy/", "leave/"):
            answer = keeper.get(of(clerk, page))
            assert (answer.status_code, LONG in answer.content.decode()) == (200, True)
