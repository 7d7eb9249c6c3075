"""A whole simulated order: its facts in the order of entry, its duties by the engine, and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from aftersign.cli.simulating import ending, names
from aftersign.cli.simulating.book import Book
from aftersign.cli.simulating.executing import execute
from aftersign.cli.simulating.handing_over import HandingOver
from aftersign.cli.simulating.opening import Opening
from aftersign.cli.simulating.planning import POSTS, plan
from aftersign.cli.simulating.rulings import ruling
from aftersign.cli.simulating.sheet import CONTRACT, STATEMENT, Sheet, sheet
from aftersign.cli.simulating.staff import known_id
from aftersign.cli.simulating.story import Ground, Over, Someone, Story, Told
from aftersign.cli.simulating.ticking import Ticked, tick
from aftersign.kernel.clock.ids import made_text
from aftersign.policy.engine import Case, Fact, grade_of, read_case

SUSPENDED, TERMINATED = 0.03, 0.02


@dataclass(frozen=True)
class Numbered:
    """An opening with the numbers under which the order and its handover are filed, and whose customer it is."""

    opening: Opening
    number: str
    handover: str
    customer: str
    customer_id: str


@dataclass
class Made:
    """Everything about one order that is to be written."""

    numbered: Numbered
    story: Story
    book: Book
    papers: Mapping[str, str]
    signed: dict[str, Any]
    title: str
    facts: list[Told]
    case: Case
    ticked: Ticked


def made(ground: Ground, numbered: Numbered, file: tuple[str, str]) -> Made:
    """Tell an order from its opening to the end of the history; `file` is the place and digest of its papers."""
    chance = Random(f"{ground.seed}/{numbered.opening.number}")  # noqa: S311 (a simulation)
    story = _begun(ground, numbered, chance)
    signed, title = _signed(story, numbered)
    story.grade = grade_of(ground.rulebook, signed)
    signed["grade"] = story.grade
    book = Book(story.order, numbered.handover, story.new_id(story.now), story.new_id)
    papers = {kind: story.new_id(story.now) for kind in (CONTRACT, STATEMENT)}
    handing = HandingOver(story, book, _Forms(story, numbered, signed, papers, file[1]).version, file)
    _tell(story, handing, numbered, signed)
    facts, case, ticked = _read(story)
    for told in facts:
        if told.then is not None:
            told.then(told.entered)
    return Made(numbered, story, book, papers, signed, title, facts, case, ticked)


def _begun(ground: Ground, numbered: Numbered, chance: Random) -> Story:
    """The story at the signature, with whoever will work on it."""
    desks = ground.desks
    cast = {"manager": ground.manager}
    for post in ("sales", *POSTS, "records"):
        desk = desks["project" if post == "project_manager" else post]
        cast[post] = desk.people[int(len(desk.people) * chance.random() ** 1.2)]
        others = [each for each in desk.people[:40] if each is not cast[post]]
        cast[f"{post}_deputy"] = chance.choice(others) if others else desk.head
        cast[f"{post}_head"] = desk.head
    cast["project_head"] = desks["project"].head
    supplier = f"supplier/{chance.randrange(ground.suppliers)}"
    story = Story(ground, chance, numbered.opening.signed, cast=cast)
    story.order = made_text(story.now // 1000, chance.getrandbits(74))
    cast["supplier"] = Someone(known_id(ground.seed, supplier), supplier)
    return story


def _signed(story: Story, numbered: Numbered) -> tuple[dict[str, Any], str]:
    opening = numbered.opening
    amount = f"{opening.amount}.00"
    said = {
        "customer": numbered.customer,
        "contract_no": numbered.number.replace("SO", "HT"),
        "order_kind": opening.kind,
        "signed_on": story.today.isoformat(),
        "amount": amount,
        "currency": "CNY",
        "amount_base": amount,
        "delivery_on": (story.today + timedelta(days=story.chance.randint(20, 150))).isoformat(),
        "sales_owner": story.cast["sales"].id,
    }
    return said, names.goods(opening.kind, opening.number)


@dataclass
class _Forms:
    """Makes the versions of one order's form."""

    story: Story
    numbered: Numbered
    signed: Mapping[str, Any]
    papers: Mapping[str, str]
    digest: str

    def version(self, version: int, points: int, wish: int) -> Sheet:
        cast, desks = self.story.cast, self.story.ground.desks
        giver = cast["sales"].name
        basic = {key: self.signed[key] for key in ("contract_no", "order_kind", "customer", "signed_on", "amount")}
        basic |= {"currency": "CNY", "delivery_on": self.signed["delivery_on"], "sales_owner": giver}
        basic |= {"contact": ending.CONTACT, "payment": "预付款 30%, 验收款 70%", "warranty": "12 个月"}
        return sheet(
            head={
                "number": self.numbered.handover,
                "version": str(version),
                "order": self.numbered.number,
                "submitted_by": giver,
            },
            basic=basic,
            giver=giver,
            papers={kind: (pk, self.digest) for kind, pk in self.papers.items()},
            others=("quotation", "negotiation_record"),
            recipients=[
                {"department": desks[code].id, "name": code, "word": f"{code}_department"}
                for code in ("project", "customer_service", "finance")
            ],
            points=points,
            wish=wish,
        )


