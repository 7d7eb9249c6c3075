"""Two people at the same moment, each on a connection of their own: exactly one fact comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from aftersign.chapters.general import acts
from aftersign.chapters.general.models import Request
from aftersign.chapters.general.tests.exceptions import ask_extension, ask_waiver, duty_of, stated
from aftersign.chapters.handover.tests.race import at_once
from aftersign.demo.scenes import actor
from aftersign.kernel.clock import now
from aftersign.policy.models import Duty
from aftersign.policy.rebuild import rebuild
from tests.firm import Firm, founded

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(transactional_db: None) -> Iterator[Firm]:
    """The company as of now, with other connections to its database: these run by the clock on the wall."""
    with founded(datetime.now(UTC)) as firm:
        yield firm


def test_one_request_is_approved_and_refused_at_once(house: Firm) -> None:
    duty = duty_of(house.register(), "2.1.1.a")
    request, by = ask_extension(duty, new_due=now() + timedelta(days=20)), actor("lujian")
    wrong = at_once(
        lambda: acts.extend_duty(request, by=by),
        lambda: acts.extend_duty(request, by=by),
        lambda: acts.refuse_request(request, reason="不同意", by=by),
    )
    answers = ("general.duty_extended", "general.request_refused")
    assert len(wrong) == 2
    assert sum(stated().count(name) for name in answers) == 1
    assert Request.objects.get().state in ("approved", "refused")
    assert rebuild().different == []


def test_two_people_take_one_duty_at_once(house: Firm) -> None:
    order = house.register()
    house.send(order)
    duty = duty_of(order, "2.1.3.b", "project")
    one, two = actor("linxiaolan"), actor("dengkai")
    wrong = at_once(lambda: acts.take_duty(duty, by=one), lambda: acts.take_duty(duty, by=two))
    assert len(wrong) == 1
    assert stated().count("general.duty_taken") == 1
    assert Duty.objects.get(pk=duty.pk).owner_id in (one.id, two.id)


def test_two_requests_for_one_thing_at_once(house: Firm) -> None:
    duty, by = duty_of(house.register(), "2.1.1.a"), actor("wumin")
    until = now().date() + timedelta(days=20)
    wrong = at_once(lambda: ask_waiver(duty, until=until), lambda: ask_waiver(duty, until=until))
    assert by.person
    assert len(wrong) == 1
    assert stated().count("general.waiver_requested") == 1
    assert Request.objects.count() == 1
