"""People leave and work at the same moment: one waits for the other, and nothing is lost or left to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connections

from aftersign.chapters.general import acts, queries
from aftersign.chapters.general.rules.leaving import Successors
from aftersign.demo import scenes
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import chain
from aftersign.kernel.org.models import Person
from aftersign.orders.models import Order
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.rebuild import rebuild
from aftersign.policy.steps import run_due
from tests.company.leavers import administrator, who
from tests.firm import Firm, founded

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db: None) -> Iterator[Firm]:
    """The company of today, with two orders."""
    moment = datetime.now(UTC)
    with founded(moment) as firm:
        with frozen(moment):
            firm.register("一")
            firm.register("二")
        yield firm


@pytest.fixture
def admin(house: Firm) -> Actor:
    """The administrator at their desk."""
    return administrator()


def at_once(*doings: Callable[[], Any]) -> list[Exception]:
    """Do several things at the same moment in threads; gives what went wrong."""
    gate, wrong = Barrier(len(doings)), []

    def run(doing: Callable[[], Any]) -> None:
        try:
            gate.wait()
            doing()
        except (DatabaseError, Refused) as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def leaves(account: str, to: str, by: Actor) -> Callable[[], Person]:
    """Somebody leaves, when it is called."""
    person, successors = who(account), Successors(who(to))
    return lambda: acts.record_leaving(person, left_on=queries.today(), successors=successors, by=by)


def all_is_well(*gone: str) -> None:
    """Nobody who has left owes or sells anything, the chain holds, and the journal gives the same duties."""
    run_due()
    assert not Duty.objects.filter(owner__account__in=gone, state__in=UNFINISHED).exists()
    assert not Order.objects.filter(sales_owner__account__in=gone).exists()
    assert list(chain.faults()) == []
    assert rebuild().different == []


def test_of_two_who_leave_to_each_other_one_stays(house: Firm, admin: Actor) -> None:
    wrong = at_once(leaves("wumin", "dengkai", admin), leaves("dengkai", "wumin", admin))
    assert [type(each) for each in wrong] == [Refused]
    gone = [each for each in ("wumin", "dengkai") if who(each).left_on]
    assert len(gone) == 1
    all_is_well(*gone)


def test_one_who_leaves_twice_leaves_once(house: Firm, admin: Actor) -> None:
    wrong = at_once(leaves("wumin", "dengkai", admin), leaves("wumin", "lujian", admin))
    assert [type(each) for each in wrong] == [Refused]
    all_is_well("wumin")


def test_what_comes_in_while_somebody_leaves_is_theirs_or_their_successors(house: Firm, admin: Actor) -> None:
    first, second = Order.objects.get(title="一"), Order.objects.get(title="二")
    wrong = at_once(leaves("wumin", "lujian", admin), lambda: house.send(first), lambda: scenes.keep_original(second))
    assert all(isinstance(each, Refused) for each in wrong), wrong
    assert who("wumin").left_on
    all_is_well("wumin")


def test_somebody_moves_while_they_leave(house: Firm, admin: Actor) -> None:
    finance = who("hejing").department
    person = who("wumin")
    wrong = at_once(leaves("wumin", "lujian", admin), lambda: acts.move_person(person, department=finance, by=admin))
    assert all(isinstance(each, Refused) for each in wrong), wrong
    assert who("wumin").left_on
    all_is_well("wumin")
