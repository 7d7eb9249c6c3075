"""Files that programs put to orders: once, by what they are, replaced with the older version kept, refused early."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from aftersign.api.tests.program import V1, Program
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order, Paper
from tests.firm import Firm

PDF = b"%PDF-1.7 "
KIND = "other_papers"
REFUSED = "urn:aftersign:problem:refused"


def a_file(name: str = "合同.pdf", body: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body)


@pytest.fixture
def order(firm: Firm, tmp_path: Path, settings: Any) -> Order:
    """An order; files lie in a place of their own."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "kept"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return firm.register()


def test_a_file_is_put_once_however_often_it_is_sent(order: Order) -> None:
    program, to = Program("wumin", "files:write"), f"/orders/{order.number}/files"
    answers = [program.put(to, {"kind": KIND, "file": a_file("报价单.pdf")}, Idempotency_Key="q") for _ in range(2)]
    answers.append(program.put(to, {"kind": KIND, "file": a_file("报价单.pdf")}))
    assert [each.status_code for each in answers] == [201] * 3
    (said,) = {each.content for each in answers}
    shown = answers[0].json()
    assert (shown["sha256"], shown["name"], shown["order"]) == (
        hashlib.sha256(PDF).hexdigest(),
        "报价单.pdf",
        order.number,
    )
    assert (shown["stated_by"]["account"], shown["kind"], shown["size"]) == ("wumin", KIND, len(PDF))
    reading = Program("wumin", "files:read")
    assert reading.get(answers[0].headers["Location"]).content == said
    assert b"".join(reading.get(f"/files/{shown['id']}/content").streaming_content) == PDF
    assert Entry.objects.filter(fact="order.information_changed", order_id=order.pk).count() == 1


def test_the_same_key_for_another_file_is_refused(order: Order) -> None:
    program, to = Program("wumin"), f"/orders/{order.number}/files"
    assert program.put(to, {"kind": KIND, "file": a_file()}, Idempotency_Key="k").status_code == 201
    other = program.put(to, {"kind": KIND, "file": a_file(body=PDF + b"2")}, Idempotency_Key="k")
    assert (other.status_code, other.json()["type"]) == (422, "urn:aftersign:problem:key")
    assert Paper.objects.filter(order=order, kind=KIND).count() == 1


def test_a_paper_that_is_replaced_keeps_its_older_version(order: Order) -> None:
    program, to = Program("wumin"), f"/orders/{order.number}/files"
    first = program.put(to, {"kind": KIND, "file": a_file("报价单.pdf")}).json()
    second = program.put(to, {"kind": KIND, "file": a_file("报价单.pdf", PDF + b"2"), "replaces": first["id"]})
    assert second.status_code == 201
    listed = program.get("/files", order=order.number, kind=KIND).json()["items"]
    assert [(each["id"], bool(each["voided_at"])) for each in listed] == [
        (first["id"], True),
        (second.json()["id"], False),
    ]
    assert program.get(f"/files/{first['id']}/content").status_code == 200
    client = Client()
    client.force_login(program.token.person)
    page = client.get(reverse("orders:paper", args=[second.json()["id"]]))
    assert "第 1 版" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("空.pdf", b"", "空"),
        ("a.pdf", b"MZ\x90\0" + bytes(99), "另存"),
        ("a.exe", PDF, "另存"),
        ("../../a.pdf", PDF, ""),
    ],
)
def test_what_is_no_file_for_an_order_is_refused(order: Order, name: str, body: bytes, said: str) -> None:
    answer = Program("wumin").put(f"/orders/{order.number}/files", {"kind": KIND, "file": a_file(name, body)})
    if not said:
        assert (answer.status_code, answer.json()["name"]) == (201, "a.pdf")
        return
    assert (answer.status_code, answer.json()["type"], answer.json()["missing"]) == (422, REFUSED, ["file"])
    assert said in answer.json()["detail"]
    assert not Paper.objects.filter(order=order, kind=KIND).exists()


def test_an_unknown_kind_and_a_missing_file_are_refused(order: Order) -> None:
    program, to = Program("wumin"), f"/orders/{order.number}/files"
    assert program.put(to, {"kind": "poem", "file": a_file()}).json()["type"] == REFUSED
    assert program.put(to, {"kind": KIND}).json()["type"] == "urn:aftersign:problem:invalid"
    assert program.post(to, {"kind": KIND}).status_code == 422


def test_who_may_not_change_an_order_puts_nothing(order: Order) -> None:
    sent = {"kind": KIND, "file": a_file()}
    assert Program("sunqian").put(f"/orders/{order.number}/files", sent).status_code == 403
    assert Program("wumin", "files:read").put(f"/orders/{order.number}/files", sent).status_code == 403
    assert Program("wumin").put("/orders/SO-1999-0001/files", {"kind": KIND, "file": a_file()}).status_code == 404


def test_what_is_too_large_is_answered_before_it_is_read(order: Order, settings: Any) -> None:
    settings.FILE_MEGABYTES = 1
    program = Program("wumin")
    headers = {"Authorization": f"Bearer {program.text}", "Expect": "100-continue"}
    announced = Client().generic(
        "POST", f"{V1}/orders/{order.number}/files", b"", headers=headers, CONTENT_LENGTH=str(1 << 40)
    )
    assert (announced.status_code, announced.json()["type"]) == (413, "urn:aftersign:problem:too-large")
    assert "1 MB" in announced.json()["detail"]
    sent = {"kind": KIND, "file": a_file(body=PDF + bytes(1 << 20))}
    inside = program.put(f"/orders/{order.number}/files", sent)
    assert (inside.status_code, "1 MB" in inside.json()["detail"]) == (422, True)


def test_head_is_answered_as_get_without_the_body(order: Order) -> None:
    program = Program("wumin")
    for path in ("/orders", f"/orders/{order.number}", "/openapi.json", "/orders/SO-1999-0001"):
        asked, found = program.head(path), program.get(path)
        assert (asked.status_code, asked.content) == (found.status_code, b""), path
        assert asked.headers["Content-Type"] == found.headers["Content-Type"]
        assert asked.headers.get("ETag") == found.headers.get("ETag")
    assert program.head(f"/orders/{order.number}/files").status_code == 405


def test_what_was_put_is_told_again_after_it_was_replaced(order: Order) -> None:
    program, to = Program("wumin"), f"/orders/{order.number}/files"
    first = program.put(to, {"kind": KIND, "file": a_file()}, Idempotency_Key="q1").json()
    program.put(to, {"kind": KIND, "file": a_file(body=PDF + b"2"), "replaces": first["id"]})
    again = program.put(to, {"kind": KIND, "file": a_file()}, Idempotency_Key="q1")
    assert (again.status_code, again.json()["id"], bool(again.json()["voided_at"])) == (201, first["id"], True)
    assert Paper.objects.filter(order=order, kind=KIND).count() == 2
