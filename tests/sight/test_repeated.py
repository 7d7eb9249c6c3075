"""What a browser that has been here before still asks for, of the product as `aftersign serve` serves it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from aftersign.cli.tests.installation import Installation, installation, kill
from tests.sight.budgets import REPEATED
from tests.sight.window import STATIC

pytestmark = [pytest.mark.sight, pytest.mark.browser, pytest.mark.database]
OWN = "my very own password"
A_YEAR = 365 * 24 * 3600
HASHED = re.compile(r"\.[0-9a-f]{12}\.[a-z]+$")
PAGES = ("/orders/", "/settings/people/", "/compliance/", "/notices/", "/help/")


class Line:
    """The line between a browser and the server: what a page asks for beside what the browser has kept."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.files: list[Response] = []
        self._sent, self._kept = dict[str, str](), set[str]()
        page.on("response", lambda each: self.files.append(each) if STATIC in each.url else None)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sends)
        session.on("Network.requestServedFromCache", lambda event: self._kept.add(event["requestId"]))
        session.on("Network.responseReceived", self._receives)

    def open(self, path: str) -> list[str]:
        """Open a page; answers with the paths for which the server was asked."""
        self._sent.clear()
        self._kept.clear()
        self.page.goto(path, wait_until="networkidle")
        return [urlsplit(address).path for name, address in self._sent.items() if name not in self._kept]

    def _sends(self, event: Any) -> None:
        self._sent[event["requestId"]] = event["request"]["url"]

    def _receives(self, event: Any) -> None:
        if event["response"]["fromDiskCache"]:
            self._kept.add(event["requestId"])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """A company on its first day, served, and the password of its administrator."""
    with installation(tmp_path_factory.mktemp("served")) as made:
        done = made.run("init", "--json")
        assert done.returncode == 0, done.stderr
        process = made.start("serve", "--workers", "1")
        try:
            assert made.answers()
            yield made, json.loads(done.stdout)["administrator"]["password"]
        finally:
            kill(process)


def test_a_second_page_asks_for_little(served: tuple[Installation, str], browser: Browser) -> None:
    made, password = served
    context = browser.new_context(base_url=f"http://127.0.0.1:{made.port}")
    line = Line(context.new_page())
    line.open("/accounts/login/")
    line.page.fill("#id_login", "admin")
    line.page.fill("#id_password", password)
    line.page.press("#id_password", "Enter")
    line.page.wait_for_url("**/password/change/")
    for field, typed in (("oldpassword", password), ("password1", OWN), ("password2", OWN)):
        line.page.fill(f"#id_{field}", typed)
    line.page.press("#id_password2", "Enter")
    line.page.wait_for_url("/")
    line.open("/")
    second = {path: line.open(path) for path in PAGES}
    assert {path: asked for path, asked in second.items() if not 1 <= len(asked) <= REPEATED} == {}
    again = {path: line.open(path) for path in PAGES}
    assert again == {path: [path] for path in PAGES}, "nothing is asked for twice but the page itself"
    context.close()
    assert line.files, "every page has a style sheet"
    for each in line.files:
        kept = dict(part.strip().partition("=")[::2] for part in each.headers["cache-control"].split(","))
        assert HASHED.search(urlsplit(each.url).path), each.url
        assert "immutable" in kept, each.url
        assert int(kept["max-age"]) >= A_YEAR, each.url
