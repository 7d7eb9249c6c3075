"""The company of the rig, founded by its own acts under the default policy, with an order registered by sales."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from django.core.files.base import ContentFile

from aftersign.chapters.final.acts import install_rooms, put_in_force
from aftersign.chapters.general.acts import change_department, list_department, list_person
from aftersign.chapters.handover.tests.rig import HEADS, NAMES, PASSWORD, STAFF, Firm
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.clock import frozen
from aftersign.kernel.org.models import Company, Person
from aftersign.orders import papers
from aftersign.orders.acts import register
from aftersign.orders.entries import CustomerEntry, PaperEntry, Registration
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.rulebook import DEFAULT

CHINA = timezone(timedelta(hours=8))
KINDS = ("contract", "requirement_statement", "quotation")


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of September 2026 in the company's zone."""
    return datetime(2026, 9, day, hour, minute, tzinfo=CHINA)


def end_of(day: int) -> datetime:
    """The end of a day of September 2026."""
    return at(day, 0) + timedelta(days=1)


def found_under_the_policy() -> Firm:
    """The company in June, and its order signed and registered on 18 September."""
    company = Company.objects.create(name="恒信科技有限公司")
    Person.objects.create(account="operating", name="AfterSign", is_operating=True, is_active=False)
    by = operating("setup")
    with frozen(datetime(2026, 6, 29, 9, tzinfo=CHINA)):
        install_rooms(company, rooms={"general", "handover", "final"}, by=by)
        put_in_force(company, folder=DEFAULT, by=by)
        store.forget()
        departments = {code: list_department(company, name=name, code=code, by=by) for code, name in NAMES.items()}
        people = {}
        for account, name, code in STAFF:
            person = list_person(company, account=account, name=name, department=departments[code], by=by)
            person.set_password(PASSWORD)
            person.save()
            people[account] = person
        for code, account in HEADS.items():
            departments[code] = change_department(departments[code], head=people[account], by=by)
    with frozen(at(18, 9)):
        order = _register(company, people["wumin"])
    return Firm(departments, people, order)


def _register(company: Company, seller: Person) -> Order:
    entry = Registration(
        title="Data platform",
        contract_no="HT-2026-0231",
        kind="project",
        signed_on=date(2026, 9, 18),
        signed_at=at(18, 8),
        currency="CNY",
        amount=Decimal(100000),
        delivery_on=date(2027, 3, 31),
        sales_owner=seller.pk,
        new_customer=CustomerEntry(name="北辰医疗科技股份有限公司"),
        papers=tuple(map(_paper, KINDS)),
    )
    return register(company, registration=entry, by=Actor("person", person=seller))


def _paper(kind: str) -> PaperEntry:
    return papers.store(ContentFile(b"%PDF-1.7 " + kind.encode(), name=f"{kind}.pdf")).as_paper(kind)
