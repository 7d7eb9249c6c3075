"""The policy is the wiring: a changed clause changes pages, refusals and duties, and no code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from aftersign.demo import scenes
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import Duty, Edition
from tests.firm import Firm, at

HANDOVER = "handover.zh-Hans.md"
Copy = Callable[..., Edition]


@pytest.fixture
def wumin(firm: Firm, client: Client) -> Client:
    """The salesperson's browser."""
    client.force_login(Person.objects.get(account="wumin"))
    return client


def due(order: Order, term: str) -> datetime | None:
    return Duty.objects.get(order=order, term=term).due_at


def test_another_owner(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    policy_copy(
        HANDOVER,
        'per       = "order"\nowner     = "sales"\nwithin    = "$handover_form_days"',
        'per       = "order"\nowner     = "finance"\nwithin    = "$handover_form_days"',
    )
    order = firm.register()
    duty = Duty.objects.get(order=order, term="2.1.1.a")
    assert duty.owner == Person.objects.get(account="luoyun")
    page = wumin.get(f"/duties/{duty.pk}/").content.decode()
    assert "罗芸" in page
    assert "提交交接单" not in wumin.get("/").content.decode()


def test_another_due_time(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    before = firm.register()
    policy_copy(HANDOVER, '[handover_form_days]\nvalue = "1bd"', '[handover_form_days]\nvalue = "3bd"')
    after = firm.register("第二单")
    assert due(before, "2.1.1.a") == at("2026-09-09 00:00")
    assert due(after, "2.1.1.a") == at("2026-09-11 00:00")
    page = wumin.get("/clauses/2.1.1/").content.decode()
    assert "3 个工作日" in page
    assert "<del>" in page


def test_other_evidence(firm: Firm, policy_copy: Copy) -> None:
    policy_copy(HANDOVER, 'evidence  = ["keeper", "place", "receipt"]', 'evidence  = ["keeper", "place"]')
    order = firm.register()
    scenes.keep_original(order)
    duty = Duty.objects.get(order=order, term="2.2.1.a")
    assert duty.state == "done"


def test_evidence_that_nobody_gives_refuses_the_act(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    policy_copy(
        HANDOVER,
        'evidence  = ["signer", "check_value", "responsibility"]',
        'evidence  = ["signer", "check_value", "responsibility", "reservations"]',
        "words.toml",
        "[words]\n",
        '[words]\nreservations = { zh_hans = "保留意见", zh_hant = "保留意見", en = "reservations" }\n',
    )
    order = firm.register()
    firm.send(order)
    facts = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        scenes.accept(order, "project")
    assert "2.1.3" in refused.value.refusals[0].clauses
    assert refused.value.refusals[0].missing == ("reservations",)
    assert Entry.objects.count() == facts


def test_only_for_some_orders(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    policy_copy(
        HANDOVER,
        'owner     = "sales"\nwithin    = "$original_handover_days"',
        'owner     = "sales"\nonly      = { grade = ["A"] }\nwithin    = "$original_handover_days"',
    )
    order = firm.register()
    duty = Duty.objects.get(order=order, term="2.2.1.a")
    assert (duty.state, duty.due_at) == ("not_applicable", None)
    assert "不适用" in wumin.get(f"/orders/{order.number}/duties/").content.decode()
    assert "A 级" in wumin.get("/clauses/2.2.1/").content.decode()


def test_another_check_at_a_gate(firm: Firm, policy_copy: Copy) -> None:
    policy_copy(
        HANDOVER,
        'act       = "order.complete"\nunless    = "handover.accepted"',
        'act       = "order.complete"\nunless    = "handover.accepted"\ncheck     = "handover_not_yet_complete"',
    )
    order = firm.register()
    firm.send(order)
    for code in ("project", "customer_service", "finance"):
        scenes.accept(order, code)
    with pytest.raises(Refused) as refused:
        scenes.complete(order)
    assert [(each.check, each.clauses) for each in refused.value.refusals] == [
        ("handover_not_yet_complete", ("2.1.3",))
    ]
    order.refresh_from_db()
    assert order.stage == "handed_over"


def test_a_gate_taken_away(firm: Firm, policy_copy: Copy) -> None:
    policy_copy(
        HANDOVER,
        'act       = "order.complete"\nunless    = "handover.accepted"',
        'act       = "order.complete"\nunless    = "order.registered"',
    )
    order = firm.register()
    scenes.complete(order)
    order.refresh_from_db()
    assert order.stage == "completed"


def test_other_parts_of_a_content(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    kinds = 'value = ["quotation", "negotiation_record"]'
    policy_copy(HANDOVER, kinds, kinds.replace("]", ', "customer_order"]'))
    order = firm.register()
    facts = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        firm.send(order)
    assert [(each.missing, each.clauses) for each in refused.value.refusals] == [(("customer_order",), ("2.2.3",))]
    assert Entry.objects.count() == facts
    assert "客户订货单" in wumin.get("/clauses/2.2.3/").content.decode()


def test_another_clause_number(firm: Firm, wumin: Client, policy_copy: Copy) -> None:
    renumbered = [
        text
        for language in ("zh-Hans", "zh-Hant", "en")
        for text in (f"handover.{language}.md", "## 2.3.2 ", "## 2.3.7 ")
    ]
    policy_copy(*renumbered)
    order = firm.register(points=1)
    firm.send(order, points=1)
    assert set(Duty.objects.filter(order=order, clause__startswith="2.3").values_list("term", flat=True)) == {"2.3.7.a"}
    assert wumin.get("/clauses/2.3.7/").status_code == 200
    assert wumin.get("/clauses/2.3.2/").status_code == 404
    assert "2.3.7" in wumin.get("/").content.decode()


def test_a_broken_copy_is_refused_and_the_one_in_force_stays(firm: Firm, policy_copy: Copy) -> None:
    before = Edition.objects.get(replaced_at=None)
    with pytest.raises(Refused) as refused:
        policy_copy(HANDOVER, 'closes    = "handover.submitted"', 'closes    = "handover.never_stated"')
    assert "handover.zh-Hans.md:" in str(refused.value)
    assert Edition.objects.get(replaced_at=None) == before
    assert Edition.objects.count() == 1
