"""What is to be simulated, and how far it has come: both stand in the journal, with every simulated fact."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from aftersign.kernel.journal.models import Entry

SPAN = timedelta(days=730)
TAG = "simulate "
_REQUEST = re.compile(
    r"simulate (?P<seed>\d+) (?P<until>[\d-]{10}) (?P<staffed>\d+) "
    r"(?P<first>\d+)-(?P<upto>\d+) (?P<what>\w+) (?P<n>\d+)"
)


@dataclass(frozen=True)
class Plan:
    """Orders from `first` up to `upto` of a seed, signed one after another in the two years before the day `until`.

    The company is staffed for so many orders (`staffed`). `is_settled` and `orders` say how far it has come: whether
    there is the company, and up to which order.
    """

    seed: int
    until: date
    staffed: int
    first: int
    upto: int
    is_settled: bool = False
    orders: int = 0

    @property
    def begin(self) -> date:
        """The first day of the history."""
        return self.until - SPAN

    def request(self, what: str, number: int) -> str:
        """Under which request facts are stated: the whole plan and how far that then is."""
        return f"{TAG}{self.seed} {self.until} {self.staffed} {self.first}-{self.upto} {what} {number}"

    def extended(self, orders: int) -> Plan:
        """The plan for so many orders in all, once this one is done."""
        done = self.orders >= self.upto
        return replace(self, first=self.upto, upto=orders) if done and orders > self.upto else self


def begun() -> Plan | None:
    """The plan by which this database was simulated last, None where nothing was."""
    stated = Entry.objects.filter(request_id__startswith=TAG).order_by("-sequence")
    found = _REQUEST.fullmatch(stated.values_list("request_id", flat=True).first() or "")
    if found is None:
        return None
    first = int(found["first"])
    return Plan(
        seed=int(found["seed"]),
        until=date.fromisoformat(found["until"]),
        staffed=int(found["staffed"]),
        first=first,
        upto=int(found["upto"]),
        is_settled=True,
        orders=int(found["n"]) if found["what"] == "orders" else first,
    )


def is_lived_in() -> bool:
    """Whether people have stated something here that was not simulated."""
    stated = Entry.objects.exclude(request_id__startswith=TAG)
    return stated.filter(fact="order.signed").exists() or stated.filter(actor_kind="person").exists()
