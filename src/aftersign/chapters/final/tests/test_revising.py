"""Editions drafted, issued and withdrawn by people: who may, what is refused, and what then has not changed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from aftersign.chapters.final import acts
from aftersign.chapters.final.rules import next_version
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import CLOCK, Actor
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person, Post
from aftersign.kernel.org.queries import company
from aftersign.policy.editions import store
from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.models import Duty, Edition, EditionState
from aftersign.policy.rebuild import rebuild
from aftersign.policy.rulebook import DEFAULT, load
from aftersign.policy.steps import run_due
from tests.firm import Firm, at

TODAY = date(2026, 9, 7)
Later = Callable[[str], AbstractContextManager[object]]


def files(version: str = "3", days: str = "3bd") -> dict[str, str | bytes]:
    """The shipped rulebook with another time for the handover form."""
    return {**with_version(with_values(load(DEFAULT), {"handover_form_days": NewValue(days)}), version)}


def drafted(version: str = "3", days: str = "3bd") -> Edition:
    """A draft of the policy owner."""
    return acts.draft(company(), files=files(version, days), reason="交接单一天填不完", by=actor("guting"))


def manager() -> Actor:
    """The general manager."""
    return actor("chenli")


def nothing_changed(before: int, state: EditionState = EditionState.DRAFT, version: str = "3") -> None:
    """No fact was stated, and the edition stands as it did."""
    assert Entry.objects.count() == before
    assert Edition.objects.get(version=version).state == state


def last(name: str) -> dict[str, object]:
    fact = journal.latest(None, name)
    assert fact is not None
    return fact.payload


def test_a_draft_says_what_it_changes_and_why_and_changes_nothing_yet(firm: Firm) -> None:
    edition = drafted()
    assert edition.state == EditionState.DRAFT
    change = {"what": "parameter", "name": "handover_form_days", "change": "changed", "old": "1bd", "new": "3bd"}
    said = last("policy.drafted")
    assert (said["changes"], said["reason"], said["version"]) == ([change], "交接单一天填不完", "3")
    assert said["drafter"] == str(Person.objects.get(account="guting").pk)
    assert store.current() == Edition.objects.get(version="2")
    order = firm.register()
    assert Duty.objects.get(order=order, term="2.1.1.a").due_at == at("2026-09-09 00:00")


@pytest.mark.parametrize("account", ["chenli", "wumin", "fangzheng"])
def test_only_the_policy_owner_drafts(firm: Firm, account: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Forbidden):
        acts.draft(company(), files=files(), reason="试", by=actor(account))
    assert (Entry.objects.count(), Edition.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    ("sent", "reason", "said"),
    [
        (files(), " ", "理由"),
        (files("2"), "试", "版本 2"),
        (
            {**load(DEFAULT).files, "edition.toml": load(DEFAULT).files["edition.toml"].replace('"2"', '"3"', 1)},
            "试",
            "没有差别",
        ),
        (files(days="30bd"), "试", "handover.zh-Hans.md:"),
        ({**files(), "acts.toml": b"\xff"}, "试", "acts.toml:1: is no text in UTF-8"),
        ({"edition.toml": "x ="}, "试", "edition.toml:1: not valid TOML"),
    ],
    ids=["no reason", "a known version", "no difference", "outside its range", "no text", "no rulebook"],
)
def test_what_cannot_be_drafted_leaves_no_draft(
    firm: Firm, sent: dict[str, str | bytes], reason: str, said: str
) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts.draft(company(), files=sent, reason=reason, by=actor("guting"))
    assert any(said in each.sentence for each in refused.value.refusals)
    assert (Entry.objects.count(), Edition.objects.count()) == (before, 1)
    assert store.current() == Edition.objects.get()


def test_an_edition_is_issued_for_a_day_and_the_worker_brings_it_into_force(firm: Firm, later: Later) -> None:
    edition = drafted()
    acts.issue(edition, effective_on=TODAY + timedelta(days=3), by=manager())
    edition.refresh_from_db()
    assert (edition.state, edition.effective_on) == (EditionState.ISSUED, date(2026, 9, 10))
    assert edition.version == "3"
    assert acts.bring_into_force(company(), by=CLOCK) == []
    with later("2026-09-10 00:00"):
        assert acts.bring_into_force(company(), by=CLOCK) == [edition]
        run_due()
        store.forget()
        order = firm_at(firm, "2026-09-10 10:00").register()
        assert rebuild().different == []
    assert Duty.objects.get(order=order, term="2.1.1.a").edition == edition
    assert [each.state for each in Edition.objects.order_by("version")] == ["replaced", "in_force"]


def firm_at(firm: Firm, written: str) -> Firm:
    """The company at another moment."""
    return Firm(at(written))


def test_whoever_drafted_does_not_approve_not_even_with_both_posts(firm: Firm) -> None:
    edition = drafted()
    Post.objects.filter(pk="general_manager").update(holder=Person.objects.get(account="guting"))
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts.issue(edition, effective_on=TODAY, by=actor("guting"))
    assert [(each.check, each.clauses) for each in refused.value.refusals] == [("approver_is_not_drafter", ("11.1.1",))]
    nothing_changed(before)


def test_a_deputy_with_a_hand_in_the_draft_does_not_approve_it(firm: Firm) -> None:
    edition = drafted()
    before = Entry.objects.count()
    for_the_manager = Actor("person", person=actor("guting").person, on_behalf_of=manager().person)
    with pytest.raises(Refused, match=r".+") as refused:
        acts.issue(edition, effective_on=TODAY, by=for_the_manager)
    assert refused.value.refusals[0].check == "approver_is_not_drafter"
    nothing_changed(before)


@pytest.mark.parametrize("account", ["guting", "wumin", "fangzheng"])
def test_only_the_general_manager_issues(firm: Firm, account: str) -> None:
    edition, before = drafted(), Entry.objects.count()
    with pytest.raises(Forbidden):
        acts.issue(edition, effective_on=TODAY, by=actor(account))
    nothing_changed(before)


def test_no_edition_takes_effect_in_the_past_nor_before_one_that_waits(firm: Firm) -> None:
    first, second = drafted("3"), drafted("4", "2bd")
    acts.issue(first, effective_on=TODAY + timedelta(days=5), by=manager())
    before = Entry.objects.count()
    for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=5)):
        with pytest.raises(Refused) as refused:
            acts.issue(second, effective_on=day, by=manager())
        assert refused.value.refusals[0].missing == ("effective_on",)
        nothing_changed(before, version="4")
    acts.issue(second, effective_on=TODAY + timedelta(days=6), by=manager())
    assert Edition.objects.get(version="4").state == EditionState.ISSUED


def test_nothing_is_issued_twice(firm: Firm) -> None:
    edition = drafted()
    acts.issue(edition, effective_on=TODAY + timedelta(days=5), by=manager())
    before = Entry.objects.count()
    with pytest.raises(Refused):
        acts.issue(edition, effective_on=TODAY + timedelta(days=9), by=manager())
    nothing_changed(before, EditionState.ISSUED)
    assert Edition.objects.get(version="3").effective_on == TODAY + timedelta(days=5)


@pytest.mark.parametrize("issued", [False, True])
def test_what_is_withdrawn_never_takes_effect_and_ends_its_duty(firm: Firm, later: Later, issued: bool) -> None:
    edition = drafted()
    if issued:
        acts.issue(edition, effective_on=TODAY + timedelta(days=2), by=manager())
        assert Duty.objects.get(term="11.2.1.a", unit_id=str(edition.pk)).state == "open"
    acts.withdraw_edition(edition, reason="写错了", by=actor("guting"))
    assert Edition.objects.get(version="3").state == EditionState.WITHDRAWN
    assert last("policy.edition_withdrawn") == {"version": "3", "reason": "写错了"}
    with later("2026-09-12 10:00"):
        assert acts.bring_into_force(company(), by=CLOCK) == []
        run_due()
        assert rebuild().different == []
    if issued:
        assert Duty.objects.get(term="11.2.1.a", unit_id=str(edition.pk)).state == "void"
    before = Entry.objects.count()
    for act in (
        lambda: acts.issue(edition, effective_on=TODAY + timedelta(days=9), by=manager()),
        lambda: acts.withdraw_edition(edition, reason="再撤", by=actor("guting")),
    ):
        with pytest.raises(Refused):
            act()
    nothing_changed(before, EditionState.WITHDRAWN)


def test_what_is_in_force_is_not_withdrawn_and_every_withdrawal_has_a_reason(firm: Firm) -> None:
    current, before = Edition.objects.get(), Entry.objects.count()
    with pytest.raises(Refused):
        acts.withdraw_edition(current, reason="不要了", by=manager())
    nothing_changed(before, EditionState.IN_FORCE, "2")
    edition = drafted()
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        acts.withdraw_edition(edition, reason="  ", by=manager())
    assert refused.value.refusals[0].missing == ("reason",)
    nothing_changed(before)


def test_the_next_version_follows_the_highest_number() -> None:
    assert next_version(["2", "10", "old", "2.1"]) == "11"
    assert next_version(["first", "second"]) == "3"
    assert next_version([]) == "1"
