"""Somebody leaves: what they owed, held and headed goes to others in one act, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from aftersign.chapters.general import acts
from aftersign.chapters.general.queries.leaving import lines_of
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.chapters.handover import acts as handover
from aftersign.demo import scenes
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.orders.models import Order, TeamMember
from aftersign.policy.editions import store
from aftersign.policy.models import Duty
from aftersign.policy.steps import run_due
from tests.company.leavers import (
    MONDAY,
    accepted,
    later,
    leave,
    owed,
    rebuilt_alike,
    refused,
    stated,
    who,
)
from tests.firm import Firm


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def test_what_a_salesperson_owed_and_sold_goes_to_another(firm: Firm, admin: Actor) -> None:
    order = firm.register()
    assert owed("wumin") == {"2.1.1.a", "2.2.1.a"}
    leave("wumin", admin, to="lujian")
    order.refresh_from_db()
    assert order.sales_owner == who("lujian")
    assert owed("wumin") == set()
    assert owed("lujian") == {"2.1.1.a", "2.2.1.a"}
    assert who("wumin").left_on == MONDAY
    assert (stated("general.duty_handed_on", order), stated("order.post_handed_on", order)) == (2, 1)
    left = journal.latest(None, "general.person_left")
    assert left is not None
    assert left.payload == {"left_on": "2026-09-07", "successor": str(who("lujian").pk)}
    rebuilt_alike()


def test_duties_that_open_afterwards_find_the_new_owner(firm: Firm, admin: Actor) -> None:
    order = firm.register()
    firm.send(order)
    leave("wumin", admin, to="hejing")
    with later(2):
        question = handover.ask(scenes.copy_of(order, "project"), text="由谁供电？", by=scenes.actor("linxiaolan"))
    assert Duty.objects.get(unit_id=str(question.pk)).owner == who("hejing")
    rebuilt_alike()


def test_each_line_may_go_to_somebody_else(firm: Firm, admin: Actor) -> None:
    first, second = firm.register("一"), firm.register("二")
    duty = Duty.objects.get(order=first, term="2.1.1.a")
    line = {f"duty__{duty.pk}": "dengkai"}
    leave("wumin", admin, to="lujian", order="hejing", **line)
    assert Duty.objects.get(pk=duty.pk).owner == who("dengkai")
    assert owed("lujian") == {"2.1.1.a", "2.2.1.a"}
    assert {each.sales_owner for each in Order.objects.filter(pk__in=(first.pk, second.pk))} == {who("hejing")}
    rebuilt_alike()


def test_nothing_happens_while_something_has_no_successor(firm: Firm, admin: Actor) -> None:
    firm.register()
    with refused("接替人"):
        leave("wumin", admin)
    with refused("接替人"):
        leave("wumin", admin, duty="lujian")
    leave("wumin", admin, duty="lujian", order="lujian")


def test_the_refusal_names_the_clause_and_the_lines(firm: Firm, admin: Actor) -> None:
    firm.register()
    with pytest.raises(Refused) as found:
        leave("wumin", admin, order="lujian")
    (refusal,) = found.value.refusals
    assert (refusal.check, refusal.clauses) == ("successor_is_named", ("1.3.4",))
    assert set(refusal.missing) == {line.key for line in lines_of(who("wumin")) if line.kind == "duty"}


@pytest.mark.parametrize("unfit", ["wumin", "left", "disabled", "fangzheng"])
def test_a_successor_works_here_and_is_somebody_else(firm: Firm, admin: Actor, unfit: str) -> None:
    firm.register()
    if unfit == "left":
        leave("dengkai", admin, to="zhaoping")
    elif unfit == "disabled":
        Person.objects.filter(account="dengkai").update(is_active=False)
    account = unfit if unfit in ("wumin", "fangzheng") else "dengkai"
    with refused(who(account).name):
        leave("wumin", admin, to=account)


def test_whoever_leaves_nothing_needs_no_successor(firm: Firm, admin: Actor) -> None:
    leave("dengkai", admin)
    assert who("dengkai").left_on == MONDAY
    assert journal.latest(None, "general.person_left").payload == {"left_on": "2026-09-07"}  # type: ignore[union-attr]


def test_nobody_leaves_twice_or_in_days_to_come(firm: Firm, admin: Actor) -> None:
    leave("dengkai", admin)
    with refused("邓凯"):
        leave("dengkai", admin, to="lujian")
    tomorrow = MONDAY + timedelta(days=1)
    with refused("当天"):
        acts.record_leaving(who("wumin"), left_on=tomorrow, successors=Successors(who("lujian")), by=admin)


def test_a_head_leaves_and_the_department_gets_another(firm: Firm, admin: Actor) -> None:
    order = firm.register()
    firm.send(order)
    leave("wangqiming", admin, to="linxiaolan")
    assert Department.objects.get(code="project").head == who("linxiaolan")
    assert stated("general.department_changed") > 0
    with later(2):
        run_due()
        for code in scenes.RECEIVERS:
            scenes.accept(order, code)
    assert Duty.objects.get(order=order, term="1.3.4.a").owner == who("linxiaolan")
    rebuilt_alike()


def test_the_general_manager_leaves_with_a_successor(firm: Firm, admin: Actor) -> None:
    with refused("接替人"):
        leave("chenli", admin)
    leave("chenli", admin, to="lujian")
    assert Post.objects.get(pk="general_manager").holder == who("lujian")
    assert journal.latest(None, "general.post_named").payload["holder"] == str(who("lujian").pk)  # type: ignore[union-attr]
    assert Department.objects.get(name="公司管理层").head == who("lujian")


def test_the_only_administrator_stays(firm: Firm, admin: Actor) -> None:
    with refused("唯一"):
        leave("admin", admin)
    acts.change_account(who("dengkai"), is_administrator=True, is_auditor=False, is_active=True, by=admin)
    leave("admin", Actor("person", person=who("dengkai")))
    assert who("admin").left_on == MONDAY


def test_only_administrators_record_it(firm: Firm, admin: Actor) -> None:
    for account in ("chenli", "lujian", "fangzheng"):
        with refused("无权|没有权|权"):
            leave("dengkai", scenes.actor(account))


def test_posts_on_a_named_team_go_over_with_their_deputies(firm: Firm, admin: Actor) -> None:
    order = accepted(firm)
    scenes.name_team(order)
    leave("linxiaolan", admin, to="dengkai")
    row = TeamMember.objects.get(order=order, post="project_manager")
    assert (row.person, row.deputy) == (who("dengkai"), None)  # the deputy took over, and nobody is their own
    fact = journal.latest(order.pk, "order.post_handed_on")
    assert fact is not None
    assert fact.payload == {
        "post": "project_manager",
        "from_person": str(who("linxiaolan").pk),
        "to_person": str(who("dengkai").pk),
    }
    rebuilt_alike()


def test_whoever_only_stands_in_is_replaced_too(firm: Firm, admin: Actor) -> None:
    order = accepted(firm)
    scenes.name_team(order)
    leave("dengkai", admin, to="zhaoping")
    row = TeamMember.objects.get(order=order, post="project_manager")
    assert (row.person, row.deputy) == (who("linxiaolan"), who("zhaoping"))
    assert stated("order.post_handed_on", order) == 1
    rebuilt_alike()


def test_handing_on_a_sale_does_not_prove_that_the_team_was_named(firm: Firm, admin: Actor) -> None:
    order = firm.register()
    firm.send(order)
    leave("wumin", admin, to="lujian")
    with later(2):
        for code in scenes.RECEIVERS:
            scenes.accept(order, code)
    assert Duty.objects.get(order=order, term="1.3.4.a").state == "open"
    rebuilt_alike()


def test_duties_deputies_and_posts_in_a_circle(firm: Firm, admin: Actor) -> None:
    order = accepted(firm)
    scenes.name_team(order)
    for one, two in (("linxiaolan", "dengkai"), ("dengkai", "wangqiming")):
        own = Actor("person", person=who(one))
        acts.name_deputy(who(one), deputy=who(two), from_on=MONDAY, until=MONDAY + timedelta(days=9), by=own)
    leave("dengkai", admin, to="linxiaolan")
    leave("linxiaolan", admin, to="wangqiming")
    assert not Deputyship.objects.filter(ended_at=None).exists()
    assert TeamMember.objects.get(order=order, post="project_manager").person == who("wangqiming")
    assert owed("linxiaolan") | owed("dengkai") == set()
    rebuilt_alike()


def test_a_deputy_who_leaves_is_replaced_for_the_days_that_remain(firm: Firm, admin: Actor) -> None:
    until = MONDAY + timedelta(days=9)
    acts.name_deputy(who("linxiaolan"), deputy=who("dengkai"), from_on=MONDAY, until=until, by=admin)
    leave("dengkai", admin, to="wangqiming")
    (running,) = Deputyship.objects.filter(ended_at=None)
    assert (running.person, running.deputy, running.until) == (who("linxiaolan"), who("wangqiming"), until)


def test_a_deputy_is_not_replaced_by_whom_they_stood_in_for(firm: Firm, admin: Actor) -> None:
    until = MONDAY + timedelta(days=9)
    acts.name_deputy(who("linxiaolan"), deputy=who("dengkai"), from_on=MONDAY, until=until, by=admin)
    acts.name_deputy(who("wangqiming"), deputy=who("linxiaolan"), from_on=MONDAY, until=until, by=admin)
    with refused("林晓岚"):  # wangqiming would stand in for linxiaolan, who stands in for him
        leave("dengkai", admin, to="wangqiming")
    leave("dengkai", admin, to="linxiaolan")
    assert Deputyship.objects.filter(ended_at=None).count() == 1


def test_two_who_leave_do_not_hand_on_to_each_other(firm: Firm, admin: Actor) -> None:
    firm.register()
    leave("wumin", admin, to="dengkai")
    with refused("吴敏"):
        leave("dengkai", admin, to="wumin")
    leave("dengkai", admin, to="lujian")
    assert owed("lujian") == {"2.1.1.a", "2.2.1.a"}
    rebuilt_alike()


def test_what_is_done_stays_with_whoever_did_it(firm: Firm, admin: Actor) -> None:
    order = firm.register()
    firm.send(order)
    done = Duty.objects.get(order=order, term="2.1.1.a")
    leave("wumin", admin, to="lujian")
    with later(2):
        run_due()
    assert Duty.objects.get(pk=done.pk).owner == who("wumin")
    assert Entry.objects.get(order_id=order.pk, fact="handover.giver_signed").actor_id == who("wumin").pk


def test_more_orders_cost_no_more_queries(firm: Firm, admin: Actor) -> None:
    def queries(orders: int) -> int:
        for number in range(orders):
            firm.register(f"订单{number}")
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            leave("wumin", admin, to="lujian")
            transaction.set_rollback(True)
        store.forget()
        return len(asked)

    queries(1)
    assert queries(1) == queries(10)
