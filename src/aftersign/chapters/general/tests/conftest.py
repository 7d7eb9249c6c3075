"""A company that has just been founded, its administrator, and somebody who only works there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from aftersign.chapters.general import acts
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company as the_company


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def company(db: None) -> Company:
    """A company that has just been founded."""
    list(founding.found("海川科技有限公司"))
    return the_company()


@pytest.fixture
def admin(company: Company) -> Actor:
    """The administrator at their desk."""
    by = operating("setup")
    return Actor(
        "person", person=acts.list_person(company, account="guanli", name="管理", is_administrator=True, by=by)
    )


@pytest.fixture
def clerk(company: Company, admin: Actor) -> Person:
    """Somebody who only works here."""
    return acts.list_person(company, account="zhouyan", name="周岩", by=admin)
