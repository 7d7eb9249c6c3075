"""Somebody on the way through the pages: each step is counted, and each page must be sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

UNSOUND = """() => {
  const named = (field) => field.labels?.length || field.ariaLabel || field.getAttribute("aria-labelledby")
    || field.type === "hidden" || field.closest("[hidden],[aria-hidden=true]");
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  const problems = [
    ...[...document.querySelectorAll("input,select,textarea")].filter((each) => !named(each))
      .map((each) => `no label: ${each.outerHTML.slice(0, 120)}`),
    ...[...document.querySelectorAll("a,button")].filter((each) => !each.innerText.trim() && !each.textContent.trim()
      && !each.ariaLabel && !each.title).map((each) => `no name: ${each.outerHTML.slice(0, 120)}`),
    ...[...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))].map((id) => `the id ${id} stands twice`),
  ];
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) problems.push(`${headings} first headings`);
  if (!["zh-Hans", "zh-Hant", "en"].includes(document.documentElement.lang)) problems.push("no language");
  if (!document.title.trim()) problems.push("no title");
  return problems;
}"""


class Walk:
    """The steps of one person.

    A step is one press of the pointer, one key that does something, or one field that is filled in; to choose from a
    list by typing makes two.
    """

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0
        self.complaints: list[str] = []
        page.on("console", lambda line: self._note(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, text: str) -> None:
        """Keep a complaint; whoever goes on lets go of what the page was asking for, which htmx tells in two lines."""
        if not text.startswith("htmx:sendAbort"):
            self.complaints.append(text)
        elif self.complaints and self.complaints[-1].startswith("htmx:afterRequest"):
            self.complaints.pop()

    def open(self, address: str) -> None:
        """Be on a page; where a journey begins is no step."""
        self.page.goto(address)
        self.look()

    def press(self, target: str) -> None:
        """Press a button or follow a link."""
        self.steps += 1
        self.page.click(target)

    def key(self, name: str) -> None:
        """Press a key."""
        self.steps += 1
        self.page.keyboard.press(name)

    def enter(self, target: str, text: str) -> None:
        """Fill in a field and leave it."""
        self.steps += 1
        self.page.fill(target, text)
        self.page.locator(target).blur()

    def choose(self, target: str, text: str) -> None:
        """Find something in a list by typing, and take it."""
        self.steps += 2
        self.page.fill(target, text)
        self.page.locator(target).blur()

    def tick(self, target: str) -> None:
        """Tick a box or choose an option."""
        self.steps += 1
        self.page.check(target)

    def tab_to(self, target: str, most: int = 150) -> None:
        """Go on with Tab until something has the focus; it is no step."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(target) => document.activeElement.matches(target)", target):
                return
        raise AssertionError(f"{self.page.url}: {most} times Tab does not lead to {target}")

    def type(self, target: str, text: str) -> None:
        """Go to a field with Tab, type into it and leave it."""
        self.tab_to(target)
        self.steps += 1
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Shift+Tab")

    def strike(self, target: str, name: str = "Enter") -> None:
        """Go somewhere with Tab and press a key there."""
        self.tab_to(target)
        self.key(name)

    def drop(self, target: str, files: Sequence[Path]) -> None:
        """Drop files all together."""
        self.steps += 1
        self.page.focus(target)
        self.page.set_input_files(target, files)
        expect(self.page.locator("[data-upload] .files li"), "all of them have come in").to_have_count(0)

    def arrive(self, address: str | re.Pattern[str]) -> None:
        """Wait for a page, and look at it."""
        self.page.wait_for_url(address)
        self.look()

    def look(self) -> None:
        """The page is sound once all of it is there, and nobody has complained so far."""
        self.page.wait_for_load_state()
        problems = self.page.evaluate(UNSOUND)
        assert not problems, f"{self.page.url}: {problems}"
        assert not self.complaints, f"{self.page.url}: {self.complaints}"

    def see(self, text: str) -> None:
        """Wait until something is said on the page."""
        self.page.wait_for_selector(f"text={text}")

    def keeps_focus(self) -> None:
        """What was swapped into the page has not taken the focus away."""
        expect(self.page.locator(":focus"), "the focus has fallen to the page").to_have_count(1)
