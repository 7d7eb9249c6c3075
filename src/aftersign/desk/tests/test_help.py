"""The guide inside the program: own role first, the reader's language with fallbacks, links that lead somewhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from aftersign.desk.help import guide, readers
from aftersign.desk.help.rendering import as_html
from aftersign.desk.search.commands import PAGES, of_guide
from aftersign.desk.tests.desks import LONG, browser, cost, lengthen_names, person, read
from aftersign.kernel.shell.frame import TAGS
from tests.firm import Firm

MOST_QUERIES = 12
HAN = re.compile(r"[\u4e00-\u9fff]")
OWN = re.compile(r'id="h-own".*?</section>', re.DOTALL)


def speaking(account: str, language: str) -> Client:
    """The browser of somebody who reads in a language."""
    somebody = person(account)
    somebody.language = language
    somebody.save()
    return browser(account)


@pytest.mark.parametrize(
    ("account", "names"),
    [
        ("wumin", ["salesperson"]),
        ("linxiaolan", ["project-manager"]),
        ("zhouyan", ["customer-service"]),
        ("hejing", ["finance"]),
        ("huangtao", ["department-head", "purchasing"]),
        ("sunqian", ["department-head", "document-controller"]),
        ("chenli", ["management", "department-head"]),
        ("guting", ["management"]),
        ("fangzheng", ["auditor"]),
    ],
)
def test_what_somebody_is_comes_first(firm: Firm, account: str, names: list[str]) -> None:
    assert readers.about(person(account)) == names


def test_the_index_begins_with_the_own_role(firm: Firm) -> None:
    said = browser("wumin").get("/help/").content.decode()
    own = OWN.search(said)
    assert own
    assert "/help/salesperson/" in own[0]
    assert "/help/project-manager/" not in own[0]
    assert "/help/project-manager/" in said


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "制度怎样运转"), ("zh-hant", "制度怎樣運轉"), ("en", "How the policy works")]
)
def test_a_page_in_the_readers_language(firm: Firm, language: str, words: str) -> None:
    assert words in read(speaking("wumin", language), "/help/policy/")


def test_a_page_that_is_written_in_english_alone_says_so(firm: Firm) -> None:
    client = browser("wumin")
    assert "本页还没有中文版" in read(client, "/help/figures/")
    assert 'lang="en"' in client.get("/help/figures/").content.decode()


def test_every_page_has_a_title_in_every_language(firm: Firm) -> None:
    for language in ("zh-hans", "zh-hant"):
        with translation.override(language):
            tag = TAGS[language]
            assert [name for name in guide.pages() if not HAN.search(guide.page(name, tag).title)] == []  # type: ignore[union-attr]


def test_chinese_words_in_an_english_page_say_so(firm: Firm) -> None:
    said = as_html(guide.Page("x", "en", "# X\n\nAn order is adopted (纳入) by `纳入`, see [已暂停](orders.md)."))
    assert '(<span lang="zh">纳入</span>)' in said
    assert '<span lang="zh">已暂停</span></a>' in said
    assert "<code>纳入</code>" in said


def test_a_page_that_is_not_there(firm: Firm) -> None:
    assert browser("wumin").get("/help/nothing/").status_code == 404


def test_a_stranger_signs_in_first(firm: Firm) -> None:
    assert Client().get("/help/").status_code == 302


def test_clauses_lead_to_their_text(firm: Firm) -> None:
    assert '<a class="n" href="/clauses/2.1.3/">2.1.3</a>' in browser("wumin").get("/help/policy/").content.decode()


def test_every_page_is_rendered_and_its_links_lead_somewhere(firm: Firm) -> None:
    client = browser("wumin")
    links = {
        link
        for written in guide.pages().values()
        for page in written.values()
        for link in re.findall(r'href="([^"#]+)', as_html(page))
        if not link.startswith(("http", "/static/"))
    }
    assert links
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []


def test_html_in_a_page_stays_text() -> None:
    said = as_html(
        guide.Page("x", "en", "# X\n\n<script>alert(1)</script> [y](javascript:alert(1)) ![z](//evil/z.png)")
    )
    assert "<script" not in said
    assert 'href="javascript' not in said
    assert "evil" not in said


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "my-work"),
        ("/orders/", "orders"),
        ("/orders/SO-2026-0001/handover/project/", "handover"),
        ("/settings/calendar/2026/", "calendar"),
        ("/me/", ""),
    ],
)
def test_the_link_of_a_page_leads_to_its_guide(firm: Firm, path: str, name: str) -> None:
    assert readers.of_path(path) == name


def test_every_page_about_a_page_is_written() -> None:
    assert {name for _begin, _within, name in readers.BY_PATH} - guide.pages().keys() == set()


def test_the_link_stands_above_pages(firm: Firm) -> None:
    said = browser("wumin").get("/compliance/").content.decode()
    assert 'href="/help/compliance/"' in said
    assert 'href="/help/"' in said


@pytest.mark.parametrize("address", ["/help/", "/help/policy/"])
def test_it_costs_little(firm: Firm, address: str) -> None:
    lengthen_names()
    queries, size = cost(browser("wumin"), address)
    assert queries <= MOST_QUERIES
    assert size < 20_000
    assert LONG in read(browser("wumin"), address)


FOUND = [
    ("制度文本", "怎样写制度文本"),
    ("zyxzdwb", "怎样写制度文本"),
    ("保留意见", "项目负责人"),
    ("审计底稿", "审计员"),
]


@pytest.mark.parametrize(("typed", "title"), FOUND)
def test_the_palette_finds_pages_of_the_guide(firm: Firm, typed: str, title: str) -> None:
    with translation.override("zh-hans"):
        assert title in [each.title for each in of_guide(typed)]


def test_the_palette_shows_a_few_pages(firm: Firm) -> None:
    assert of_guide("") == []
    with translation.override("zh-hans"):
        assert len(of_guide("制度")) == PAGES
    assert "/help/salesperson/" in browser("wumin").get("/search/palette/?q=登记订单").content.decode()
