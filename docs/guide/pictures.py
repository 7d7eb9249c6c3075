"""Takes the guide's pictures from a running sample company: `python docs/guide/pictures.py http://127.0.0.1:8000`."""

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).resolve().parents[2] / "src" / "aftersign" / "desk" / "static" / "desk" / "guide"
PASSWORD = "qianhou-demo"  # noqa: S105 (a sample company on loopback)
COLOURS = 96
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Picture:
    """What is taken: whose page at which address, and the words of the links that are followed from there."""

    name: str
    person: str
    path: str
    links: tuple[str, ...] = ()
    language: str = "zh-hans"
    phone: bool = False


PICTURES = (
    Picture("my-work", "wumin", "/"),
    Picture("my-work-en", "wumin", "/", language="en"),
    Picture("handover-form", "wumin", "/?q=交接单", ("提交交接单", "提交交接单")),
    Picture("copy", "linxiaolan", "/?q=交接单", ("签收交接单", "签收交接单")),
    Picture("requests", "lujian", "/requests/", ("申请延期",)),
    Picture("matrix", "fangzheng", "/compliance/"),
    Picture("notices-phone", "lujian", "/notices/", phone=True),
    Picture("people", "admin", "/settings/people/"),
)


def take(browser: Browser, base: str, picture: Picture) -> bytes:
    """One picture as a PNG of few colours."""
    context = browser.new_context(viewport=PHONE if picture.phone else DESK, locale="zh-CN", color_scheme="light")
    page = context.new_page()
    sign_in(page, base, picture)
    page.goto(base + picture.path)
    for words in picture.links:
        page.locator("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state("networkidle")
    taken = Image.open(BytesIO(page.screenshot()))
    context.close()
    packed = BytesIO()
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def sign_in(page: Page, base: str, picture: Picture) -> None:
    """Sign somebody in, and let them read in the language of the picture."""
    page.goto(base + "/accounts/login/")
    page.fill("input[name=login]", picture.person)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    page.goto(base + "/me/")
    page.locator(f"main button[name=language][value={picture.language}]").click()
    page.wait_for_load_state("networkidle")


def main(base: str, names: list[str]) -> None:
    """Take all pictures, or those that are named."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for picture in PICTURES:
            if not names or picture.name in names:
                (TARGET / f"{picture.name}.png").write_bytes(take(browser, base, picture))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:])
