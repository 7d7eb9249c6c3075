"""Tables of the spine: customers, their signed orders, and what every order has; anything more belongs to a chapter."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person
from aftersign.orders import states


class Customer(models.Model):
    """Somebody who signs orders with the company."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=60, blank=True, default="")
    credit_code = models.CharField(max_length=40, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    channel = models.CharField(max_length=40, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_customer_a_code"),
        ]
        indexes: ClassVar = [models.Index(fields=["name"], name="customer_by_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person at the customer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    decides = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


SORTED = ("title", "stage", "grade", "kind", "delivery_on", "amount_base")
"""Columns by which the list of orders can be sorted that have no index for it yet."""


class Order(models.Model):
    """A signed order; `grade` and `stage` are derived from its facts and never set by hand.

    `amount` is in `currency`, tax included; `rate` turns it into the company's base currency and is kept with its date.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    contract_no = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    grade = models.CharField(max_length=20, blank=True, default="")
    stage = models.CharField(max_length=40, blank=True, default="")
    signed_on = models.DateField()
    delivery_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=15, decimal_places=6, null=True, blank=True)
    rate_on = models.DateField(null=True, blank=True)
    amount_base = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    secrecy = models.CharField(max_length=40, blank=True, default="")
    sales_owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sold_orders", db_index=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-signed_on", "-id"], name="order_by_signing"),
            models.Index(fields=["contract_no"], name="order_by_contract"),
            models.Index(fields=["stage", "-signed_on", "-id"], name="order_by_stage"),
            models.Index(fields=["sales_owner", "-signed_on"], name="order_by_owner"),
            # A contract number is known however it is written; and a list is read in the order of an index.
            models.Index(Upper("contract_no"), name="order_by_contract_known"),
            *(models.Index(fields=[each, "id"], name=f"order_sorted_by_{each}") for each in SORTED),
        ]

    def __str__(self) -> str:
        return self.number


class Line(models.Model):
    """One line of what was ordered; `discount` in percent, `amount` in the order's currency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    specification = models.CharField(max_length=300, blank=True, default="")
    quantity = models.DecimalField(max_digits=15, decimal_places=3)
    measure = models.CharField(max_length=20, blank=True, default="")
    unit_price = models.DecimalField(max_digits=15, decimal_places=4)
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    amount = models.DecimalField(max_digits=15, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "position"], name="one_line_a_position")]


class Milestone(models.Model):
    """A payment that the contract promises: `percent` of the total, in the order's currency."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    condition = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["position"]


class Criterion(models.Model):
    """Something that the customer will judge the delivery by, and where that is written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=500)
    source = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["position"]


class TeamMember(models.Model):
    """Who holds a post on an order; proposed at registration, named by the head of the project department."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="team", db_index=False)
    post = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="order_posts")
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="order_deputies")
    is_named = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["order", "post"], name="one_person_a_post")]


class DefaultMember(models.Model):
    """Whom the company proposes for a post on orders of a kind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    post = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "post"], name="one_default_a_post")]


class Paper(models.Model):
    """A file that belongs to an order, by the kind of document it is; `sha256` is that of its bytes.

    A paper without a file says that there is none: `none_reason`, and `stated_by` says so.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True, default="")
    file = models.FileField(upload_to="papers/", blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    none_reason = models.CharField(max_length=200, blank=True, default="")
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["stated_at", "id"]


class InformationChange(models.Model):
    """Something about an order that was changed after it had been registered, with what stood there before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="information_changes")
    item = models.CharField(max_length=60)
    old = models.TextField(blank=True, default="")
    new = models.TextField(blank=True, default="")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["changed_at", "id"]


class HaltRequest(models.Model):
    """Somebody asks that an order be suspended or terminated; another approves or rejects it.

    It lapses when the order is completed, terminated or closed in the meantime. `answer` says why it was rejected.
    """

    MOVES: ClassVar = frozenset(states.HALT)

    class Kind(models.TextChoices):
        """What is asked for."""

        SUSPENSION = "suspension", _("Suspension")
        TERMINATION = "termination", _("Termination")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="halt_requests")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.CharField(max_length=500)
    settled_how = models.CharField(max_length=500, blank=True, default="")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=states.ASKED)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["requested_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "kind"], condition=Q(state=states.ASKED), name="one_open_request_a_kind"
            )
        ]

    @property
    def askers(self) -> frozenset[UUID]:
        """The people who asked: who entered the request, and on whose behalf."""
        return frozenset(each for each in (self.requester_id, self.on_behalf_of_id) if each)
