"""Files on a page: each by itself with its progress, what fails beside what has come in, photographs, no script."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from aftersign.orders.models import Paper
from tests.firm import Firm
from tests.journeys.conftest import Desk

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF, JPEG = b"%PDF-1.7 ", b"\xff\xd8"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WAITING = "[data-upload] .files li"


def file(folder: Path, name: str, body: bytes = PDF) -> Path:
    """A file to be sent."""
    path = folder / name
    path.write_bytes(body + name.encode())
    return path


def photograph(folder: Path, size: tuple[int, int] = (4000, 3000)) -> Path:
    """A photograph as a phone takes it."""
    path = folder / "现场照片.jpg"
    Image.effect_noise(size, 40).convert("RGB").save(path, "JPEG", quality=60)
    return path


def test_each_file_comes_in_by_itself_and_stays_when_another_fails(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin")
    page = walk.page
    walk.open("/orders/register/")
    expect(page.locator("#papers .drop")).to_contain_text("100 MB")
    sent = [
        file(tmp_path, "合同 HT-2026-0301.pdf"),
        file(tmp_path, "假报价单.pdf", b"MZ\x90\0"),
        file(tmp_path, "需求书.pdf"),
    ]
    others = [file(tmp_path, "程序.exe"), tmp_path / "空.pdf"]
    others[1].write_bytes(b"")
    page.set_input_files("#files", [*sent, *others])
    for name in ("合同 HT-2026-0301.pdf", "需求书.pdf"):
        expect(page.locator(f"#papers td:has-text('{name}')")).to_be_visible()
    expect(page.locator(f"{WAITING}[data-state=failed]")).to_have_count(3)
    expect(page.locator(f"{WAITING}:has-text('假报价单')")).to_contain_text("另存")
    expect(page.locator(f"{WAITING}:has-text('程序')")).to_contain_text("不接收这种文件")
    expect(page.locator(f"{WAITING}:has-text('空.pdf')")).to_contain_text("空文件")
    digest = hashlib.sha256(sent[2].read_bytes()).hexdigest()
    expect(page.locator(f"#papers td[title='{digest}']")).to_be_visible()
    assert page.input_value("#id_contract_no") == "HT-2026-0301"
    page.click(f"{WAITING}:has-text('程序') button")
    expect(page.locator(f"{WAITING}[data-state=failed]")).to_have_count(2)
    assert not [each for each in walk.complaints if "422" not in each]


def test_a_file_that_did_not_arrive_is_sent_again(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin")
    page = walk.page
    walk.open("/orders/register/")
    page.route("**/orders/register/", lambda route: route.abort())
    page.set_input_files("#files", file(tmp_path, "合同.pdf"))
    expect(page.locator(f"{WAITING}[data-state=failed]")).to_contain_text("没有上传成功")
    page.unroute("**/orders/register/")
    page.click(f"{WAITING} button:has-text('重新上传')")
    expect(page.locator("#papers td:has-text('合同.pdf')")).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0)


@pytest.mark.parametrize(("marked", "wide"), [(False, 2000), (True, 4000)])
def test_a_photograph_is_made_smaller_unless_it_is_evidence(
    house: Firm, desk: Desk, tmp_path: Path, marked: bool, wide: int
) -> None:
    walk = desk("wumin", **PHONE)
    page = walk.page
    walk.open("/orders/register/")
    taken = photograph(tmp_path)
    if marked:
        page.check("[data-original]")
    assert page.get_attribute("[data-camera]", "capture") == "environment"
    page.set_input_files("[data-camera]", taken)
    expect(page.locator("#papers td:has-text('现场照片.jpg')")).to_be_visible(timeout=30_000)
    files = [each for each in (tmp_path / "kept" / "papers").rglob("*") if each.is_file()]
    (kept,) = [each for each in files if each.read_bytes().startswith(JPEG)]
    with Image.open(kept) as picture:
        assert max(picture.size) == wide
    assert (hashlib.sha256(kept.read_bytes()).digest() == hashlib.sha256(taken.read_bytes()).digest()) == marked
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_dropped_and_pasted(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin")
    page = walk.page
    walk.open("/orders/register/")
    for kind in ("drop", "paste"):
        page.evaluate(
            """(kind) => {
              const bag = new DataTransfer();
              bag.items.add(new File(["%PDF-1.7 " + kind], `${kind}.pdf`, { type: "application/pdf" }));
              const place = kind === "drop" ? document.querySelector(".drop") : document.body;
              place.dispatchEvent(kind === "drop"
                ? new DragEvent("drop", { dataTransfer: bag, bubbles: true, cancelable: true })
                : new ClipboardEvent("paste", { clipboardData: bag, bubbles: true, cancelable: true }));
            }""",
            kind,
        )
        expect(page.locator(f"#papers td:has-text('{kind}.pdf')")).to_be_visible()


def test_on_the_handover_form_and_sent_form_waits(house: Firm, desk: Desk, tmp_path: Path) -> None:
    order = house.register("泵站")
    before = Paper.objects.filter(order=order).count()
    walk = desk("wumin")
    page = walk.page
    walk.open(f"/orders/{order.number}/handover/")
    page.set_input_files("#id_file", [file(tmp_path, "谈判记录.pdf"), file(tmp_path, "图纸.pdf")])
    for name in ("谈判记录.pdf", "图纸.pdf"):
        expect(page.locator(f"#part-documents td:has-text('{name}')")).to_be_visible()
    expect(page.locator(WAITING)).to_have_count(0)
    assert Paper.objects.filter(order=order).count() == before + 2
    walk.look()


def test_without_a_script(house: Firm, desk: Desk, tmp_path: Path) -> None:
    walk = desk("wumin", java_script_enabled=False)
    page = walk.page
    page.goto("/orders/register/")
    expect(page.locator("#files")).to_be_visible()
    page.set_input_files(
        "#files", [file(tmp_path, "合同.pdf"), file(tmp_path, "假.pdf", b"MZ\x90\0"), file(tmp_path, "需求书.pdf")]
    )
    page.click("button[value=files]")
    for name in ("合同.pdf", "需求书.pdf"):
        expect(page.locator(f"#papers td:has-text('{name}')")).to_be_visible()
    expect(page.locator("#papers [data-fault]")).to_contain_text("另存")
