"""A browser that is shown pages made beforehand: no server, and nothing of the network."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route, ViewportSize

HOST = "http://aftersign.test"
WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
STATIC = "/static/"


class Window:
    """One page of a browser; `asked` are the addresses that the page shown last has asked for."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context(base_url=HOST, viewport=WIDE, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._html, self._parts = "", dict[str, str]()
        self.page.route("**/*", self._answer)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def show(self, html: str, size: ViewportSize = WIDE, parts: dict[str, str] | None = None) -> None:
        """Show a page, light, and what it asks for by path."""
        self._html, self._parts = html, parts or {}
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(size)
        self.asked.clear()
        self.complaints.clear()
        self.page.goto("/")

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        self.asked.append(route.request.url)
        if route.request.is_navigation_request():
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        elif url.path in self._parts:
            route.fulfill(body=self._parts[url.path], content_type="text/html; charset=utf-8")
        elif url.path.startswith(STATIC) and (found := finders.find(url.path.removeprefix(STATIC))):
            kind = mimetypes.guess_type(url.path)[0]
            route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind or "application/octet-stream")
        else:
            route.fulfill(status=204)
