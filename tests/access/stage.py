"""The company of the access table: a person for each role, and two orders in every state that a page asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils.timezone import localtime

from aftersign.chapters.final import acts as final
from aftersign.chapters.general.acts import list_person, name_deputy, request_waiver
from aftersign.chapters.general.models import Request
from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.models import HandoverCopy, Question, Signature
from aftersign.chapters.handover.queries import SEALED_FORM
from aftersign.demo import scenes
from aftersign.demo.cast import TEAM
from aftersign.demo.sheets import pdf
from aftersign.desk.adopting.keeping import keep
from aftersign.desk.models import OrderTable
from aftersign.desk.queries.compliance.made import Made
from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.access.models import Event
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import new_id, now
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.notices.models import Notice
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.seal.models import SEALED, SealedForm, ToSeal
from aftersign.kernel.shell.models import SavedView
from aftersign.kernel.shell.sheets import sheet_of
from aftersign.kernel.vault.taking import take
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

    def signature(self, code: str) -> Signature:
        """The signature of a department under the order that all have accepted."""
        return Signature.objects.get(order=self.accepted, department__code=code)

    @property
    def question(self) -> Question:
        """What the project department asked."""
        return Question.objects.get(order=self.sent)

    @property
    def paper(self) -> Paper:
        """A paper of the order."""
        return Paper.objects.filter(order=self.sent).exclude(file="").first() or Paper()

    @property
    def sealed(self) -> SealedForm:
        """The sealed form of the accepted order."""
        return SealedForm.objects.get(order_id=self.accepted.pk)

    @property
    def duty(self) -> Duty:
        """The duty of the project department to sign for its copy."""
        return Duty.objects.get(order=self.sent, term="2.1.3.b", unit_id=str(self.copy.pk))

    @property
    def table(self) -> OrderTable:
        """The table of running orders that the salesperson sent."""
        return OrderTable.objects.get(sent_by=self.sent.sales_owner_id)

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
    notice: Notice


def set_up(firm: Firm) -> Stage:
    """Two more people, six orders, a question each, and a view of a list and a notice that belong to the seller."""
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
        _send_a_table(Actor("person", person=away))
    sides = {"own": _orders(firm, "本人订单", OWN), "foreign": _orders(firm, "他人订单", FOREIGN)}
    view = SavedView.objects.create(
        owner=Person.objects.get(account="wumin"), list_name="orders", label="我的", query="stage=signed"
    )
    _print_a_paper()
    told = {"unit": "order", "unit_id": str(sides["own"].sent.pk), "reason": "named", "level": 0, "at": now()}
    notice = Notice.objects.create(person=Person.objects.get(account="wumin"), **told)
    return Stage(sides, view, notice)


def _print_a_paper() -> None:
    """A line of the audit log about an audit paper, as one that states the first fact of the journal."""
    first, auditor = Entry.objects.get(pk=1), Person.objects.get(account=PEOPLE["auditor"])
    made = Made("ab" * 32, "pdf", 1, first.hash, "period=2026-Q3&grade=A")
    audit.note(Event.EXPORTED, by=Actor("person", person=auditor), subject=made.subject)


def _send_a_table(by: Actor) -> None:
    content = "合同号\nHT-2025-0001".encode()
    table = keep(by, sheet_of("running.csv", content), {"running.csv": content}, "")
    told = dict.fromkeys(("kind", "signed_on"), "-") | {"contract_no": "{合同号}"}
    table.chart = {"order": told, "customer": {"name": "-"}, "sales_owner": {"name": "-"}}
    table.save()


def _draft_an_edition() -> None:
    """An edition that waits for its approval."""
    files = with_version(with_values(load(DEFAULT), {"handover_form_days": NewValue("2bd")}), "3")
    final.draft(company(), files={**files}, reason="一天填不完", by=scenes.actor("guting"))


def _orders(firm: Firm, title: str, team: Mapping[str, tuple[str, str | None]]) -> Set:
    made = [firm.register(f"{title}{state}", points=1) for state in ("一", "二", "三")]
    for order in made[1:]:
        firm.send(order, points=1)
    scenes.accept(made[2], "project")
    _accept_by_hand(made[2], "customer_service")
    scenes.accept(made[2], "finance")
    scenes.keep_original(made[2])
    _seal(made[2])
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


def _seal(order: Order) -> None:
    """What the worker keeps of an accepted form, without the seal itself."""
    asked = {"form": SEALED_FORM, "unit_kind": "order", "unit_id": str(order.pk), "order_id": order.pk}
    row = ToSeal.objects.create(**asked, cause=new_id(), state=SEALED, asked_at=now(), next_at=now())
    file = asdict(take(ContentFile(pdf(order.title, ()), name=f"{order.number}.pdf")))
    SealedForm.objects.create(**asked, **file, asked=row, number=order.number, version=1, sealed_at=now())


def _accept_by_hand(order: Order, code: str) -> None:
    """A department enters that it has signed the printed form."""
    copy, by = scenes.copy_of(order, code), scenes.actor(scenes.RECEIVERS[code])
    scan = take(ContentFile(b"%PDF-1.7 \n", name="签字件.pdf"))
    signer, keeper = (Person.objects.get(account=each) for each in (scenes.RECEIVERS[code], "sunqian"))
    paper = handover.Paper(signer, localtime(now()).date(), copy.form.check_value, scan, keeper, "A-12")
    points = tuple(each["no"] for each in copy.form.content.key_points)
    ceremony = handover.Ceremony("按本版负责", paper=paper)
    handover.accept_on_paper(copy, check_value=copy.form.check_value, points=points, ceremony=ceremony, by=by)


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