def _tell(story: Story, handing: HandingOver, numbered: Numbered, signed: Mapping[str, Any]) -> None:
    """The main line of the order; what stops it before its end."""
    opening, customer = numbered.opening, {"customer": numbered.customer_id}
    try:
        _state_signing(story, opening, customer, signed)
        if opening.submitted is None:
            return
        story.time = opening.submitted
        story.wait(0, 0)
        _keep_original(story, handing)
        handing.tell()
        fate = story.chance.random()
        plan(story)
        if fate < SUSPENDED:
            ending.suspend(story)
        elif fate < SUSPENDED + TERMINATED:
            story.wait(5, 80)
            ending.terminate(story)
            return
        execute(story)
        ending.complete(story)
    except Over:
        return


def _state_signing(story: Story, opening: Opening, customer: Mapping[str, str], signed: Mapping[str, Any]) -> None:
    """Signed at its own time, and entered together with the registration."""
    at, signing = story.now, opening.registered
    known = ("customer", "contract_no", "order_kind", "signed_on")
    story.time = signing
    story.wait(0, 0)
    story.state("order.signed", "sales", customer, **signed)
    story.told[-1].at = at
    story.state("order.registered", "sales", customer, **{key: signed[key] for key in known})


def _keep_original(story: Story, handing: HandingOver) -> None:
    aside, keeper, place = story.aside(story.time), story.cast["records"], "A-12-03 柜"
    try:
        aside.due(1)
    except Over:
        return
    aside.state(
        "handover.original_received",
        "records",
        keeper=keeper.id,
        place=place,
        receipt=handing.file[1],
        files=(handing.file[1],),
        then=lambda at: handing.book.keep_original(keeper, place, handing.file, at),
    )


def _read(story: Story) -> tuple[list[Told], Case, Ticked]:
    """The facts of the history in the order of entry, and what the policy has made of them at its end."""
    ground = story.ground
    told = sorted(story.told, key=lambda each: each.entered)
    case = read_case(ground.world, engine_facts(told, ground), ground.end)
    if more := [each for each in ruling(story, case) if each.entered < ground.end]:
        told = sorted(told + more, key=lambda each: each.entered)
        case = read_case(ground.world, engine_facts(told, ground), ground.end)
    ticked = tick(story, ground.world, engine_facts(told, ground), case)
    return sorted(told + ticked.told, key=lambda each: each.entered), case, ticked


def engine_facts(told: list[Told], ground: Ground) -> list[Fact]:
    """Facts as the engine reads them."""
    return [
        Fact(each.id, each.name, each.at, each.entered, each.units, each.payload, ground.seen, place)
        for place, each in enumerate(told)
    ]


def day(text: str) -> date:
    """A day as facts say it."""
    return date.fromisoformat(text)
