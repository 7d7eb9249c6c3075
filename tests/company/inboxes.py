"""What people of the sample company find in their inboxes, and the mails that went out to them."""

from __future__ import annotations

from typing import Any

from aftersign.kernel.journal.readers import catch_up
from aftersign.kernel.notices.mailing import send_waiting
from aftersign.kernel.notices.models import Notice
from aftersign.kernel.notices.timing import pass_time
from aftersign.kernel.org.models import Person
from aftersign.policy.steps import run_due


def let_time_pass() -> None:
    """Once around for the worker: what is due, what follows from facts, what is coming, and the mails."""
    run_due()
    catch_up("notices")
    pass_time()
    send_waiting()


def reasons(account: str, *, unread: bool = False) -> list[tuple[str, str]]:
    """Reason and kind of object of each row of somebody's inbox, in alphabetical order."""
    rows = Notice.objects.filter(person__account=account)
    rows = rows.filter(unread=True) if unread else rows
    return sorted(rows.values_list("reason", "unit"))


def addresses() -> None:
    """Give everybody a mail address."""
    for person in Person.objects.filter(is_operating=False):
        person.email = f"{person.account}@example.com"
        person.save(update_fields=["email"])


def received(box: list[Any], account: str) -> list[Any]:
    """The mails in an outbox that went to somebody."""
    return [mail for mail in box if f"{account}@example.com" in mail.to[0]]
