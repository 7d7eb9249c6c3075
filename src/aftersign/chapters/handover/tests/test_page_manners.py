"""What every page of the handover keeps to: few queries, long names, no styles or scripts inline, three languages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.handover.tests.pages import address, sign_in, text_of
from aftersign.chapters.handover.tests.rig import Firm
from aftersign.chapters.handover.tests.test_main_line import accept, give_back, hand_over, send_again

MOST_QUERIES = 25
EVERY_PAGE = ("", "project/", "versions/1/", "versions/1/check/", "correct/", "explain/", "project/recall/")


def lived_through(firm: Firm) -> None:
    """A handover that was returned, corrected and signed in part."""
    hand_over(firm, points=2)
    accept(firm, "customer_service", points=("S1", "S2"))
    give_back(firm, "finance", "customer_requirements.R1")
    send_again(firm)


@pytest.mark.parametrize(("who", "rest"), [("wumin", ""), ("linxiaolan", "project/"), ("wumin", "correct/")])
def test_a_page_asks_the_database_little_however_much_there_is(firm: Firm, who: str, rest: str) -> None:
    lived_through(firm)
    client = sign_in(firm, who)
    client.get(address(firm, rest))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        response = client.get(address(firm, rest))

    assert response.status_code == 200
    assert len(asked) <= MOST_QUERIES, [each["sql"][:120] for each in asked.captured_queries]


def test_the_form_before_it_is_sent_asks_the_database_little(firm: Firm) -> None:
    client = sign_in(firm, "wumin")
    client.get(address(firm))

    with CaptureQueriesContext(connection) as asked:
        client.get(address(firm))

    assert len(asked) <= MOST_QUERIES, [each["sql"][:120] for each in asked.captured_queries]


@pytest.mark.parametrize("rest", EVERY_PAGE)
def test_pages_have_no_styles_or_scripts_of_their_own(firm: Firm, rest: str) -> None:
    lived_through(firm)
    page = text_of(sign_in(firm, "wumin").get(address(firm, rest)))

    assert not re.search(r"<[^>]*\sstyle=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)


@pytest.mark.parametrize("rest", EVERY_PAGE)
def test_every_id_on_a_page_is_there_once(firm: Firm, rest: str) -> None:
    lived_through(firm)
    page = text_of(sign_in(firm, "wumin").get(address(firm, rest)))

    ids = re.findall(r'\sid="([^"]+)"', re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("rest", ["", "project/"])
def test_names_of_sixty_characters_stand_on_pages(firm: Firm, rest: str) -> None:
    long = "名" * 60
    for department in firm.departments.values():
        department.name = long
        department.save()
    for person in firm.people.values():
        person.name = long
        person.save()
    lived_through(firm)

    response = sign_in(firm, "linxiaolan").get(address(firm, rest))

    assert response.status_code == 200
    assert long in text_of(response)


@pytest.mark.parametrize(("language", "words"), [("en", "Signatures"), ("zh-hans", "签字"), ("zh-hant", "簽字")])
def test_pages_speak_the_readers_language(firm: Firm, language: str, words: str) -> None:
    lived_through(firm)
    reader = firm.people["linxiaolan"]
    reader.language = language
    reader.save()

    assert words in text_of(sign_in(firm, "linxiaolan").get(address(firm, "project/")))


def test_the_overview_shows_who_has_signed(firm: Firm) -> None:
    lived_through(firm)

    page = text_of(sign_in(firm, "wumin").get(f"/orders/{firm.order.number}/"))

    assert 'id="h-handover"' in page
    assert page.count('class="sig"') == 4


def test_the_case_file_leads_each_side_to_what_it_has_to_do(firm: Firm) -> None:
    overview = f"/orders/{firm.order.number}/"
    firm.order.stage = "signed"
    firm.order.save()
    assert f'href="{address(firm)}"' in text_of(sign_in(firm, "wumin").get(overview))
    hand_over(firm)
    assert f'href="{address(firm, "project/")}"' in text_of(sign_in(firm, "linxiaolan").get(overview))
    give_back(firm, "finance", "customer_requirements.R1")
    assert f'href="{address(firm, "correct/")}"' in text_of(sign_in(firm, "wumin").get(overview))
