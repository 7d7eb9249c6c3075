"""The page of the audit log: for whom, with nothing, one and ten thousand lines, filtered, and taken out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.models import AuditEntry, Event
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Person
from aftersign.kernel.shell.tests.people import company, person

pytestmark = pytest.mark.django_db
PAGE = "/settings/audit/"
MORNING = datetime(2026, 9, 7, 2, tzinfo=UTC)
LONG = "阿布都热依木·买买提明·吐尔逊江·阿不力克木·艾合买提江·努尔买买提·阿卜杜外力·哈力克·库尔班江·玉素甫"


def reader(**more: Any) -> Client:
    company()
    client = Client()
    client.force_login(person("管理员", "admin", language="en", **{"is_administrator": True, **more}))
    return client


def write(event: Event = Event.SIGNED_IN, who: Person | None = None, hours: int = 0, **more: Any) -> AuditEntry:
    with frozen(MORNING + timedelta(hours=hours)):
        return audit.note(event, by=Actor("person", person=who, address="10.0.0.7") if who else None, about=who, **more)


@pytest.mark.parametrize(
    ("rights", "status"),
    [
        ({"is_administrator": True}, 200),
        ({"is_administrator": False, "is_auditor": True}, 200),
        ({"is_administrator": False}, 403),
    ],
)
def test_administrators_and_auditors_read_it(rights: dict[str, bool], status: int) -> None:
    client = reader(**rights)
    assert client.get(PAGE).status_code == status
    assert (PAGE in client.get("/settings/").content.decode()) is (status == HTTPStatus.OK)


def test_nothing_is_there_yet() -> None:
    assert "Nothing is written here yet" in reader().get(PAGE).content.decode()


def test_a_line_with_a_long_name_and_an_act_in_words() -> None:
    client = reader()
    who = person(LONG[:60], "long")
    write(Event.SETTINGS_CHANGED, who, subject="general.change_account")
    page = client.get(PAGE).content.decode()
    assert LONG[:60] in page
    assert "2026-09-07 10:00:00" in page
    assert "Settings changed" in page


def test_years_are_counted_as_the_reader_wishes_and_tables_are_for_programs_too() -> None:
    client = reader()
    Person.objects.filter(account="admin").update(language="zh-hant", years="roc")
    write(Event.SIGNED_IN, person("林晓岚", "lin"))
    page = client.get(f"{PAGE}?from=2026-09-07").content.decode()
    assert "民國115-09-07 10:00:00" in page
    assert "<b>民國115-09-07</b>" in page or "民國115-09-07</" in page
    assert ">2026-09-07" not in page
    text = b"".join(client.get(f"{PAGE}?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "2026-09-07 10:00:00" in text
    assert "民國" not in text


def test_it_is_filtered_by_kind_event_person_and_day() -> None:
    client, lin, wang = reader(), person("林晓岚", "lin"), person("王启明", "wang")
    write(Event.SIGNED_IN, lin)
    write(Event.EXPORTED, lin, 24, subject="orders")
    write(Event.SIGN_IN_FAILED, wang, 48)
    write(Event.TOKEN_MADE, wang, 72)
    found = {query: client.get(PAGE + query, headers={"HX-Request": "true", "HX-Target": "list-audit"}) for query in (
        "?kind=data", "?kind=sign_in", "?kind=trust", "?event=signed_in", "?account=wang",
        "?from=2026-09-08&to=2026-09-09",
        "?to=2026-09-07", "?q=orders", "?q=林晓岚", "?from=never", "?kind=nothing",
    )}  # fmt: skip
    shown = {query: answer.context["listing"].page.total for query, answer in found.items()}
    assert shown == {
        "?kind=data": 1, "?kind=sign_in": 2, "?kind=trust": 1, "?event=signed_in": 1, "?account=wang": 2,
        "?from=2026-09-08&to=2026-09-09": 2, "?to=2026-09-07": 1, "?q=orders": 1, "?q=林晓岚": 2, "?from=never": 4,
        "?kind=nothing": 0,
    }  # fmt: skip


def test_taking_it_out_is_written_into_it_and_runs_nothing() -> None:
    client, lin = reader(), person("=HYPERLINK(1)", "lin")
    write(Event.SIGNED_IN, lin)
    text = b"".join(client.get(f"{PAGE}?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in text
    line = AuditEntry.objects.latest("id")
    assert (line.event, line.subject, line.person) == ("exported", "audit", Person.objects.get(account="admin"))


def test_ten_thousand_lines_cost_as_many_questions_as_one(django_assert_num_queries: Any) -> None:
    client, lin = reader(), person("林晓岚", "lin")
    lines = [
        AuditEntry(at=MORNING + timedelta(seconds=n), event="signed_in", person=lin, about=lin) for n in range(10_001)
    ]
    AuditEntry.objects.bulk_create(lines, batch_size=2000)
    client.get(PAGE)
    with django_assert_num_queries(8):
        found = client.get(PAGE)
    assert "More than 10,000 found" in found.content.decode()
    assert len(found.content) < 120_000
