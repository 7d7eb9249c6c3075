"""The desks of the sample company's people, and more duties than anybody can owe."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.models import Customer, Order
from aftersign.policy.models import Duty

LONG = "名" * 60
MOST_BYTES = 20_000


def person(account: str) -> Person:
    """Somebody of the sample company."""
    return Person.objects.get(account=account)


def browser(account: str) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person(account))
    return client


def newcomer() -> Client:
    """A browser of somebody who has just joined sales and sells nothing yet."""
    seller = person("wumin")
    seller.pk, seller.account, seller.name = new_id(), "newcomer", "新同事"
    seller._state.adding = True
    seller.save()
    return browser("newcomer")


def read(client: Client, address: str) -> str:
    """A page that is there, without its marks and with single spaces."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def cost(client: Client, address: str) -> tuple[int, int]:
    """SQL queries and gzipped bytes of a page that is opened for the second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(asked), len(gzip.compress(answer.content, 6))


def multiply(duty: Duty, number: int, **other: Any) -> None:
    """The same duty so many times more, one an hour, with other values where they are said."""
    values = {field.attname: getattr(duty, field.attname) for field in Duty._meta.concrete_fields} | other
    hour, first = timedelta(hours=1), values["due_at"]
    rows = (
        Duty(**values | {"id": new_id(), "due_at": first + hour * place if first else None}) for place in range(number)
    )
    Duty.objects.bulk_create(rows, batch_size=2000)


def lengthen_names() -> None:
    """Give everything that has a name one of sixty characters."""
    for kind in (Person, Department, Customer):
        kind.objects.update(name=LONG)
    Order.objects.update(title=LONG)
