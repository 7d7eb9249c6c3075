"""The page of the working calendar: read by everybody; what a changed day moves is said before, and then happens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from aftersign.chapters.general.queries.calendar import year_of
from aftersign.kernel.clock import now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy import turning
from aftersign.policy.editions import store
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.company.happenings import happens
from tests.firm import Firm, at

HERE, CHANGE = "/settings/calendar/2026/", "/settings/calendar/2026/change/"
READING, LOOKING, NOTHING = 9, 17, 14
"""How many questions the year, what moves, and a change that moves nothing ask the database."""

Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def text(answer: Any) -> str:
    """What stands on a page, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(step: str, *days: tuple[str, str, str], **more: str) -> dict[str, str]:
    """The form with its rows, each a day, what it becomes, and its name."""
    found = {"step": step, "days-rows": str(len(days)), "stated": str(year_of(2026).stated)}
    for place, row in enumerate(days):
        found |= {f"days-{place}-{name}": value for name, value in zip(("day", "kind", "name"), row, strict=True)}
    return found | more


def looked_at(answer: Any) -> str:
    """The mark of what was looked at, as the page carries it on."""
    mark = re.search(r'name="looked" value="(\w+)"', answer.content.decode())
    assert mark is not None
    return mark[1]


def does(keeper: Client, *days: tuple[str, str, str]) -> Any:
    """Look, and then do it."""
    seen = keeper.post(CHANGE, sent("look", *days))
    return keeper.post(CHANGE, sent("change", *days, looked=looked_at(seen)))


def due_of(order: Order, term: str) -> datetime | None:
    return Duty.objects.get(order=order, term=term).due_at


def cell(page: str, day: str) -> str:
    """The class of a day's cell."""
    found = re.search(rf'<td class="([^"]*)"[^>]*><a href="[^"]*day={day}"', page)
    assert found is not None, day
    return found[1].strip()


TYPHOON = ("2026-09-08", "holiday", "台风")


def test_everybody_reads_the_year_and_nobody_else_changes_it(firm: Firm, client: Client) -> None:
    client.force_login(Person.objects.get(account="wumin"))
    page = client.get("/settings/calendar/")
    assert page.status_code == 200
    assert "国庆节" in text(page)
    assert "2026 年工作日历" in text(page)
    assert "change/" not in page.content.decode()
    refused = client.get(CHANGE)
    assert refused.status_code == 403
    assert client.post(CHANGE, sent("change", TYPHOON)).status_code == 403
    assert client.get("/settings/calendar/1999/").status_code == 404


def test_each_day_says_what_it_is(keeper: Client) -> None:
    page = keeper.get(HERE).content.decode()
    assert page.count('<table class="mon"') == 12
    assert [cell(page, f"2026-{day}") for day in ("09-08", "09-12", "09-20", "10-01", "09-07")] == [
        "", "wkd", "on", "off", "now"
    ]  # fmt: skip
    assert "day=2026-08-07" in page
    assert "day=2026-08-06" not in page
    assert "day=" not in keeper.get("/settings/calendar/2025/").content.decode()


def test_a_year_that_is_not_published_is_an_estimate(keeper: Client) -> None:
    assert "估计" not in text(keeper.get(HERE))
    assert "估计" in text(keeper.get("/settings/calendar/2031/"))
    form = keeper.get("/settings/calendar/2031/change/?public").content.decode()
    assert 'value="2031-10-01"' in form
    assert "国庆节" in form


def test_a_day_that_was_chosen_stands_in_the_form(keeper: Client) -> None:
    page = keeper.get(f"{CHANGE}?day=2026-09-12").content.decode()
    assert 'value="2026-09-12"' in page
    assert '<option value="make_up" selected>' in page
    assert '<option value="ordinary" selected>' in keeper.get(f"{CHANGE}?day=2026-10-01").content.decode()
    assert keeper.get(f"{CHANGE}?day=never").status_code == 200


def test_what_moves_is_said_and_nothing_changes(firm: Firm, keeper: Client) -> None:
    order = firm.register()
    before = Entry.objects.count()
    page = keeper.post(CHANGE, sent("look", TYPHOON))
    assert page.status_code == 200
    said = text(page)
    assert "推后到期" in said
    assert re.search(r"原到期 .*09-08 .*09-09", said)
    assert order.number in said
    assert "立即逾期 0" in said
    assert (Entry.objects.count(), due_of(order, "2.1.1.a")) == (before, at("2026-09-09 00:00"))


def test_what_was_said_happens_once_it_is_done(firm: Firm, keeper: Client, later: Later) -> None:
    order, sent_on = firm.register(), firm.register("已分送")
    firm.send(sent_on)
    page = keeper.post(CHANGE, sent("look", TYPHOON))
    said = turning.moving({"year": 2026, **_days(TYPHOON)})
    answer = keeper.post(CHANGE, sent("change", TYPHOON, looked=looked_at(page)))
    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    told = text(keeper.get(HERE))
    assert "1 天" in told
    assert told.index("管理员", told.index("动态")) < told.index("随系统设立")
    run_due()
    assert due_of(order, "2.1.1.a") == at("2026-09-10 00:00")
    stands = dict(Duty.objects.values_list("pk", "due_at"))
    assert said.total == len(said.first) > 3
    assert all(stands[each.card.duty.pk] == each.card.duty.due_at > each.was for each in said.first)
    assert cell(keeper.get(HERE).content.decode(), TYPHOON[0]) == "off"
    assert rebuild().different == []


def _days(*days: tuple[str, str, str]) -> dict[str, Any]:
    stands = year_of(2026)
    off = [*map(str, stands.holidays), *(day for day, kind, _name in days if kind == "holiday")]
    return {"holidays": off, "workdays": list(map(str, stands.workdays))}


