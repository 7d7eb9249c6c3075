"""An edition changed in mid-quarter by two people: orders keep theirs, and the journal says the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from aftersign.chapters.final import acts
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import CLOCK
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import chain
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person, Post
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.models import Duty, Edition
from aftersign.policy.rebuild import rebuild
from aftersign.policy.rulebook import DEFAULT, load
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]
STRICTER = {"handover_form_days": NewValue("0bd"), "handover_sign_days": NewValue("4bd")}


def draft() -> Edition:
    """The policy owner shortens one time and lengthens another."""
    files = with_version(with_values(load(DEFAULT), STRICTER), "3")
    return acts.draft(company(), files={**files}, reason="季度中调整", by=actor("guting"))


def brought_about() -> None:
    """What the worker does at that moment."""
    acts.bring_into_force(company(), by=CLOCK)
    run_due()
    store.forget()


def due(order: Order, term: str) -> set[tuple[str, str]]:
    """Version and due time of each duty of a term."""
    found = Duty.objects.filter(order=order, term=term).select_related("edition")
    return {(each.edition.version, f"{each.due_at:%m-%d %H:%M}") for each in found}


def at_moment(written: str) -> Firm:
    return Firm(at(written))


def test_orders_signed_before_keep_their_edition_to_the_end(firm: Firm, later: Later) -> None:
    before = firm.register("先签的单")
    acts.issue(draft(), effective_on=date(2026, 9, 9), by=actor("chenli"))
    with later("2026-09-08 18:00"):
        brought_about()
        last = at_moment("2026-09-08 18:00").register("前一天签的单")
    with later("2026-09-09 09:00"):
        brought_about()
        assert store.current() == Edition.objects.get(version="3")
        first = at_moment("2026-09-09 09:00").register("当天签的单")
        firm.send(before)
        firm.send(first)
    assert due(before, "2.1.1.a") == {("2", "09-08 16:00")}
    assert due(last, "2.1.1.a") == {("2", "09-09 16:00")}
    assert due(first, "2.1.1.a") == {("3", "09-09 16:00")}
    assert due(before, "2.1.3.b") == {("2", "09-11 16:00")}
    assert due(first, "2.1.3.b") == {("3", "09-15 16:00")}
    with later("2026-09-20 10:00"):
        for order in (before, first):
            for code in scenes.RECEIVERS:
                scenes.accept(order, code)
        brought_about()
        assert rebuild().different == []
    versions = set(Duty.objects.filter(order=before).values_list("edition__version", flat=True))
    assert versions == {"2"}
    assert list(chain.faults()) == []


def test_the_approver_is_never_who_drafted(firm: Firm) -> None:
    edition = draft()
    Post.objects.filter(pk="general_manager").update(holder=Person.objects.get(account="guting"))
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts.issue(edition, effective_on=date(2026, 9, 9), by=actor("guting"))
    assert [each.terms for each in refused.value.refusals] == [("11.1.1.b",)]
    assert Entry.objects.count() == before
    Post.objects.filter(pk="general_manager").update(holder=Person.objects.get(account="chenli"))
    acts.issue(edition, effective_on=date(2026, 9, 9), by=actor("chenli"))
    assert Edition.objects.get(version="3").state == "issued"
