"""The company: what it is called may change at any time, by what it reckons only until the first order."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from aftersign.chapters.general import acts
from aftersign.chapters.general.acts import company as changing
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Person

ADDRESS = "/settings/company/"
SAID = {"name": "海川", "language": "zh-hant", "time_zone": "Asia/Taipei", "base_currency": "TWD"}


def test_the_company_changes_with_a_fact_that_says_what(client: Client, admin: Actor, company: Company) -> None:
    client.force_login(admin.person)  # type: ignore[arg-type]
    assert client.get(ADDRESS).status_code == 200
    assert client.post(ADDRESS, SAID).status_code == 303
    company.refresh_from_db()
    assert {key: getattr(company, key) for key in SAID} == SAID
    fact = journal.latest(None, "general.company_changed")
    assert fact is not None
    assert fact.payload == SAID | {"language": "zh_hant"}
    head = journal.company_end()
    assert client.post(ADDRESS, SAID).status_code == 303
    assert journal.company_end() == head


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"language": "tlh"}, "language"),
        ({"time_zone": "Moon/Base"}, "time_zone"),
        ({"base_currency": "yen"}, "base_currency"),
        ({"base_currency": "元元元"}, "base_currency"),
    ],
)
def test_what_is_none_is_refused(
    client: Client, admin: Actor, company: Company, wrong: dict[str, str], field: str
) -> None:
    before = (journal.company_end(), Company.objects.values().get())
    with pytest.raises(Refused) as refused:
        acts.change_company(company, **{**SAID, **wrong}, by=admin)
    assert refused.value.refusals[0].missing == (field,)
    client.force_login(admin.person)  # type: ignore[arg-type]
    assert client.post(ADDRESS, SAID | wrong).status_code == 422
    assert (journal.company_end(), Company.objects.values().get()) == before


def test_zone_and_currency_are_fixed_by_the_first_order(
    client: Client, admin: Actor, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    there_is_one: Any = lambda: True  # noqa: E731
    monkeypatch.setattr(changing, "reckons_already", there_is_one)
    monkeypatch.setattr("aftersign.chapters.general.forms.company.reckons_already", there_is_one)
    with pytest.raises(Refused, match="已有订单"):
        acts.change_company(company, **SAID, by=admin)
    kept = {"time_zone": company.time_zone, "base_currency": company.base_currency}
    acts.change_company(company, **(SAID | kept), by=admin)
    company.refresh_from_db()
    assert (company.name, company.time_zone) == ("海川", kept["time_zone"])
    client.force_login(admin.person)  # type: ignore[arg-type]
    assert "已有订单" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, SAID | {"name": "又一个名字" * 12}).status_code == 303
    company.refresh_from_db()
    assert (company.name, company.base_currency) == ("又一个名字" * 12, kept["base_currency"])


def test_nobody_but_an_administrator(client: Client, clerk: Person, company: Company) -> None:
    with pytest.raises(Forbidden):
        acts.change_company(company, **SAID, by=Actor("person", person=clerk))
    client.force_login(clerk)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, SAID).status_code == 403
