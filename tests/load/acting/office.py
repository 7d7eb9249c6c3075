"""The people of a simulated company who act, each attempt under an id of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from uuid import UUID

from aftersign.demo.scenes import paper
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Department, Person
from aftersign.orders.entries import PaperEntry
from aftersign.orders.models import Customer

RECEIVING = ("project", "customer_service", "finance")
SELLERS = 50


@dataclass
class Office:
    """The company as one process of the trial finds it."""

    chance: random.Random
    sellers: list[Person]
    heads: dict[str, Person]
    staff: dict[str, list[Person]]
    customers: list[UUID]
    papers: tuple[PaperEntry, ...]

    @classmethod
    def found(cls, number: int) -> Office:
        """The office of the n-th process; each has salespeople of its own."""
        heads, staff = {}, {}
        for department in Department.objects.exclude(code="").select_related("head__department"):
            people = Person.objects.filter(department=department, is_active=True).select_related("department")
            if department.head is not None:
                heads[department.code] = department.head
                staff[department.code] = list(people.exclude(pk=department.head_id).order_by("account")[:400])
        sellers = staff["sales"][number::8][:SELLERS]
        customers = list(Customer.objects.order_by("number").values_list("pk", flat=True)[:2000])
        papers = (
            paper("contract", "合同.pdf"),
            paper("requirement_statement", "需求书 v1.pdf"),
            paper("quotation", "报价单.pdf"),
            PaperEntry(kind="negotiation_record", none_reason="电话议价，没有书面记录"),
        )
        return cls(random.Random(number), sellers, heads, staff, customers, papers)


def at_desk(person: Person) -> Actor:
    """Somebody who does one thing: a form of its own, a request of its own."""
    return Actor("person", person=person, key=str(new_id()), request_id=str(new_id()), address="127.0.0.1")
