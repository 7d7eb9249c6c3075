"""Every clause of the handover, met and refused, by the acts of people; a refused act changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest

from aftersign.chapters.handover import acts as handover
from aftersign.chapters.handover.acts import Ceremony, Session
from aftersign.chapters.handover.content import MATTERS, Section
from aftersign.demo import scenes
from aftersign.demo.scenes import RECEIVERS, actor, content_of, copy_of, receiving
from aftersign.demo.script import Plot
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal.models import Entry
from aftersign.orders.models import Order
from aftersign.policy.models import Duty
from aftersign.policy.steps import run_due
from tests.firm import Firm

Later = Callable[[str], AbstractContextManager[object]]
CEREMONY = Ceremony("内容属实，材料齐全")


def plot_of(order: Order, points: int = 0) -> Plot:
    return Plot(order.title, order.customer.name, order.kind, Decimal(1), 0, (), points)


@contextmanager
def refused(*terms: str) -> Iterator[None]:
    """The block is refused by exactly these terms, and no fact is stated."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as no:
        yield
    assert sorted({term for each in no.value.refusals for term in each.terms}) == sorted(terms)
    assert Entry.objects.count() == before


def submit(order: Order, points: int = 0) -> None:
    handover.submit(order, content=content_of(order, plot_of(order, points)), by=actor("wumin"))


def sign(order: Order) -> None:
    form = order.handover.copies.model.form.field.related_model.objects.filter(order=order).latest("number")
    handover.sign(order, check_value=form.check_value, ceremony=CEREMONY, by=actor("wumin"))


def state_of(order: Order, term: str) -> list[str]:
    return sorted(Duty.objects.filter(order=order, term=term).values_list("state", flat=True))


def test_a_late_registration_is_late(firm: Firm, later: Later) -> None:
    with later("2026-09-15 10:00"):
        order = scenes.register(plot_of_title("补登记"), 9, firm.moment.date().toordinal())
    assert state_of(order, "1.2.1.a") == ["done_late"]
    assert state_of(order, "2.1.1.a") == ["breached"]


def plot_of_title(title: str) -> Plot:
    return Plot(title, "北辰医疗科技股份有限公司", "sales", Decimal(100_000), 0, ())


def test_the_form_must_have_its_parts(firm: Firm) -> None:
    order = firm.register()
    content = content_of(order, plot_of(order))
    sections = {**content.sections, MATTERS: Section(())}
    with refused("2.1.1.b"):
        handover.submit(order, content=replace(content, sections=sections), by=actor("wumin"))
    papers = tuple(each for each in content.documents if each.kind != "requirement_statement")
    with refused("2.2.2.a"):
        handover.submit(order, content=replace(content, documents=papers), by=actor("wumin"))
    assert state_of(order, "2.1.1.a") == ["open"]
    submit(order)
    assert state_of(order, "2.1.1.a") == ["done"]


def test_first_submitted_then_signed_then_distributed(firm: Firm, later: Later) -> None:
    order = firm.register()
    with pytest.raises(Refused):
        handover.sign(order, check_value="x", ceremony=CEREMONY, by=actor("wumin"))
    submit(order)
    with refused("2.1.3.a"):
        handover.distribute(order, departments=receiving(), by=actor("wumin"))
    with later("2026-09-10 10:00"):
        run_due()
        sign(order)
        with refused("2.1.2.b"):
            handover.distribute(order, departments=receiving()[:2], by=actor("wumin"))
        handover.distribute(order, departments=receiving(), by=actor("wumin"))
    assert state_of(order, "2.1.2.a") == ["done_late"]


def test_signing_before_the_form_names_the_clause(firm: Firm) -> None:
    order = firm.register()
    with refused("2.1.3.f"):
        handover.sign(order, check_value="x", ceremony=CEREMONY, by=actor("wumin"))


def test_the_giver_never_receives(firm: Firm) -> None:
    order = firm.register()
    firm.send(order)
    copy = copy_of(order, "finance")
    person = actor("wumin").person
    assert person is not None
    person.department = copy.department
    person.save(update_fields=["department"])
    with refused("2.1.3.d"):
        handover.accept_copy(copy, check_value=copy.form.check_value, ceremony=CEREMONY, by=actor("wumin"))


def test_returned_corrected_and_accepted_by_all(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-07 15:00"):
        scenes.accept(order, "project")
        scenes.send_back(order, "finance")
    with later("2026-09-07 16:00"):
        submit(order)
        copy = copy_of(order, "finance")
        with refused("2.1.3.g"):
            handover.resend_copy(copy, note="", answers={}, by=actor("wumin"))
        with refused("2.1.3.i"):
            customer = copy_of(order, "customer_service")
            check = customer.form.check_value
            handover.accept_copy(customer, check_value=check, ceremony=CEREMONY, by=actor("zhouyan"))
    with later("2026-09-08 10:00"):
        scenes.resend(order, plot_of(order))
    assert state_of(order, "2.1.3.c") == ["done"]
    assert state_of(order, "2.1.3.h") == ["open"]
    with later("2026-09-08 11:00"):
        for code in RECEIVERS:
            scenes.accept(order, code)
    assert state_of(order, "2.1.3.h") == ["done"]
    assert Entry.objects.filter(order_id=order.pk, fact="handover.accepted").count() == 1
    with refused("2.1.3.j"):
        submit(order)


def test_a_correction_that_comes_late_and_a_new_version_left_lying(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-07 15:00"):
        scenes.accept(order, "project")
        scenes.send_back(order, "finance")
    with later("2026-09-10 10:00"):
        run_due()
        scenes.resend(order, plot_of(order))
    assert state_of(order, "2.1.3.c") == ["done_late"]
    with later("2026-09-16 10:00"):
        run_due()
    assert state_of(order, "2.1.3.h") == ["breached"]


def test_key_points_are_explained_and_confirmed(firm: Firm, later: Later) -> None:
    order = firm.register(points=1)
    firm.send(order, points=1)
    copy = copy_of(order, "project")
    with refused("2.3.2.b"):
        check = copy.form.check_value
        handover.accept_copy(copy, check_value=check, ceremony=CEREMONY, by=actor("linxiaolan"))
    points = tuple(each["no"] for each in copy.form.content.key_points)
    person = actor("linxiaolan").person
    assert person is not None
    session = Session(held_at=firm.moment, channel="online", attendees=(person,))
    handover.explain(order, copies=(copy,), session=session, points=points, by=actor("wumin"))
    assert state_of(order, "2.3.2.a") == ["done", "open", "open"]
    scenes.accept(order, "project")
    with later("2026-09-16 10:00"):
        run_due()
    assert state_of(order, "2.3.2.a") == ["breached", "breached", "done"]


def test_questions_are_answered_in_time(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    copy = copy_of(order, "project")
    first = handover.ask(copy, text="首批医院有哪些？", by=actor("linxiaolan"))
    handover.ask(copy, text="供电由谁负责？", by=actor("linxiaolan"))
    handover.answer(first, text="名单见谈判记录附表", by=actor("wumin"))
    with later("2026-09-10 10:00"):
        run_due()
    assert state_of(order, "2.3.1.b") == ["breached", "done"]


def test_the_team_is_named_in_time_or_late(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    for code in RECEIVERS:
        scenes.accept(order, code)
    assert state_of(order, "1.3.4.a") == ["open"]
    with later("2026-09-14 10:00"):
        run_due()
        scenes.name_team(order)
    assert state_of(order, "1.3.4.a") == ["done_late"]
