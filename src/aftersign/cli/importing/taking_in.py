"""Taking rows in: all of them or, when one is bad, none; or the good ones, some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db import transaction

from aftersign.chapters.general.acts import list_person
from aftersign.cli.importing.entries import BadRow, Seller, Wanted, wanted
from aftersign.cli.importing.maps import Files, ImportMap, Reading
from aftersign.cli.importing.sheets import Sheet
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import department_of_code, people
from aftersign.orders.acts import adopt, change_customer, change_information, list_customer, register
from aftersign.orders.entries import ContactEntry, CustomerEntry, Particulars, Registration
from aftersign.orders.models import Customer, Order
from aftersign.orders.queries.known import customers_named, known_contract, particulars_of

Verdict = Literal["created", "updated", "unchanged"]
BATCH = 25
"""Rows a transaction where good rows may come in without bad ones, so that nobody waits long for the journal."""

Row = tuple[int, dict[str, str]]
Good = tuple[Row, Wanted]


@dataclass(frozen=True)
class Bad:
    """A row that cannot come in, and why."""

    row: Row
    reasons: tuple[str, ...]


@dataclass
class Outcome:
    """How many orders were, or would be, taken in, and what stays outside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    bad: list[Bad] = field(default_factory=list)

    def count(self, what: Verdict | Bad) -> None:
        """One more order of this kind, or one more bad row."""
        if isinstance(what, Bad):
            self.bad.append(what)
        else:
            setattr(self, what, getattr(self, what) + 1)


@dataclass(frozen=True)
class Intake:
    """The hand that takes orders in, for a company; with a `stage` it adopts the new ones there."""

    company: Company
    by: Actor
    stage: str = ""

    def take(self, asked: Wanted) -> Verdict:
        """Register an order, or bring it to what the row says; raises `Refused`."""
        order = known_contract(asked.contract_no)
        if order is None:
            self._register(asked)
            return "created"
        changed = self._change_customer(order.customer, asked.customer)
        before = particulars_of(order)
        after = _after(before, asked, self.company)
        if after != before:
            change_information(order, entry=after, by=self.by)
        return "updated" if changed or after != before else "unchanged"

    def _register(self, asked: Wanted) -> Order:
        customer = _customer_of(asked.customer)
        if customer is None:
            customer = list_customer(self.company, entry=asked.customer, by=self.by)
        else:
            self._change_customer(customer, asked.customer)
        said = {"currency": self.company.base_currency, **asked.said}
        seller = self._seller(asked.seller)
        registration = Registration(**said, customer=customer.pk, sales_owner=seller.pk)
        if not self.stage:
            return register(self.company, registration=registration, by=self.by)
        return adopt(
            self.company, registration=registration, stage=self.stage, accepted_on=asked.accepted_on, by=self.by
        )

    def _seller(self, seller: Seller) -> Person:
        named = list(people().filter(name=seller.name)[:2])
        if len(named) > 1:
            raise Refused.because(f"sales_owner: several people are called {seller.name}")
        if named:
            return named[0]
        sales = department_of_code("sales")
        if sales is None:
            raise Refused.because("sales_owner: no department is listed with the code sales")
        account = (seller.account or seller.name).replace(" ", ".")
        return list_person(
            self.company, account=account, name=seller.name, title=seller.title, department=sales, by=self.by
        )

    def _change_customer(self, customer: Customer, entry: CustomerEntry) -> bool:
        """Bring a customer to what the row says; what the row leaves out stays."""
        before = _entry_of(customer)
        said = {name: value for name, value in vars(entry).items() if value}
        after = replace(before, **said)
        if after == before:
            return False
        change_customer(customer, entry=after, by=self.by)
        return True


def rows_of(sheet: Sheet, chart: ImportMap, files: Files, shift: int) -> Iterator[Good | Bad]:
    """Each row as what it asks for, or why it cannot be read; a contract number may stand in one row only."""
    seen: dict[str, int] = {}
    for row in sheet.rows:
        if row[0] in sheet.overlong:
            yield Bad(row, ("it has more cells than there are columns",))
            continue
        try:
            asked = wanted(Reading(row[1], files), chart, shift)
        except BadRow as bad:
            yield Bad(row, bad.args)
            continue
        first = seen.setdefault(asked.contract_no.casefold(), row[0])
        yield (row, asked) if first == row[0] else Bad(row, (f"contract_no: stands in row {first} already",))


def take_in(rows: Sequence[Good | Bad], intake: Intake, *, partly: bool, dry_run: bool) -> Outcome:
    """Take in all rows, or none when one is bad; with `partly` the good ones. A dry run only says what would happen."""
    outcome, size = Outcome(), BATCH if partly and not dry_run else len(rows)
    for start in range(0, len(rows), max(1, size)):
        with transaction.atomic():
            for row in rows[start : start + size]:
                outcome.count(row if isinstance(row, Bad) else _taken(row, intake))
            kept_out = bool(outcome.bad) and not partly
            transaction.set_rollback(dry_run or kept_out)
    return replace(outcome, created=0, updated=0) if outcome.bad and not partly else outcome


def _taken(row: Good, intake: Intake) -> Verdict | Bad:
    """What became of a row; of a bad one nothing stays."""
    try:
        with transaction.atomic():
            return intake.take(row[1])
    except Refused as refused:
        reasons = (f"{', '.join(each.missing)}: {each.sentence}".removeprefix(": ") for each in refused.refusals)
        return Bad(row[0], tuple(reasons))


def _after(before: Particulars, asked: Wanted, company: Company) -> Particulars:
    """What an order says once the row has spoken: what the map gives, and the rest as it was."""
    said: dict[str, Any] = {name: _stripped(value) for name, value in asked.said.items()}
    after = replace(before, **said)
    if after.currency == company.base_currency or after.rate is None:
        return replace(after, rate=None, rate_on=None)
    return replace(after, rate_on=after.rate_on or after.signed_on)


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _customer_of(entry: CustomerEntry) -> Customer | None:
    """The customer that is listed with this code, or without one under this name."""
    if entry.code:
        return Customer.objects.filter(code=entry.code).first()
    return customers_named(entry.name).first()


def _entry_of(customer: Customer) -> CustomerEntry:
    contacts = tuple(
        ContactEntry(name=each.name, role=each.role, phone=each.phone, email=each.email, decides=each.decides)
        for each in customer.contacts.order_by("pk")
    )
    return CustomerEntry(
        name=customer.name,
        code=customer.code,
        credit_code=customer.credit_code,
        address=customer.address,
        channel=customer.channel,
        contacts=contacts,
    )
