"""The company of the access table: a person for each role, and two orders in every state that a page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from django.utils.timezone import localtime

from aftersign.chapters.final import acts as final
from aftersign.chapters.general.acts import list_person, name_deputy, request_waiver
from aftersign.chapters.general.models import Request
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.models import HandoverCopy, Question
from aftersign.demo import scenes
from aftersign.demo.cast import TEAM
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.models import SavedView
from aftersign.orders import acts as orders
from aftersign.orders.entries import MemberEntry
from aftersign.orders.models import Order, Paper
from aftersign.policy.editions.editing import NewValue, with_values, with_version
from aftersign.policy.models import Duty, StatedFact
from aftersign.policy.rulebook import DEFAULT, load
from tests.firm import PASSWORD, Firm

PEOPLE = {
    "seller": "wumin",
    "other_seller": "suyu",
    "sales_head": "lujian",
    "project_manager": "linxiaolan",
    "project_member": "tangjie",
    "project_head": "wangqiming",
    "customer_service": "zhouyan",
    "finance": "hejing",
    "records": "sunqian",
    "general_manager": "chenli",
    "policy_owner": "guting",
    "auditor": "fangzheng",
    "administrator": "admin",
    "disabled": "wumin",
    "left": "wumin",
}
"""Who plays which role; whoever is disabled or has left was the seller of the order."""

DEPUTY = "heqing"
"""Somebody of no role at all, who acts for others while these are away."""

OWN = TEAM | {"sales": ("wumin", None)}
FOREIGN = OWN | {
    "sales": ("suyu", None),
    "project_manager": ("dengkai", "huangtao"),
    "customer_service": ("xufang", "huangtao"),
    "finance": ("luoyun", "huangtao"),
}
"""Who holds the posts of an order, and who stands in."""


@dataclass(frozen=True)
class Set:
    """One order in three states: registered, sent with a question open, and accepted by all."""

    fresh: Order
    sent: Order
    accepted: Order

    @property
    def copy(self) -> HandoverCopy:
        """The copy of the project department."""
        return HandoverCopy.objects.get(order=self.sent, department__code="project")

    @property
    def question(self) -> Question:
        """What the project department asked."""
        return Question.objects.get(order=self.sent)

    @property
    def paper(self) -> Paper:
        """A paper of the order."""
        return Paper.objects.filter(order=self.sent).exclude(file="").first() or Paper()

    @property
    def duty(self) -> Duty:
        """The duty of the project department to sign for its copy."""
        return Duty.objects.get(order=self.sent, term="2.1.3.b", unit_id=str(self.copy.pk))

    @property
    def exception(self) -> Request:
        """The waiver of this duty, for which the project leader has asked."""
        return Request.objects.get(order=self.sent)

    @property
    def refused(self) -> RefusedAct:
        """That the head of the project department could not complete the order."""
        return RefusedAct.objects.get(order_id=self.sent.pk)

    @property
    def fact(self) -> StatedFact:
        """That the project leader asked a question."""
        return StatedFact.objects.get(order=self.sent, fact="handover.question_asked")


@dataclass(frozen=True)
class Stage:
    """Everything that the table is tried on; a set of orders for each side."""

    sides: dict[str, Set]
    view: SavedView


def set_up(firm: Firm) -> Stage:
    """Two more people, six orders, a question each, and a view of a list that belongs to the seller."""
    by = operating("setup")
    for account, name, like in (
        ("suyu", "苏雨", "wumin"),
        ("tangjie", "唐杰", "linxiaolan"),
        (DEPUTY, "何青", "chenli"),
    ):
        department = Person.objects.get(account=like).department
        person = list_person(company(), account=account, name=name, department=department, by=by)
        person.set_password(PASSWORD)
        person.save()
    admin = list_person(company(), account="admin", name="管理员", is_administrator=True, by=by)
    admin.set_password(PASSWORD)
    admin.save()
    _draft_an_edition()
    day = localtime(now()).date()
    for account in ("wumin", "suyu"):
        away, deputy = (Person.objects.get(account=each) for each in (account, "tangjie"))
        name_deputy(away, deputy=deputy, from_on=day, until=day, by=Actor("person", person=away))
    sides = {"own": _orders(firm, "本人订单", OWN), "foreign": _orders(firm, "他人订单", FOREIGN)}
    view = SavedView.objects.create(
        owner=Person.objects.get(account="wumin"), list_name="orders", label="我的", query="stage=signed"
    )
    return Stage(sides, view)


def _draft_an_edition() -> None:
    """An edition that waits for its approval."""
    files = with_version(with_values(load(DEFAULT), {"handover_form_days": NewValue("2bd")}), "3")
    final.draft(company(), files={**files}, reason="一天填不完", by=scenes.actor("guting"))


def _orders(firm: Firm, title: str, team: Mapping[str, tuple[str, str | None]]) -> Set:
    made = [firm.register(f"{title}{state}", points=1) for state in ("一", "二", "三")]
    for order in made[1:]:
        firm.send(order, points=1)
    for code in scenes.RECEIVERS:
        scenes.accept(made[2], code)
    copy = HandoverCopy.objects.get(order=made[1], department__code="project")
    handover.ask(copy, text="由谁供电？", by=scenes.actor("linxiaolan"))
    duty = Duty.objects.get(term="2.1.3.b", unit_id=str(copy.pk))
    request_waiver(duty, reason="客户暂停", until=date(2026, 9, 30), by=scenes.actor("linxiaolan"))
    ids = dict(Person.objects.values_list("account", "pk"))
    named = tuple(
        MemberEntry(post=post, person=ids[who], deputy=ids[deputy] if deputy else None)
        for post, (who, deputy) in team.items()
    )
    for order in made:
        orders.name_team(order, team=named, by=scenes.actor("wangqiming"))
    with pytest.raises(Refused):
        scenes.complete(made[1], "wangqiming")
    return Set(*(Order.objects.get(pk=order.pk) for order in made))


def actor_of(role: str) -> Actor | None:
    """Somebody in a role at their desk; None for a stranger."""
    return None if role == "stranger" else play(role)


def deputy_of(role: str) -> Actor:
    """Somebody who acts for the person who plays a role."""
    for_whom = play(role).person
    return Actor("person", person=Person.objects.get(account=DEPUTY), on_behalf_of=for_whom)


def play(role: str) -> Actor:
    """The person who plays a role, in the state that it names."""
    person = Person.objects.select_related("department").get(account=PEOPLE[role])
    if role == "disabled":
        person.is_active = False
    if role == "left":
        person.left_on = date(2026, 9, 4)
    if role in ("disabled", "left"):
        person.save()
    return Actor("person", person=person)
