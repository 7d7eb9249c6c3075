"""Who may do what with orders, and what an entry must say; nothing here asks the database for more than the actor."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import Predicate, holds_post, operating_account, works_in
from aftersign.kernel.acts.checks import Asking, check
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.clock.days import FIRST
from aftersign.kernel.org.queries import company, department_of_code, departments_under
from aftersign.kernel.units import registry
from aftersign.orders.entries import LineEntry, MilestoneEntry, Particulars, Registration
from aftersign.orders.models import Order
from aftersign.orders.money import HUNDRED
from aftersign.orders.queries.days import rules_began
from aftersign.orders.queries.people import team_of

SALES = "sales"


def _order(unit: Any) -> Order | None:
    root = registry.root_of(unit)
    return root if isinstance(root, Order) else None


def heads_department(code: str) -> Predicate:
    """The head of the department that is listed with a code, and the heads above."""

    def test(actor: Actor, unit: Any) -> bool:
        department = department_of_code(code)
        if department is None or not actor.is_person or actor.person is None:
            return False
        return department.pk in departments_under(actor.person)

    return Predicate(f"head of department {code}", test)


def on_team(*posts: str) -> Predicate:
    """Whoever is named for one of these posts on the order of a unit (without posts: for any), or stands in there."""

    def test(actor: Actor, unit: Any) -> bool:
        order = _order(unit)
        if order is None or not actor.is_person:
            return False
        named = (row for row in team_of(order) if row.is_named and (row.post in posts or not posts))
        return any(actor.id in (row.person_id, row.deputy_id) for row in named)

    return Predicate(f"named on the order for {' or '.join(posts) or 'a post'}", test)


def _sells(actor: Actor, unit: Any) -> bool:
    order = _order(unit)
    return order is not None and actor.is_person and order.sales_owner_id == actor.id


def _heads_team(actor: Actor, unit: Any) -> bool:
    order = _order(unit)
    if order is None or not actor.is_person or actor.person is None:
        return False
    people = [order.sales_owner, *(row.person for row in team_of(order) if row.is_named)]
    return bool({person.department_id for person in people} & departments_under(actor.person))


def _heads_seller(actor: Actor, unit: Any) -> bool:
    order = _order(unit)
    if order is None or not actor.is_person or actor.person is None:
        return False
    return order.sales_owner.department_id in departments_under(actor.person)


def _works_on_orders(actor: Actor, unit: Any) -> bool:
    department = actor.person.department if actor.is_person and actor.person else None
    return department is not None and department.works_on_orders and department.closed_on is None


sells = Predicate("sales owner of the order", _sells)
heads_of_team = Predicate("head of somebody on the order", _heads_team)
heads_seller = Predicate("head of the sales owner", _heads_seller)
works_on_orders = Predicate("department that works on orders", _works_on_orders)

_registers = works_in("sales") | heads_department("sales") | holds_post("general_manager") | operating_account
capabilities.declare("order.register", _registers)
capabilities.declare("order.adopt", _registers)
capabilities.declare("order.list_customer", _registers | works_on_orders)
capabilities.declare("order.change_customer", _registers | works_on_orders)
capabilities.declare("order.change_information", sells | on_team() | heads_of_team | operating_account)
capabilities.declare("order.name_team", heads_department("project") | holds_post("general_manager"))

_answers = sells | on_team() | heads_of_team
for _act in ("request_suspension", "request_termination", "withdraw_request", "resume", "complete", "close"):
    capabilities.declare(f"order.{_act}", _answers)
for _act in ("suspend", "terminate", "reject_request"):
    capabilities.declare(f"order.{_act}", heads_seller | heads_department("project") | holds_post("general_manager"))


@check("signed_before_first_edition")
def signed_before_first_edition(asking: Asking) -> bool:
    """What is to be adopted was signed before the day on which the policy first took effect."""
    entry, began = asking.given.get("registration"), rules_began(company())
    return isinstance(entry, Registration) and began is not None and entry.signed_on < began


def lacking(field: str, sentence: str) -> Refusal:
    """A reason that points at the field of the form to be put right."""
    return Refusal(sentence, missing=(field,))


def repeated_contract(other: Order) -> str:
    """Why a known contract number needs a reason."""
    said = {"contract": other.contract_no, "number": other.number}
    return _("Contract number %(contract)s belongs to %(number)s; write why it is used again.") % said


def faults(entry: Particulars, *, today: date, kinds: Collection[str]) -> Iterator[Refusal]:
    """What stands against an entry, field by field; `kinds` are the kinds of order (none known: any is taken)."""
    if not entry.title.strip():
        yield lacking("title", _("Write what the order is called."))
    if not entry.contract_no.strip():
        yield lacking("contract_no", _("Write the contract number."))
    if not entry.kind or (kinds and entry.kind not in kinds):
        yield lacking("kind", _("Choose the kind of order."))
    yield from _faults_of_dates(entry, today)
    yield from _faults_of_money(entry)
    for number, line in enumerate(entry.lines, 1):
        yield from _faults_of_line(number, line)
    yield from _faults_of_milestones(entry.milestones, entry.amount)
    for number, criterion in enumerate(entry.criteria, 1):
        if not criterion.text.strip():
            yield lacking(
                f"criteria-{number - 1}-text", _("Write what criterion %(number)d demands.") % {"number": number}
            )


def _faults_of_dates(entry: Particulars, today: date) -> Iterator[Refusal]:
    said = {"signed": entry.signed_on, "delivery": entry.delivery_on}
    if entry.signed_on > today:
        yield lacking("signed_on", _("Check the day of signing: %(signed)s has not come yet.") % said)
    elif entry.signed_on < FIRST:
        yield lacking("signed_on", _("Check the year of signing: %(signed)s is too long ago.") % said)
    if entry.delivery_on and entry.delivery_on < entry.signed_on:
        sentence = _("Check the year of delivery: %(delivery)s is before the day of signing, %(signed)s.")
        yield lacking("delivery_on", sentence % said)


def _faults_of_money(entry: Particulars) -> Iterator[Refusal]:
    if entry.amount is not None and entry.amount < 0:
        yield lacking("amount", _("Write an amount that is not negative."))
    if len(entry.currency) != 3 or not entry.currency.isalpha() or not entry.currency.isupper():
        yield lacking("currency", _("Choose the currency."))
    if entry.rate is not None and entry.rate <= 0:
        yield lacking("rate", _("Write a rate above zero."))
    if entry.tax_rate is not None and not 0 <= entry.tax_rate <= HUNDRED:
        yield lacking("tax_rate", _("Write a tax rate between 0 and 100."))


def _faults_of_line(number: int, line: LineEntry) -> Iterator[Refusal]:
    said, field = {"number": number}, f"lines-{number - 1}"
    if not line.name.strip():
        yield lacking(f"{field}-name", _("Write what line %(number)d delivers.") % said)
    if line.quantity <= 0:
        yield lacking(f"{field}-quantity", _("Write a quantity above zero in line %(number)d.") % said)
    if line.unit_price < 0:
        yield lacking(f"{field}-unit_price", _("Write a price that is not negative in line %(number)d.") % said)
    if not 0 <= line.discount <= HUNDRED:
        yield lacking(f"{field}-discount", _("Write a discount between 0 and 100 in line %(number)d.") % said)


def _faults_of_milestones(milestones: tuple[MilestoneEntry, ...], total: Decimal | None) -> Iterator[Refusal]:
    for number, each in enumerate(milestones, 1):
        if not each.name.strip():
            yield lacking(
                f"milestones-{number - 1}-name", _("Write what payment %(number)d is for.") % {"number": number}
            )
    percents = [each.percent for each in milestones if each.percent is not None]
    amounts = [each.amount for each in milestones if each.amount is not None]
    if any(each <= 0 for each in percents + amounts):
        yield lacking("milestones", _("Write payments above zero."))
    elif percents and len(percents) < len(milestones):
        yield lacking("milestones", _("Write the share of every payment, or of none."))
    elif percents and sum(percents, Decimal(0)) != HUNDRED:
        said = {"sum": f"{sum(percents, Decimal(0)).normalize():f}"}
        yield lacking("milestones", _("The payments add up to %(sum)s %%; make it 100 %%.") % said)
    elif milestones and total is not None and len(amounts) == len(milestones) and sum(amounts) != total:
        said = {"sum": f"{sum(amounts):,.2f}", "total": f"{total:,.2f}"}
        yield lacking("milestones", _("The payments add up to %(sum)s; the contract says %(total)s.") % said)