def test_a_make_up_day_that_has_passed_makes_duties_overdue_at_once(firm: Firm, keeper: Client, later: Later) -> None:
    made_up = ("2026-09-12", "make_up", "")
    with later("2026-09-11 10:00"):
        order = Firm(now()).register()
        assert due_of(order, "2.1.1.a") == at("2026-09-15 00:00")
    with later("2026-09-13 09:00"):
        run_due()
        page = keeper.post(CHANGE, sent("look", made_up))
        assert "会立即逾期" in text(page)
        assert re.search(r"chip bad.*逾期", page.content.decode())
        assert keeper.post(CHANGE, sent("change", made_up, looked=looked_at(page))).status_code == 303
        run_due()
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        assert (duty.state, duty.due_at) == ("breached", at("2026-09-13 00:00"))
        assert rebuild().different == []


def test_a_holiday_that_is_withdrawn_moves_duties_back(firm: Firm, keeper: Client) -> None:
    order = firm.register()
    does(keeper, TYPHOON)
    run_due()
    back = (TYPHOON[0], "ordinary", "")
    assert re.search(r"提前到期 [1-9]", text(keeper.post(CHANGE, sent("look", back))))
    assert does(keeper, back).status_code == 303
    run_due()
    assert due_of(order, "2.1.1.a") == at("2026-09-09 00:00")


def test_a_day_far_ahead_moves_nothing(firm: Firm, keeper: Client) -> None:
    firm.register()
    assert "没有待办义务的期限改变" in text(keeper.post(CHANGE, sent("look", ("2026-12-17", "holiday", ""))))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([("2027-09-08", "holiday", "")], "不在 2026 年"),
        ([TYPHOON, ("2026-09-08", "make_up", "")], "填了两次"),
        ([("2026-09-12", "holiday", "")], "周末"),
        ([("2026-08-06", "holiday", "")], "已过去太久"),
        ([("2026-10-01", "holiday", "国庆节")], "没有变化"),
        ([("2026-09-31", "holiday", "")], "2026-11-25"),
        ([("", "holiday", "无日期")], "日期"),
        ([], "1"),
    ],
    ids=["another year", "twice", "a weekend", "too far back", "no change", "no such day", "no day", "no row"],
)
def test_days_that_cannot_be_are_refused_at_their_row(
    firm: Firm, keeper: Client, days: list[tuple[str, str, str]], sentence: str
) -> None:
    before = Entry.objects.count()
    for step in ("look", "change"):
        page = keeper.post(CHANGE, sent(step, *days))
        assert page.status_code == 422
        assert sentence in text(page)
        assert "查看影响</button>" in page.content.decode()
        assert 'value="change"' not in page.content.decode()
    assert Entry.objects.count() == before


def test_only_what_was_looked_at_is_done(firm: Firm, keeper: Client) -> None:
    before = Entry.objects.count()
    mark = looked_at(keeper.post(CHANGE, sent("look", TYPHOON)))
    other = ("2026-09-09", "holiday", "台风")
    page = keeper.post(CHANGE, sent("change", other, looked=mark))
    assert page.status_code == 200
    assert looked_at(page) != mark
    assert Entry.objects.count() == before


def test_whoever_was_slower_reads_so(firm: Firm, keeper: Client) -> None:
    opened = sent("look", TYPHOON)
    does(keeper, ("2026-09-10", "holiday", ""))
    before = Entry.objects.count()
    mark = looked_at(keeper.post(CHANGE, opened))
    page = keeper.post(CHANGE, opened | {"step": "change", "looked": mark})
    assert page.status_code == 409
    assert "刚被他人变更" in text(page)
    assert Entry.objects.count() == before


def test_a_row_more_without_a_script(keeper: Client) -> None:
    page = keeper.post(CHANGE, sent("", TYPHOON, _add_row="days")).content.decode()
    assert 'name="days-1-day"' in page
    assert 'value="台风"' in page


def test_an_extension_and_a_pause_stay_as_they_are(firm: Firm, keeper: Client) -> None:
    order = firm.register()
    duty = Duty.objects.get(order=order, term="2.1.1.a")
    happens("general.duty_extended", duty, old_due=str(duty.due_at), new_due=at("2026-09-11 00:00").isoformat())
    assert due_of(order, "2.1.1.a") == at("2026-09-11 00:00")
    moved = [each.card.duty.term for each in turning.moving({"year": 2026, **_days(TYPHOON)}).first]
    assert "2.1.1.a" not in moved
    assert moved


def test_only_the_soonest_are_read_and_the_page_says_so(
    firm: Firm, keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        firm.register(f"第{number}单")
    monkeypatch.setattr(turning, "MOST", 2)
    monkeypatch.setattr(turning, "SHOWN", 3)
    page = text(keeper.post(CHANGE, sent("look", TYPHOON)))
    assert "算了 2 个" in page
    assert "列出前 3 项" in page


def test_the_number_of_questions_does_not_grow(firm: Firm, keeper: Client) -> None:
    counts = []
    for orders in (0, 1, 5):
        for number in range(orders):
            firm.register(f"第{orders}批{number}单")
        counts.append((asked(lambda: keeper.get(HERE)), asked(lambda: keeper.post(CHANGE, sent("look", TYPHOON)))))
    assert counts == [(READING, NOTHING), (READING, LOOKING), (READING, LOOKING)]


def asked(visit: Callable[[], Any]) -> int:
    """How many questions a visit asks the database, once everything has been read once."""
    visit()
    store.forget()
    store.shown()  # labels last two seconds, however long the page takes
    with CaptureQueriesContext(connection) as found:
        assert visit().status_code == 200
    return len(found)
