"""Reads an answer as somebody of one language does, and says which of its words are not of that language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.core.files import File
from django.db import models

from aftersign.desk.models import OrderTable
from aftersign.kernel.org.models import Department, Person
from tests.product import acts, kinds
from tests.shape.languages import HAN, LATIN, NAMES, of_the_other_script

TEXTS = (models.CharField, models.TextField, models.JSONField)
ROOMS = frozenset(["org", "orders", "handover", "general", "journal", "shell", "vault", "seal"])
"""Apps whose tables hold what people type; those of the policy hold the edition, whose texts have three languages."""
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
CATALOGUES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant"}
ANY_CHINESE = "zh"
"""What the guide marks Chinese words in an English page with."""
SAID = ("title", "aria-label", "placeholder", "alt", "data-l")
MARKS_OF_PEOPLE = frozenset(["av", "seal"])
"""Classes of what is made of a person's name: their disc and their seal."""
EMPTY = frozenset(["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
SILENT = frozenset(["script", "style", "template", "code", "kbd", "samp", "pre"])
REMNANTS = re.compile(r"%\(\w*\)?s?|\{\w*\}|\{[{%]|<\w+ [a-z]+=|__proxy__|object at 0x")
NO_WORDS = re.compile(
    r"https?:\S+|(?<!\w)/[\w/.:-]+|\S+@\S+"  # addresses
    r"|\b[A-Z]{1,4}(?:-[A-Z]+)*-\d[\d-]*|\b[0-9a-f]{4,}(?:…[0-9a-f]+)?\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|\b\d(?:\.\d)+\.[a-z]\b|(?<![A-Za-z])[A-Za-z](?![A-Za-z])"  # terms, grades and keys
    r"|(?<![A-Za-z])(?:CNY|USD|EUR|HKD|TWD|GBP|JPY|KRW|SGD|AUD|US\$|HK\$|NT\$|JP¥)(?![A-Za-z])"
    r"|[\w-]+(?:\.zh-Han[st]|\.en)?\.(?:md|toml|pdf|xlsx|csv|py)\b|\.[a-z]{3,4}\b"  # files
    r"|\b[A-Z][a-z]+/[A-Z][a-z]+\b|\b\dxx\b"  # time zones, classes of answers
    r"|\baftersign(?: [a-z]+)+(?: --[a-z-]+)*|\bAFTERSIGN_[A-Z_]+"
)
"""Numbers of papers, check values, marks, names of files and commands: no language has words for them."""
ALSO_NAMES = frozenset(
    [
        "AQL",
        "Argon",
        "Cookie",
        "Django",
        "Ed",
        "GET",
        "HEAD",
        "JavaScript",
        "Mac",
        "Office",
        "OpenAPI",
        "POST",
        "PostgreSQL",
        "Prometheus",
        "Python",
        "README",
        "RFC",
        "SameSite",
        "SQL",
        "SQLite",
        "clamd",
    ]
)
EXEMPT = frozenset(["words"])
"""Pages of the guide that are about several languages."""


@dataclass(frozen=True)
class Said:
    """A text of an answer and the language in which it claims to be."""

    text: str
    language: str


class Reader(HTMLParser):
    """Collects what an answer says, with the language of each text by the nearest `lang`."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self.declared = ""
        self._open: list[tuple[str, str, bool]] = [("", language, False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What an element is in, and what its attributes say."""
        given = {name: value or "" for name, value in attrs}
        _, language, silent = self._open[-1]
        language = _canonical(given.get("lang", language))
        silent = silent or tag in SILENT or given.get("translate") == "no"
        silent = silent or bool(MARKS_OF_PEOPLE.intersection(given.get("class", "").split()))
        if tag == "html":
            self.declared = _canonical(given.get("lang", ""))
        heard = [name for name in SAID if given.get(name)] if not silent else []
        heard += ["value"] if tag == "input" and given.get("type") in ("submit", "button") else []
        self.said += [Said(given.get(name, ""), language) for name in heard]
        if tag not in EMPTY:
            self._open.append((tag, language, silent))

    def handle_endtag(self, tag: str) -> None:
        """Closes the element and whatever was left open in it."""
        if any(tag == each for each, _language, _silent in self._open[1:]):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """A text between elements."""
        _tag, language, silent = self._open[-1]
        if not silent and data.strip():
            self.said.append(Said(" ".join(data.split()), language))


def _canonical(tag: str) -> str:
    """A language as this house writes it: HTML minds no capitals in it."""
    return next((each for each in TAGS.values() if each.lower() == tag.lower()), tag)


def entered() -> frozenset[str]:
    """What people of this company have typed, which stays as it is in every language: all texts of these rooms."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [each.attname for each in model._meta.fields if isinstance(each, TEXTS)]
        if names and model._meta.app_label in ROOMS:
            found |= {
                text for row in model._default_manager.values_list(*names) for each in row for text in texts(each)
            }
    found |= {head for heads in OrderTable.objects.values_list("heads", flat=True) for head in heads}
    return frozenset(each for each in found if HAN.search(each)) | _in_latin_letters()


def _in_latin_letters() -> frozenset[str]:
    """Accounts and codes: other Latin words of a table may be names that code has for something."""
    accounts = Person.objects.values_list("account", flat=True)
    return frozenset([*accounts, *Department.objects.exclude(code="").values_list("code", flat=True)])


def texts(body: Any) -> Iterator[str]:
    """All texts within lists and tables."""
    if isinstance(body, str):
        yield body
        yield from body.splitlines()
        if body.startswith(("[", "{", '"')):
            with suppress(ValueError):
                yield from texts(json.loads(body))
    elif isinstance(body, dict):
        for each in body.values():
            yield from texts(each)
    elif isinstance(body, list | tuple):
        for each in body:
            yield from texts(each)
    elif isinstance(body, File):
        yield str(body.name)


def own_names() -> re.Pattern[str]:
    """The names by which code calls acts and facts, which no page shows."""
    return re.compile("|".join(sorted(map(re.escape, {*acts(), *kinds()}), key=len, reverse=True)))


def _whole(text: str) -> str:
    """A text by itself, and not within a Latin word."""
    first, last = (r"(?<![A-Za-z])" if text[0].isascii() else ""), (r"(?![A-Za-z])" if text[-1].isascii() else "")
    return f"{first}{re.escape(text)}{last}"


class Tongue:
    """Judges answers in one language; `data` is what people have typed, `names` what code calls things."""

    def __init__(self, language: str, data: Iterable[str]) -> None:
        self.tag = TAGS[language]
        whole = sorted({" ".join(each.split()) for each in data if each.strip()}, key=len, reverse=True)
        self._data = re.compile("|".join(map(_whole, whole)) or "(?!)")
        self._names = own_names()
        self._known: dict[Said, str] = {}

    def faults(self, html: str) -> Iterator[str]:
        """Sentences about whatever does not belong on the page."""
        reader = Reader(self.tag)
        reader.feed(html)
        if "<html" in html and reader.declared != self.tag:
            yield f"says that it is written in {reader.declared!r}"
        for each in dict.fromkeys(reader.said):
            if each not in self._known:
                self._known[each] = self._why(each)
            if why := self._known[each]:
                yield f"{why}: {each.text[:160]}"

    def _why(self, said: Said) -> str:
        text = self._data.sub(" ", said.text)
        if found := REMNANTS.search(text) or self._names.search(text):
            return f"{found[0]} is not for readers"
        if said.language == "en":
            return "Chinese in English" if HAN.search(text) else ""
        if said.language == ANY_CHINESE:
            return ""
        if said.language not in CATALOGUES:
            return f"no language of the house ({said.language})"
        if other := of_the_other_script(text, CATALOGUES[said.language]):
            return f"{other} is of the other script"
        latin = set(LATIN.findall(NO_WORDS.sub(" ", text))) - NAMES - ALSO_NAMES
        return f"{', '.join(sorted(latin))} in Chinese" if latin else ""
