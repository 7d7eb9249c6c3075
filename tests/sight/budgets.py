"""What a page may weigh and ask for, and how far it may move while it is built."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

from tests.sight.window import HOST, STATIC, Window

KIB = 1024
HTML, HTML_OF_MATRIX, SHEETS, SCRIPTS = 20 * KIB, 40 * KIB, 20 * KIB, 45 * KIB
REQUESTS, REPEATED, SHIFT, ELEMENTS = 8, 3, 0.05, 3500
IN_EVERY_PAGE = {
    "shell/aftersign.css",
    "shell/icons.svg",
    "django_htmx/htmx-2.min.js",
    "aftersign.js",
}
"""Static files that a browser has kept since the first page that it was shown."""
ICON = f"{STATIC}shell/logo.svg"
"""The icon of the tab: a browser asks for it some time after the page is there, and once for all pages."""
PICTURE = re.compile(r"/papers/[^/]+/pages/\d+/$")
"""What a page is about that shows a paper; it is not counted beside the page."""
MATRIX = "data-matrix"
OBSERVED = """() => new Promise((done) => {
  let shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => {
    if (!each.hadRecentInput) shift += each.value;
  })).observe({ type: "layout-shift", buffered: true });
  let painted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => {
    painted = each.startTime;
  })).observe({ type: "largest-contentful-paint", buffered: true });
  requestAnimationFrame(() => setTimeout(
    () => done({ shift, painted, elements: document.getElementsByTagName("*").length }), 0));
})"""

Figures = dict[str, float]


def measured(window: Window, html: str) -> Figures:
    """Bytes as they are sent, requests, and what the browser has observed since it opened the page."""
    asked = [path for path in (urlsplit(address).path for address in window.asked) if path != ICON]
    return {
        "html": packed(html.encode()),
        "sheets": sum(_weight(path) for path in asked if path.endswith(".css")),
        "scripts": sum(_weight(path) for path in asked if path.endswith(".js")),
        "requests": len(asked),
        "repeated": sum(map(_is_asked_again, asked)),
        **window.page.evaluate(OBSERVED),
    }


def problems(window: Window, html: str, figures: Figures) -> list[str]:
    """Which budgets the page that is shown exceeds."""
    limits = {"html": HTML_OF_MATRIX if MATRIX in html else HTML, "sheets": SHEETS, "scripts": SCRIPTS}
    limits |= {"requests": REQUESTS, "repeated": REPEATED, "shift": SHIFT, "elements": ELEMENTS}
    over = [f"{name} {figures[name]} > {limit}" for name, limit in limits.items() if figures[name] > limit]
    return over + [f"asks a stranger: {address}" for address in window.asked if not address.startswith(HOST)]


def packed(content: bytes) -> int:
    """How many bytes are sent."""
    return len(gzip.compress(content, 6))


def _is_asked_again(path: str) -> bool:
    """Whether a browser asks for it that has seen another page before."""
    return path.removeprefix(STATIC) not in IN_EVERY_PAGE and not PICTURE.search(path)


def _weight(path: str) -> int:
    return packed(Path(str(finders.find(path.removeprefix(STATIC)))).read_bytes())
