"""The working calendar for whoever counts years from the founding of the Republic."""

from __future__ import annotations

from django.test import Client

from aftersign.kernel.org.models import Person
from tests.company.test_calendar_pages import CHANGE, HERE, sent, text


def test_its_pages_count_years_as_the_reader_wishes(keeper: Client) -> None:
    Person.objects.filter(is_administrator=True).update(language="zh-hant", years="roc")
    for page in (HERE, CHANGE):
        said = text(keeper.get(page))
        assert "民國115 年" in said
        assert "2026 " not in said
        assert "2026-" not in said
    here = text(keeper.get(HERE))
    assert "民國114" in here
    assert "民國116" in here
    said = text(keeper.post(CHANGE, sent("look", ("2027-01-04", "holiday", ""))))
    assert "民國116-01-04 不在 民國115 年" in said
