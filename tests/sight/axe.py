"""What axe-core finds on a page: the rules of WCAG 2.2 AA and its good practice, in both themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""The rules that a theme can break; nothing else of a page depends on it, and they take most of the time."""
COLOURS = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
LAYOUT = {"runOnly": EVERYTHING, "rules": {name: {"enabled": False} for name in COLOUR_RULES}}
RUN = "(options) => axe.run(document, options).then((found) => found.violations)"


def problems(page: Page, *, in_both: bool = True) -> list[str]:
    """What is wrong on the page that is shown, with the theme, the rule and the first elements.

    A page has the same colours at every width: they are looked at where it is looked at `in_both` themes.
    """
    page.evaluate(SOURCE)
    themes = {"light": {"runOnly": EVERYTHING}, "dark": COLOURS} if in_both else {"light": LAYOUT}
    return [f"{theme}: {_line(each)}" for theme, only in themes.items() for each in _run(page, theme, only)]


def _run(page: Page, theme: Any, only: dict[str, Any]) -> list[dict[str, Any]]:
    page.emulate_media(color_scheme=theme)
    found: list[dict[str, Any]] = page.evaluate(RUN, {**only, "resultTypes": ["violations"]})
    return found


def _line(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    shown = "; ".join(f"{node['html'][:160]} ({_why(node)})" for node in nodes[:3])
    return f"{violation['id']} at {len(nodes)}: {shown}"


def _why(node: dict[str, Any]) -> str:
    return " ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))[:200]
