"""The page of a clause and the list of all: text, terms, figures, and only those duties that the reader may see."""

from __future__ import annotations

import re

import pytest

from aftersign.demo import scenes
from aftersign.desk.queries.clauses import clause_page
from aftersign.desk.tests.desks import LONG, MOST_BYTES, browser, cost, lengthen_names, multiply, newcomer, person, read
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition
from tests.firm import Firm

MOST_QUERIES = 16
SIGNING = "/clauses/2.1.3/"


def test_nothing_is_open(firm: Firm) -> None:
    page = read(browser("wumin"), SIGNING)
    assert "2.1.3" in page
    assert "本条没有在办义务" in page
    assert "0 项" in page


def test_a_duty_of_the_clause_with_its_figure(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    page = read(browser("linxiaolan"), SIGNING)
    assert "3 项" in page
    assert page.count("签收交接单") >= 3
    scenes.accept(order, "project")
    page = read(browser("linxiaolan"), SIGNING)
    assert "2 项" in page
    assert "100.0%" in page


def test_what_was_done_early_counts_in_the_clause_as_in_its_departments(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    scenes.accept(order, "finance")
    page = clause_page(scenes.actor("linxiaolan"), "2.1.3")
    assert (page.figure.on_time, page.figure.denominator, page.figure.running) == (2, 2, 1)
    assert sum(figure.on_time for _name, figure in page.departments) == 2


def test_duties_of_orders_that_are_not_seen_are_not_listed(firm: Firm) -> None:
    firm.send(firm.register())
    assert "北辰医疗科技股份有限公司" in read(browser("wumin"), SIGNING)
    assert "北辰医疗科技股份有限公司" not in read(newcomer(), SIGNING)


def test_it_is_read_in_another_language(firm: Firm) -> None:
    def shown(query: str = "") -> str:
        html: str = browser("wumin").get(SIGNING + query).content.decode()
        return html

    page = shown()
    for tag, name in (("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "English")):
        assert re.search(rf'lang="{tag}" hreflang="{tag}"[^>]*>{name}</a>', page)
    assert '<div class="law"><p>' in page
    english = shown("?lang=en")
    assert '<div class="law" lang="en"><p>' in english
    assert re.search(r'<tbody lang="en">\s*<tr><th scope="row">Begins</th>', english)
    assert '<div class="law"><p>' in shown("?lang=xx"), "a language that nobody has"


@pytest.mark.parametrize("address", ["/clauses/99.9/", "/clauses/2.1.3/?version=nothing"])
def test_a_clause_that_is_not_there(firm: Firm, address: str) -> None:
    assert browser("wumin").get(address).status_code == 404


@pytest.mark.parametrize("address", [SIGNING, "/clauses/2.2.1/", "/clauses/"])
def test_ten_thousand_duties_cost_no_more(firm: Firm, address: str) -> None:
    order = firm.register(points=1)
    firm.send(order, points=1)
    multiply(Duty.objects.get(term="2.1.3.b", owner_department__code="project"), 10_000)
    for account in ("wumin", "linxiaolan", "wangqiming"):
        queries, size = cost(browser(account), address)
        assert queries <= MOST_QUERIES
        assert size <= MOST_BYTES


def test_names_of_sixty_characters_stand_on_the_page(firm: Firm) -> None:
    firm.send(firm.register())
    lengthen_names()
    assert LONG in read(browser("linxiaolan"), SIGNING)


def test_every_clause_of_the_edition_has_a_page(firm: Firm) -> None:
    client = browser("wumin")
    addresses = set(re.findall(r'href="(/clauses/[\d.]+/)"', client.get("/clauses/").content.decode()))
    assert len(addresses) == len(store.rulebook_of(Edition.objects.get().pk).clauses)
    for address in sorted(addresses):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("address", [SIGNING, "/clauses/"])
def test_clauses_lie_under_compliance_in_the_menu(firm: Firm, address: str) -> None:
    page = browser("wumin").get(address).content.decode()
    assert re.search(r'<a href="/compliance/"[^>]*aria-current="page"', page)


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "条款"), ("zh-hant", "條款"), ("en", "Clauses")])
def test_three_languages(firm: Firm, language: str, said: str) -> None:
    reader = person("wumin")
    reader.language = language
    reader.save()
    for address in (SIGNING, "/clauses/"):
        assert said in read(browser("wumin"), address)


def test_the_text_is_read_in_another_language_than_the_page(firm: Firm) -> None:
    assert "department" in read(browser("wumin"), f"{SIGNING}?lang=en").lower()
