"""Taking rows in: all of them or, when one is bad, none; or the good ones, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from aftersign.chapters.general.acts import list_person
from aftersign.desk.importing.called import called
from aftersign.desk.importing.entries import BadRow, Fault, Seller, Wanted, wanted
from aftersign.desk.importing.maps import Files, ImportMap, Reading
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Company, Department, Person
from aftersign.kernel.org.queries import department_of_code, named
from aftersign.kernel.shell.sheets import Sheet
from aftersign.orders.acts import adopt, change_customer, change_information, list_customer, register
from aftersign.orders.acts.adopting import adoption_faults
from aftersign.orders.acts.registering import faults_of, stripped
from aftersign.orders.entries import ContactEntry, CustomerEntry, Particulars, Registration
from aftersign.orders.models import Customer, Order
from aftersign.orders.queries.days import today
from aftersign.orders.queries.known import customers_named, known_contract, particulars_of

Verdict = Literal["created", "updated", "unchanged"]
BATCH = 25
"""Rows a transaction where good rows may come in without bad ones, so that nobody waits long for the journal."""

_NOBODY = UUID(int=0)
Tell = Callable[[int], None]
Row = tuple[int, dict[str, str]]
Good = tuple[Row, Wanted]


def _nobody(behind: int) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Bad:
    """A row that cannot come in, why, and what it asks for as far as that can be read."""

    row: Row
    reasons: tuple[Fault, ...]
    asked: Wanted | None = None


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
        stage = asked.stage or self.stage
        if not stage:
            return register(self.company, registration=registration, by=self.by)
        return adopt(self.company, registration=registration, stage=stage, accepted_on=asked.accepted_on, by=self.by)

    def all_wrong(self, asked: Wanted, found: tuple[Fault, ...]) -> tuple[Fault, ...]:
        """What was found to be wrong with a row, and what else would be refused of it: all is mended in one go."""
        wrong = {value for each in found for value in each.value.split(", ")}
        further = (_fault(each) for each in self._refusals(asked))
        return (*found, *(each for each in further if each.value not in wrong))

    def _refusals(self, asked: Wanted) -> Iterator[Refusal]:
        order = known_contract(asked.contract_no) if asked.contract_no else None
        seller = None
        try:
            seller = self._seller_here(asked.seller) if order is None else order.sales_owner
        except Refused as refused:
            yield from refused.refusals
        entry = _so_far(asked, order, seller, self.company)
        stage = asked.stage or self.stage
        judged = faults_of(self.company, entry)
        if stage and order is None:
            judged = adoption_faults(self.company, entry, stage, asked.accepted_on)
        yield from (each for each in judged if "sales_owner" not in each.missing)

    def _seller(self, seller: Seller) -> Person:
        here = self._seller_here(seller)
        if here is not None:
            return here
        account = (seller.account or seller.name).replace(" ", ".")
        sales = cast(Department, department_of_code("sales"))
        return list_person(
            self.company, account=account, name=seller.name, title=seller.title, department=sales, by=self.by
        )

    def _seller_here(self, seller: Seller) -> Person | None:
        """Whoever is meant by a name or an account; None where somebody has to be listed and may. Raises `Refused`."""
        found = named(seller.name)
        if len(found) > 1:
            found = [each for each in found if each.account == seller.account] or found
        if len(found) > 1:
            raise _refused(_("several people are called %(name)s") % {"name": seller.name})
        if found:
            return found[0]
        if department_of_code("sales") is None:
            raise _refused(_("no department is listed with the code sales"))
        if not allowed(self.by, "general.list_person", self.company):
            raise _refused(_("nobody here is called %(name)s; an administrator lists people") % {"name": seller.name})
        return None

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
    names = called()
    for row in sheet.rows:
        if row[0] in sheet.overlong:
            yield Bad(row, (Fault("", _("it has more cells than there are columns")),))
            continue
        faults: tuple[Fault, ...] = ()
        try:
            asked = wanted(Reading(row[1], files), chart, shift, names)
            first = seen.setdefault(asked.contract_no.casefold(), row[0])
        except BadRow as bad:
            asked, faults = bad.asked, bad.faults
            first = seen.get(asked.contract_no.casefold(), row[0])
        if first != row[0]:
            faults = (*faults, Fault("contract_no", _("stands in row %(row)d already") % {"row": first}))
        yield Bad(row, faults, asked) if faults else (row, asked)


def take_in(
    rows: Sequence[Good | Bad], intake: Intake, *, partly: bool, dry_run: bool, tell: Tell = _nobody
) -> Outcome:
    """Take in all rows, or none when one is bad; with `partly` the good ones. A dry run only says what would happen.

    Somebody who waits is told how many rows are behind.
    """
    outcome, size = Outcome(), BATCH if partly and not dry_run else len(rows)
    for start in range(0, len(rows), max(1, size)):
        with transaction.atomic():
            for place, row in enumerate(rows[start : start + size], start):
                outcome.count(_taken(row, intake))
                tell(place + 1)
            kept_out = bool(outcome.bad) and not partly
            transaction.set_rollback(dry_run or kept_out)
    return replace(outcome, created=0, updated=0) if outcome.bad and not partly else outcome


def try_rows(rows: Sequence[Good | Bad], intake: Intake, tell: Tell = _nobody) -> Outcome:
    """What taking in would do with each row; a few at a time, so that nobody waits for it, and nothing stays."""
    outcome = Outcome()
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            for place, row in enumerate(rows[start : start + BATCH], start):
                outcome.count(_taken(row, intake))
                tell(place + 1)
            transaction.set_rollback(True)
    return outcome


def _taken(row: Good | Bad, intake: Intake) -> Verdict | Bad:
    """What became of a row; of a bad one nothing stays."""
    if isinstance(row, Bad):
        return replace(row, reasons=intake.all_wrong(row.asked, row.reasons)) if row.asked else row
    try:
        with transaction.atomic():
            return intake.take(row[1])
    except Refused as refused:
        return Bad(row[0], intake.all_wrong(row[1], tuple(map(_fault, refused.refusals))), row[1])


def _fault(refusal: Refusal) -> Fault:
    return Fault(", ".join(refusal.missing), refusal.sentence, refusal.clauses)


def _so_far(asked: Wanted, order: Order | None, seller: Person | None, company: Company) -> Registration:
    """What a row asks for, were it registered with what can be read of it: for nothing but to judge the rest by."""
    said = {name: value for name, value in asked.said.items() if value is not None}
    stand_in = {"title": "—", "contract_no": "", "kind": "", "currency": company.base_currency}
    # Other days are judged by the day of signing: without one that can be read, by the earliest of themselves.
    others = [day for day in (said.get("delivery_on"), asked.accepted_on) if day]
    before = vars(particulars_of(order)) if order else stand_in | {"signed_on": min(others, default=today(company))}
    return stripped(
        Registration(
            **before | said,
            new_customer=asked.customer,
            sales_owner=seller.pk if seller else _NOBODY,
            repeat_reason=asked.contract_no if order else "",
        )
    )


def _refused(sentence: str) -> Refused:
    """The seller whom a row names cannot be found."""
    return Refused.because(sentence, missing=("sales_owner",))


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
