"""Duties that are counted beforehand: only where there are many, by a worker, and said so on the page."""

from __future__ import annotations

import re

import pytest

from aftersign.demo import scenes
from aftersign.desk.queries.clauses import chapters, clause_page
from aftersign.desk.tests.desks import browser, read
from aftersign.policy import tallies
from aftersign.policy.models import Tally
from tests.firm import Firm

SIGNING = "/clauses/2.1.3/"
COUNTED = re.compile("义务统计于")


@pytest.fixture(autouse=True)
def unlooked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has not looked yet."""
    monkeypatch.setattr(tallies, "_looked", None)


def figures() -> dict[str, tuple[int, int]]:
    rows = chapters().rows
    return {clause.number: (each.on_time, each.running) for chapter in rows for clause, each in chapter.clauses}


def test_a_small_company_is_counted_when_somebody_asks(firm: Firm) -> None:
    firm.send(firm.register())
    assert not tallies.count_beforehand()
    assert not Tally.objects.exists()
    assert chapters().counted_at is None
    assert not COUNTED.search(read(browser("wumin"), "/clauses/"))


def test_what_was_counted_beforehand_is_what_there_was(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    order = firm.register()
    firm.send(order)
    scenes.accept(order, "project")
    live, page = figures(), clause_page(scenes.actor("linxiaolan"), "2.1.3")
    monkeypatch.setattr(tallies, "LIVE", 0)
    assert tallies.count_beforehand()
    assert figures() == live
    kept = clause_page(scenes.actor("linxiaolan"), "2.1.3")
    assert (kept.figure, sorted(kept.departments)) == (page.figure, sorted(page.departments))
    assert kept.counted_at == chapters().counted_at is not None
    for address in ("/clauses/", SIGNING):
        assert COUNTED.search(read(browser("wumin"), address))


def test_it_is_counted_anew_when_the_last_count_is_old(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    order = firm.register()
    firm.send(order)
    monkeypatch.setattr(tallies, "LIVE", 0)
    tallies.count_beforehand()
    before = figures()
    scenes.accept(order, "project")
    assert not tallies.count_beforehand()
    assert figures() == before
    Tally.objects.update(counted_at=chapters().counted_at - tallies.EVERY)  # type: ignore[operator]
    monkeypatch.setattr(tallies, "_looked", None)
    assert tallies.count_beforehand()
    assert figures() != before
    assert Tally.objects.values("counted_at").distinct().count() == 1


def test_a_company_that_has_become_small_is_counted_when_somebody_asks(
    firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    firm.send(firm.register())
    tallies.count()
    assert chapters().counted_at is not None
    tallies.count_beforehand()
    assert chapters().counted_at is None
