"""People leave, duties change hands, days change: orders follow once the worker has come, and a rebuild agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime

import pytest
from django.test import Client

from aftersign.chapters.general.acts import change_calendar, change_department, move_person, name_post, take_duty
from aftersign.demo import scenes
from aftersign.demo.scenes import actor
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order
from aftersign.policy.models import CaseClock, Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.standing import world
from aftersign.policy.steps import run_due
from tests.company.happenings import happens, withdrawn
from tests.firm import Firm, at

Later = Callable[[str], AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def rebuilt_alike(firm: Firm) -> Iterator[None]:
    """Whatever a test has done: once the worker has come, what is derived again is what stands."""
    yield
    with frozen(at("2026-09-18 09:00")):
        run_due()
        assert rebuild().different == []


def person(account: str) -> Person:
    return Person.objects.get(account=account)


def owner_of(order: Order, term: str) -> str:
    owner = Duty.objects.get(order=order, term=term).owner
    return owner.account if owner else ""


def due_of(order: Order, term: str) -> datetime | None:
    return Duty.objects.get(order=order, term=term).due_at


def leaves(account: str, successor: str | None = None) -> None:
    """Somebody leaves today; the worker comes."""
    said = {"successor": str(person(successor).pk)} if successor else {}
    happens("general.person_left", person(account), left_on=now().date().isoformat(), **said)
    run_due()


def days(year: int) -> tuple[list[date], list[date]]:
    """The holidays and make-up days of a year as the company has them."""
    return tuple(world()[0]._days[str(year)])  # type: ignore[return-value]


def change_days(*, off: str = "", on: str = "") -> None:
    """One more holiday, or make-up day, of 2026; the worker comes."""
    free, made_up = days(2026)
    free = [*free, date.fromisoformat(off)] if off else free
    made_up = [*made_up, date.fromisoformat(on)] if on else made_up
    change_calendar(company(), year=2026, holidays=free, workdays=made_up, by=operating("setup"))
    run_due()


def copy_duty(order: Order, code: str = "project") -> Duty:
    return Duty.objects.get(order=order, term="2.1.3.b", owner_department__code=code)


def test_open_duties_go_to_the_successor_and_done_ones_stay(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 09:00"):
        leaves("wumin", "sunqian")
        assert owner_of(order, "2.1.1.a") == "sunqian"
        assert owner_of(order, "1.2.1.a") == "wumin"
        assert due_of(order, "2.1.1.a") == at("2026-09-09 00:00")


def test_what_opens_later_is_the_successors_too(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-08 09:00"):
        leaves("wumin", "sunqian")
    with later("2026-09-08 15:00"):
        scenes.send_back(order, "finance")
    assert owner_of(order, "2.1.3.c") == "sunqian"


def test_nothing_but_the_leavers_cases_is_derived_again(firm: Firm, later: Later) -> None:
    one, two = firm.register(), firm.register("另一单")
    happens("general.duty_handed_on", Duty.objects.get(order=two, term="2.1.1.a"), to_person=str(person("sunqian").pk))
    happens("general.duty_handed_on", Duty.objects.get(order=two, term="2.2.1.a"), to_person=str(person("sunqian").pk))
    with later("2026-09-08 09:00"):
        happens("general.person_left", person("wumin"), successor=str(person("lujian").pk))
        woken = CaseClock.objects.filter(next_step_at__lte=now()).exclude(order=None)
        assert list(woken.values_list("order", flat=True)) == [one.pk]


def test_who_leaves_without_a_successor_leaves_it_to_the_head(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 09:00"):
        leaves("wumin")
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        assert (duty.owner, duty.without_owner) == (person("lujian"), True)
        change_department(person("lujian").department, head=person("sunqian"), by=operating("setup"))
        run_due()
        assert owner_of(order, "2.1.1.a") == "lujian"


def test_successors_in_a_circle_lead_to_the_head(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 09:00"):
        leaves("wumin", "dengkai")
        leaves("dengkai", "wumin")
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        assert (duty.owner, duty.without_owner) == (person("wangqiming"), True)


def test_a_new_head_hears_of_what_others_owe_and_owes_only_what_opens_now(firm: Firm, later: Later) -> None:
    order = firm.register()
    setup = operating("setup")
    with later("2026-09-08 09:00"):
        change_department(person("lujian").department, head=person("sunqian"), by=setup)
        move_person(person("wumin"), department=person("dengkai").department, by=setup)
        name_post(company(), post="general_manager", holder=person("lujian"), from_on=date(2026, 9, 8), by=setup)
        assert not CaseClock.objects.filter(next_step_at__lte=now()).exclude(order=None).exists()
    with later("2026-09-15 09:00"):
        run_due()
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        told = dict(ToldStep.objects.filter(duty_id=duty.pk).exclude(step="breach").values_list("step", "told"))
        assert duty.owner == person("wumin")
        assert told == {
            "+1bd head_of_owner": [str(person("wangqiming").pk)],
            "+3bd general_manager": [str(person("lujian").pk)],
        }


def test_a_leaving_that_is_withdrawn_gives_everything_back(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 09:00"):
        fact = happens("general.person_left", person("wumin"), successor=str(person("sunqian").pk))
        run_due()
        assert owner_of(order, "2.1.1.a") == "sunqian"
        withdrawn(fact)
        run_due()
        assert owner_of(order, "2.1.1.a") == "wumin"


def test_a_taken_duty_stays_one_of_its_department(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    duty = copy_duty(order)
    take_duty(duty, by=actor("dengkai"))
    duty.refresh_from_db()
    assert (duty.owner, duty.owner_department) == (person("dengkai"), person("dengkai").department)
    happens("general.duty_handed_on", duty, to_person=str(person("hejing").pk))
    duty.refresh_from_db()
    assert (duty.owner, duty.owner_department) == (person("hejing"), person("dengkai").department)
    with later("2026-09-08 09:00"):
        scenes.accept(order, "project")
    duty.refresh_from_db()
    assert (duty.state, duty.owner, duty.owner_department) == ("done", person("hejing"), person("dengkai").department)


def test_figures_count_a_taken_duty_for_its_department(firm: Firm, client: Client) -> None:
    order = firm.register()
    firm.send(order)
    take_duty(copy_duty(order), by=actor("dengkai"))
    happens("general.duty_handed_on", copy_duty(order), to_person=str(person("hejing").pk))
    client.force_login(person("lujian"))
    assert client.get("/clauses/2.1.3/").status_code == 200
    assert Duty.objects.filter(term="2.1.3.b", owner_department__code="project").count() == 1


def test_a_taken_duty_goes_back_to_the_desk_when_nobody_succeeds(firm: Firm, later: Later, client: Client) -> None:
    order = firm.register()
    firm.send(order)
    take_duty(copy_duty(order), by=actor("dengkai"))
    with later("2026-09-08 09:00"):
        leaves("dengkai")
        duty = copy_duty(order)
        assert (duty.owner, duty.owner_department, duty.without_owner) == (None, person("linxiaolan").department, False)
        client.force_login(person("linxiaolan"))
        assert "签收交接单" in client.get("/?tab=department").content.decode()


def test_a_new_holiday_moves_what_is_still_open(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-08 09:00"):
        change_days(off="2026-09-08")
        assert due_of(order, "2.1.1.a") == at("2026-09-10 00:00")
        assert due_of(order, "2.2.1.a") == at("2026-09-11 00:00")
        assert Duty.objects.get(order=order, term="1.2.1.a").state == "done"


def test_a_make_up_day_may_make_a_duty_overdue_at_once(firm: Firm, later: Later) -> None:
    with later("2026-09-11 10:00"):
        order = Firm(now()).register()
        assert due_of(order, "2.1.1.a") == at("2026-09-15 00:00")
    with later("2026-09-13 09:00"):
        change_days(on="2026-09-12")
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        assert (duty.state, duty.due_at) == ("breached", at("2026-09-13 00:00"))
        assert list(ToldStep.objects.filter(duty_id=duty.pk).values_list("step", "told_at")) == [("breach", now())]


def test_what_was_overdue_before_a_day_changed_stays_overdue(firm: Firm, later: Later) -> None:
    order = firm.register()
    with later("2026-09-09 09:00"):
        run_due()
        change_days(off="2026-09-08")
        duty = Duty.objects.get(order=order, term="2.1.1.a")
        assert (duty.state, duty.due_at) == ("breached", at("2026-09-09 00:00"))
        assert CaseClock.objects.get(order=order).next_step_at == at("2026-09-10 00:00")


def test_only_cases_that_count_across_a_changed_day_are_derived_again(firm: Firm) -> None:
    firm.register()
    free, made_up = days(2026)
    change_calendar(company(), year=2026, holidays=[*free, date(2026, 12, 3)], workdays=made_up, by=operating("setup"))
    assert not CaseClock.objects.filter(next_step_at__lte=now()).exclude(order=None).exists()


def test_an_act_in_between_leaves_the_rest_to_the_worker(firm: Firm, later: Later) -> None:
    order = firm.register()
    firm.send(order)
    with later("2026-09-08 09:00"):
        happens("general.person_left", person("wumin"), successor=str(person("sunqian").pk))
        scenes.accept(order, "project")
        assert CaseClock.objects.get(order=order).next_step_at == now()
        run_due()
        assert owner_of(order, "2.2.1.a") == "sunqian"
