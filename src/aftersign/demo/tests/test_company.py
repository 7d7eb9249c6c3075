"""The sample company is lived through alike every time: the same facts, on the same days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from aftersign.demo import company as sample
from aftersign.demo.affairs import AFFAIRS
from aftersign.demo.plots import PLOTS
from aftersign.demo.verbs import SCENES
from aftersign.desk.setup import founding
from aftersign.kernel.clock import frozen
from aftersign.kernel.clock.chance import repeatable
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import store
from tests.firm import SHANGHAI, at

DAYS = 25
"""How long the company has existed here; what happens to older orders happens in the same way."""


def lived(today: datetime) -> list[tuple[str, datetime, str]]:
    """The facts of the younger orders up to a moment, with the days on which they happened; nothing of it is kept."""
    store.forget()
    with transaction.atomic(), repeatable("test"):
        begin = sample.first_morning(today, SHANGHAI, DAYS)
        with frozen(begin):
            list(founding.found("恒信科技有限公司"))
            founding.administrator(company())
            sample.people("a long enough password")
            sample.staff("a long enough password")
        sample.live(today, [plot for plot in PLOTS if plot.age < 12], AFFAIRS[1:])
        facts = list(Entry.objects.order_by("sequence").values_list("fact", "at", "hash"))
        assert all(each.is_sample for each in Person.objects.filter(is_operating=False, is_administrator=False))
        transaction.set_rollback(True)
    store.forget()
    return facts


def test_the_same_facts_are_stated_on_the_same_days_whenever_it_is_made(db: None) -> None:
    noon, evening = at("2026-11-30 13:30"), at("2026-11-30 19:00")
    first = lived(noon)
    assert len(first) > 200
    assert max(happened for _fact, happened, _hash in first) <= noon
    assert lived(evening)[: len(first)] == first


def test_plots_use_only_what_can_be_played_and_all_of_it() -> None:
    told = {step.partition(":")[0] for plot in PLOTS for step, _pause in plot.steps}
    assert told - {"register", "adopt"} == set(SCENES)


def test_contract_numbers_follow_the_days_of_signing() -> None:
    ages = [plot.age for plot in PLOTS]
    assert ages == sorted(ages, reverse=True)
    assert len({plot.title for plot in PLOTS}) == len(PLOTS) == 60
