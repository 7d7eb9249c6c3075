"""What is entered about customers and orders, as plain values: forms, importers and the demo make them for the acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ContactEntry:
    """A person at the customer; `decides` marks whoever decides there."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    decides: bool = False


@dataclass(frozen=True, kw_only=True)
class CustomerEntry:
    """A customer; `code` is the company's own code, `credit_code` that of the business register."""

    name: str
    code: str = ""
    credit_code: str = ""
    address: str = ""
    channel: str = ""
    contacts: tuple[ContactEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LineEntry:
    """One line of what was ordered; `discount` in percent; without `amount` it is worked out."""

    name: str
    quantity: Decimal
    unit_price: Decimal
    specification: str = ""
    measure: str = ""
    discount: Decimal = Decimal(0)
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class MilestoneEntry:
    """A payment that the contract promises; `percent` of the total, `amount` in the order's currency."""

    name: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    due_on: date | None = None
    condition: str = ""


@dataclass(frozen=True, kw_only=True)
class CriterionEntry:
    """Something that the delivery will be judged by, and where that is written."""

    text: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperEntry:
    """A stored file and the kind of document that it is; or, with `none_reason`, the statement that there is none."""

    kind: str
    name: str = ""
    file: str = ""
    size: int = 0
    sha256: str = ""
    none_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MemberEntry:
    """Who is to hold a post on an order, and who stands in."""

    post: str
    person: UUID
    deputy: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an order says and what may be changed later; money in `currency`, tax included.

    `rate` turns an amount into the company's base currency as on `rate_on` (default: the day of signing).
    """

    title: str
    contract_no: str
    kind: str
    signed_on: date
    currency: str
    delivery_on: date | None = None
    amount: Decimal | None = None
    rate: Decimal | None = None
    rate_on: date | None = None
    tax_rate: Decimal | None = None
    secrecy: str = ""
    lines: tuple[LineEntry, ...] = ()
    milestones: tuple[MilestoneEntry, ...] = ()
    criteria: tuple[CriterionEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Registration(Particulars):
    """Everything that is entered when a signed order is registered.

    The customer is either listed (`customer`) or new (`new_customer`). `signed_at` is the moment of signing where it is
    known; otherwise the day of signing counts from its first minute. `repeat_reason` says why a contract number is used
    again. `team` is only proposed.
    """

    sales_owner: UUID
    customer: UUID | None = None
    new_customer: CustomerEntry | None = None
    signed_at: datetime | None = None
    repeat_reason: str = ""
    papers: tuple[PaperEntry, ...] = ()
    team: tuple[MemberEntry, ...] = ()
