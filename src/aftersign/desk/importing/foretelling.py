"""How many duties of the orders in a file would be late the moment they came in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aftersign.desk.importing.entries import Wanted
from aftersign.kernel.org.models import Company
from aftersign.orders.models import Order
from aftersign.orders.money import in_base
from aftersign.orders.queries.days import first_minute
from aftersign.policy.newcomers import reading_of


@dataclass(frozen=True)
class Late:
    """Duties that would be overdue at once, and such as would be done at once but late, of so many orders."""

    overdue: int = 0
    done_late: int = 0
    orders: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.overdue + self.done_late


def late_at_once(wanted: Iterable[Wanted], company: Company, stage: str = "") -> Late:
    """What would be late of the orders that are not known yet; a row that the policy cannot read counts nothing."""
    known = {number.casefold() for number in Order.objects.values_list("contract_no", flat=True)}
    overdue = done_late = orders = 0
    for asked in wanted:
        if asked.contract_no.strip().casefold() in known:
            continue
        states = _states(asked, company, stage)
        overdue += states.count("breached")
        done_late += states.count("done_late")
        orders += bool({"breached", "done_late"} & set(states))
    return Late(overdue, done_late, orders)


def _states(asked: Wanted, company: Company, stage: str) -> list[str]:
    said = dict(asked.said)
    currency = said.get("currency") or company.base_currency
    base = in_base(said.get("amount"), currency, company.base_currency, said.get("rate"))
    signed = {"order_kind": said["kind"], "amount_base": base, "amount": said.get("amount"), "currency": currency}
    given = {name: value for name, value in signed.items() if value is not None}
    case = reading_of(given, first_minute(said["signed_on"], company), stage=asked.stage or stage)
    return [duty.state for duty in case.duties] if case else []
