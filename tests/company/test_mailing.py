"""Mails go out once: to a server that takes them, refuses one, goes away, or dies with the worker in mid-sentence."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from aftersign.kernel.clock import frozen, now
from aftersign.kernel.notices import claiming, outbox
from aftersign.kernel.notices.mailing import send_waiting
from aftersign.kernel.notices.models import Channel, Message, MessageState
from aftersign.kernel.org.models import Company, Person
from tests.company.inboxes import addresses
from tests.company.test_calendar_pages import text
from tests.firm import Firm
from tests.sink import Box, sink

Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    """A mail server that the installation uses."""
    with sink() as found:
        settings.MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", found.port, 5
        yield found


@pytest.fixture
def mails(firm: Firm, box: Box) -> list[Message]:
    """A trial mail to each of five people."""
    addresses()
    people = Person.objects.filter(is_operating=False).order_by("account")[:5]
    return [outbox.make_trial(person) for person in people]


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Message.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_each_goes_out_once_over_one_connection(mails: list[Message], box: Box) -> None:
    assert send_waiting() is False
    assert states() == {"sent": 5}
    assert send_waiting() is False
    assert len(box.mails) == 5
    assert box.connections == 1
    assert sorted(box.ids) == sorted(f"<{mail.pk}@localhost>" for mail in mails)
    assert box.read(box.mails[0])["Auto-Submitted"] == "auto-generated"


def test_a_bad_address_is_kept_with_the_reason(mails: list[Message], box: Box) -> None:
    box.refuses.add(mails[2].address)
    send_waiting()
    assert states() == {"sent": 4, "refused": 1}
    refused = Message.objects.get(state=MessageState.REFUSED)
    assert (refused.pk, refused.error) == (mails[2].pk, "550 5.1.1 no such person")
    send_waiting()
    assert len(box.mails) == 4


def test_a_deferred_mail_is_tried_with_growing_pauses_and_given_up(mails: list[Message], box: Box) -> None:
    box.defers.add(mails[0].address)
    moment, waits = now(), []
    for _turn in range(6):
        with frozen(moment):
            send_waiting()
        found = Message.objects.get(pk=mails[0].pk)
        if found.state == MessageState.WAITING:
            waits.append(found.not_before - moment)
            moment = found.not_before
    assert waits == list(claiming.PAUSES)
    assert (found.state, found.error) == ("refused", "451 4.7.1 come back later")
    assert len(box.mails) == 4


def test_nothing_is_lost_and_nothing_goes_out_twice_when_the_server_is_away(
    mails: list[Message], box: Box, settings: Any
) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    moment, waits = now(), []
    for _turn in range(7):
        with frozen(moment):
            assert send_waiting() is False
            assert send_waiting() is False
        channel = Channel.objects.get()
        assert channel.next_try_at is not None
        waits.append(channel.next_try_at - moment)
        moment = channel.next_try_at
        assert (states(), channel.failing_since is not None) == ({"waiting": 5}, True)
    assert waits == [*claiming.OUTAGES, claiming.OUTAGES[-1]]
    assert claiming.backlog().count() == 5
    settings.EMAIL_PORT = port
    with frozen(moment):
        send_waiting()
    assert (states(), len(box.mails)) == ({"sent": 5}, 5)
    assert Channel.objects.get().failing_since is None


def test_administrators_see_what_waits_while_the_server_is_away(
    mails: list[Message], box: Box, settings: Any, keeper: Client
) -> None:
    Person.objects.filter(is_administrator=True).update(language="zh-hans")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    send_waiting()
    page = text(keeper.get("/settings/notices/"))
    assert "邮件服务器自" in page
    assert "不会丢失" in page
    assert "待发送 5" in page
    settings.EMAIL_PORT = port
    channel = Channel.objects.get()
    assert channel.next_try_at is not None
    with frozen(channel.next_try_at):
        send_waiting()
        page = text(keeper.get("/settings/notices/"))
    assert "邮件服务器自" not in page
    assert "待发送 0" in page
    assert "已发送 5" in page


def test_a_server_that_hangs_up_makes_one_double_that_is_known_by_its_id(mails: list[Message], box: Box) -> None:
    box.hangs_up = 3
    send_waiting()
    assert states() == {"sent": 2, "waiting": 3}
    box.hangs_up = 0
    with frozen(now() + timedelta(minutes=2)):
        send_waiting()
    assert states() == {"sent": 5}
    assert len(box.mails) == 6
    assert len(set(box.ids)) == 5


def test_a_claim_is_nobody_elses_until_it_runs_out(mails: list[Message], box: Box) -> None:
    held = claiming.claim(3)
    assert len(held) == 3
    send_waiting()
    assert (len(box.mails), states()) == (2, {"sent": 2, "sending": 3})
    with frozen(now() + claiming.CLAIM):
        assert not claiming.is_held(held[0])
        send_waiting()
        assert not claiming.sent(held[0])
    assert (len(box.mails), states()) == (5, {"sent": 5})


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_sent_loses_nothing(settings: Any, transactional_db: None) -> None:
    with sink() as box:
        settings.MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 5
        Company.objects.create(name="恒信科技有限公司")
        person = Person.objects.create(account="one", name="一人", email="one@example.com")
        for _number in range(10):
            outbox.make_trial(person)
        connections.close_all()
        killed = multiprocessing.get_context("fork").Process(target=_dies_at, args=(4,))
        killed.start()
        killed.join(60)
        assert killed.exitcode == -signal.SIGKILL
        assert states() == {"sent": 3, "sending": 7}
        assert send_waiting() is False
        assert len(box.mails) == 4
        with frozen(now() + claiming.CLAIM):
            send_waiting()
        assert states() == {"sent": 10}
        assert len(set(box.ids)) == 10
        assert len(box.mails) == 11


def _dies_at(number: int) -> None:
    """Send, and die when the server has taken so many and the last is not noted yet."""
    count = 0
    note = claiming.sent

    def dies(message: Message) -> bool:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return note(message)

    claiming.sent = dies
    send_waiting()
