"""Which pages the guide has, where their files lie, and in which languages they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).resolve()
FOLDERS = (HERE.parent / "texts", HERE.parents[4] / "docs" / "guide")
"""Where the guide lies: in an installed package beside this module, in a checkout among the documents."""
FALLBACKS = {"zh-Hans": ("zh-Hant",), "zh-Hant": ("zh-Hans",), "en": ()}
ENGLISH = "en"
NAME = re.compile(r"^(?P<name>[a-z][a-z-]*)(?:\.(?P<language>zh-Hans|zh-Hant|en))?\.md$")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
ROLES = (
    "salesperson",
    "project-manager",
    "customer-service",
    "finance",
    "purchasing",
    "document-controller",
    "department-head",
    "management",
    "auditor",
    "administrator",
)
BASICS = ("policy", "rulebook")
TITLES: dict[str, Promise] = {"figures": _("Figures"), "first-day": _("The first day")}
"""What pages are called in languages in which they are not written."""


@dataclass(frozen=True)
class Page:
    """A page of the guide in one language; `text` is what its file says, `called` its title in another language."""

    name: str
    language: str
    text: str
    called: str = ""

    @property
    def title(self) -> str:
        """Its first heading, unless it is called otherwise."""
        found = TITLE.search(self.text)
        return self.called or (found[1] if found else self.name)


@cache
def pages() -> dict[str, dict[str, Page]]:
    """All pages by their name, then by the language in which they are written."""
    folder = next(each for each in FOLDERS if each.is_dir())
    found: dict[str, dict[str, Page]] = {}
    for path in sorted(folder.rglob("*.md")):
        if said := NAME.match(path.name):
            language = said["language"] or ENGLISH
            text = path.read_text(encoding="utf-8")
            found.setdefault(said["name"], {})[language] = Page(said["name"], language, text)
    return found


def page(name: str, language: str) -> Page | None:
    """The page of a name in the reader's language, else in the one that comes nearest; None when there is none."""
    written = pages().get(name, {})
    order = (language, *FALLBACKS.get(language, ()), ENGLISH, *written)
    found = next((written[each] for each in order if each in written), None)
    if found is None or found.language == language or name not in TITLES:
        return found
    return replace(found, called=str(TITLES[name]))


def reference() -> list[str]:
    """Names of the pages that are neither about a role nor about the basics."""
    return [name for name in pages() if name not in ROLES and name not in BASICS]
