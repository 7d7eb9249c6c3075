"""Random acts on orders and customers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from aftersign.demo.scenes import paper
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company, people
from aftersign.orders import acts
from aftersign.orders.entries import CustomerEntry, LineEntry, MemberEntry, PaperEntry, Registration
from aftersign.orders.models import Customer, HaltRequest, Order
from aftersign.orders.queries.known import particulars_of
from tests.company.acting.walk import Move, Walk

KINDS = ("sales", "service", "project", "rental", "maintenance", "call_off", "other")
STAGES = ("signed", "handed_over", "planned", "executing", "completed", "closed", "suspended", "none")
POSTS = ("project_manager", "customer_service", "finance", "procurement", "quality", "sales")
RUNNING = ("signed", "handed_over", "planned", "executing")


def order(walk: Walk) -> Order:
    """Some order, mostly one that is still worked on."""
    rows = Order.objects.order_by("number")
    return walk.one(rows.filter(stage__in=RUNNING) if walk.happens(0.8) else rows)


def register(walk: Walk) -> object:
    entry = _registration(walk, walk.day(-4, 0))
    return walk.does("order.register", acts.register, company(), registration=entry)


def adopt(walk: Walk) -> object:
    entry = _registration(walk, walk.day(-90, -20))
    stage = walk.chance.choice(STAGES)
    accepted = walk.day(-20, 0) if stage in ("completed", "closed") or walk.happens(0.1) else None
    given = {"registration": entry, "stage": stage, "accepted_on": accepted, "reason": walk.words()}
    return walk.does("order.adopt", acts.adopt, company(), **given)


def name_team(walk: Walk) -> object:
    here = list(people().order_by("account")) if walk.happens(0.9) else list(Person.objects.order_by("account"))
    posts = POSTS[:-1] if walk.happens(0.7) else walk.some(POSTS)
    team = tuple(MemberEntry(post=each, person=walk.one(here).pk, deputy=_deputy(walk, here)) for each in posts)
    return walk.does("order.name_team", acts.name_team, order(walk), team=team)


def change_information(walk: Walk) -> object:
    found = order(walk)
    changes = {
        "title": walk.words(),
        "delivery_on": walk.day(-10, 200),
        "amount": _amount(walk),
        "contract_no": _contract(walk),
        "kind": walk.chance.choice(KINDS),
        "secrecy": walk.chance.choice(("", "internal", "confidential")),
        "lines": (_line(walk),),
    }
    said = {name: changes[name] for name in walk.some(sorted(changes))[:2]}
    entry = replace(particulars_of(found), **said)
    return walk.does("order.change_information", acts.change_information, found, entry=entry)


def complete(walk: Walk) -> object:
    found = order(walk)
    accepted = walk.day(-6, 0) if walk.happens(0.5) else walk.today
    given = {"accepted_by": walk.words(), "accepted_on": accepted, "warranty_until": walk.day(-3, 400)}
    return walk.does("order.complete", acts.complete, found, acceptance=paper("acceptance", "验收单.pdf"), **given)


def close(walk: Walk) -> object:
    ended = Order.objects.filter(stage__in=("completed", "terminated")).order_by("number")
    return walk.does("order.close", acts.close, walk.one(ended) if walk.happens(0.9) else order(walk))


def ask_for_halt(walk: Walk) -> object:
    found, reason = order(walk), walk.words()
    if walk.happens(0.75):
        return walk.does("order.request_suspension", acts.request_suspension, found, reason=reason)
    given = {"reason": reason, "settled_how": walk.words()}
    return walk.does("order.request_termination", acts.request_termination, found, **given)


def decide_on_halt(walk: Walk) -> object:
    rows = HaltRequest.objects.select_related("order").order_by("requested_at", "pk")
    request = walk.one(rows.filter(state="asked") if walk.happens(0.9) else rows)
    found = request.order if walk.happens(0.95) else order(walk)
    if walk.happens(0.15):
        given = {"request": request, "reason": walk.words()}
        return walk.does("order.reject_request", acts.reject_request, found, **given)
    if walk.happens(0.15):
        return walk.does("order.withdraw_request", acts.withdraw_request, found, request=request)
    if (request.kind == "suspension") == walk.happens(0.95):
        return walk.does("order.suspend", acts.suspend, found, request=request)
    return walk.does("order.terminate", acts.terminate, found, request=request)


def resume(walk: Walk) -> object:
    halted = Order.objects.filter(stage="suspended").order_by("number")
    found = walk.one(halted) if walk.happens(0.9) else order(walk)
    return walk.does("order.resume", acts.resume, found, reason=walk.words())


def list_customer(walk: Walk) -> object:
    return walk.does("order.list_customer", acts.list_customer, company(), entry=_customer(walk))


def change_customer(walk: Walk) -> object:
    found = walk.one(Customer.objects.order_by("number"))
    return walk.does("order.change_customer", acts.change_customer, found, entry=_customer(walk))


def _registration(walk: Walk, signed: object) -> Registration:
    amount, known = _amount(walk), list(Customer.objects.order_by("number"))
    return Registration(
        title=walk.words(),
        contract_no=_contract(walk),
        repeat_reason=walk.words() if walk.happens(0.5) else "",
        kind=walk.chance.choice(KINDS) if walk.happens(0.97) else "barter",
        signed_on=signed,  # type: ignore[arg-type]
        currency="CNY" if walk.happens(0.9) else walk.chance.choice(("USD", "usd", "")),
        rate=Decimal("7.1") if walk.happens(0.3) else None,
        delivery_on=walk.day(-2, 120) if walk.happens(0.8) else None,
        amount=amount,
        sales_owner=_seller(walk).pk,
        customer=walk.one(known).pk if known and walk.happens(0.8) else None,
        new_customer=_customer(walk),
        lines=(_line(walk),) if walk.happens(0.5) else (),
        papers=_papers(walk),
        team=tuple(MemberEntry(post=each, person=walk.anybody().pk) for each in POSTS[:2] if walk.happens(0.3)),
    )


def _seller(walk: Walk) -> Person:
    sellers = people().filter(department__code="sales").order_by("account")
    return walk.one(sellers) if sellers and walk.happens(0.95) else walk.anybody()


def _papers(walk: Walk) -> tuple[PaperEntry, ...]:
    kinds = ("contract", "requirement_statement", "quotation")
    found = tuple(paper(each, f"{each}.pdf") for each in kinds if walk.happens(0.93))
    return (*found, PaperEntry(kind="negotiation_record", none_reason=walk.words()))


def _customer(walk: Walk) -> CustomerEntry:
    return CustomerEntry(name=f"{walk.words()}{walk.chance.randint(1, 30)}", code=str(walk.chance.randint(1, 400)))


def _line(walk: Walk) -> LineEntry:
    quantity = Decimal(walk.chance.randint(1, 9) if walk.happens(0.95) else -1)
    return LineEntry(name=walk.words(), quantity=quantity, unit_price=Decimal(1000))


def _amount(walk: Walk) -> Decimal | None:
    return walk.chance.choice((None, *map(Decimal, (0, 20_000, 80_000, 400_000, 800_000, 3_000_000, -1))))


def _contract(walk: Walk) -> str:
    return f"HT-{walk.chance.randint(1, 4000)}"


def _deputy(walk: Walk, here: list[Person]) -> object:
    return walk.one(here).pk if walk.happens(0.5) else None


MOVES: dict[Move, int] = {
    register: 8,
    adopt: 2,
    name_team: 6,
    change_information: 5,
    complete: 4,
    close: 2,
    ask_for_halt: 4,
    decide_on_halt: 6,
    resume: 3,
    list_customer: 1,
    change_customer: 2,
}
