"""Clause 11.2.1 at work: the staff is told of an edition in time or late, and everybody confirms it or is late."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from aftersign.chapters.final import acts
from aftersign.chapters.general.acts import name_post
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import now
from aftersign.kernel.journal import chain
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, people
from aftersign.policy.models import Duty, Edition
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]


def of_term(term: str) -> list[tuple[str, str]]:
    """States and owners of the duties of a term."""
    found = Duty.objects.filter(term=term).order_by("owner__account")
    return list(found.values_list("state", "owner__account"))


def draft_and_issue(version: str) -> Edition:
    """A new edition, drafted, approved, and in force from this moment."""
    from_files = {**Edition.objects.get().files}
    text = str(from_files["edition.toml"]).replace('version = "2"', f'version = "{version}"', 1)
    handover = str(from_files["handover.zh-Hans.md"]).replace('value = "1bd"', 'value = "2bd"', 1)
    files = from_files | {"edition.toml": text, "handover.zh-Hans.md": handover}
    edition = acts.draft(company(), files=files, reason="一天太紧", by=actor("guting"))
    acts.issue(edition, effective_on=now().date(), by=actor("chenli"))
    return edition


def test_a_new_edition_is_told_in_time_and_confirmed_by_each(firm: Firm, later: Later) -> None:
    edition = draft_and_issue("3")
    with later("2026-09-08 10:00"):
        acts.tell_staff(edition, channel="全员会议", by=actor("guting"))
    assert ("done", "guting") in of_term("11.2.1.a")
    assert {state for state, _owner in of_term("11.2.1.b")} == {"open"}
    assert len(of_term("11.2.1.b")) == len(people())
    with later("2026-09-10 10:00"):
        acts.acknowledge(Person.objects.get(account="wumin"), version="3", by=actor("wumin"))
    assert [state for state, owner in of_term("11.2.1.b") if owner == "wumin"] == ["done"]
    with later("2026-09-17 10:00"):
        run_due()
        acts.acknowledge(Person.objects.get(account="lujian"), version="3", by=actor("lujian"))
        states = {owner: state for state, owner in of_term("11.2.1.b")}
        assert (states["wumin"], states["lujian"], states["hejing"]) == ("done", "done_late", "breached")
        assert rebuild().different == []
    assert list(chain.faults()) == []


def test_what_nobody_owes_is_owed_by_whoever_is_named(firm: Firm) -> None:
    """The first edition is issued when the company is founded, before anybody holds the post that tells of it."""
    run_due()
    assert of_term("11.2.1.a") == [("breached", "guting")]
    name_post(
        company(),
        post="policy_owner",
        holder=Person.objects.get(account="lujian"),
        from_on=now().date(),
        by=operating("setup"),
    )
    run_due()
    assert of_term("11.2.1.a") == [("breached", "guting")], "whoever was named first has owed it since"
    acts.tell_staff(Edition.objects.get(), channel="全员会议", by=actor("lujian"))
    assert of_term("11.2.1.a") == [("done_late", "guting")]
    assert rebuild().different == []
