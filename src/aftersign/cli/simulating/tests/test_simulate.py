"""A simulated company stands as if it had been lived in: chain, rows, duties and figures hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from datetime import date, datetime, time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy, Signature
from aftersign.cli.main import main
from aftersign.cli.simulating import simulation
from aftersign.cli.simulating.crew import Crew, _grounds
from aftersign.cli.simulating.founding import ZONE
from aftersign.cli.simulating.plan import Plan, begun
from aftersign.desk.setup import founding
from aftersign.kernel.clock import frozen
from aftersign.kernel.journal import chain, queries
from aftersign.kernel.journal.facts import kinds
from aftersign.kernel.journal.models import Entry, Tail
from aftersign.kernel.numbers.models import Counter as Numbers
from aftersign.kernel.org.models import Department, Person, Post
from aftersign.orders.models import Order, TeamMember
from aftersign.policy.models import CaseClock, Duty, ToldStep
from aftersign.policy.rebuild import rebuild
from aftersign.policy.rulebook import DEFAULT, load

UNTIL = date(2026, 11, 27)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(tmp_path: Path, settings) -> Iterator[None]:
    """A storage of its own, and no company that an earlier test has read."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    _grounds.clear()
    yield
    _grounds.clear()


def plan(orders: int, seed: int = 1) -> Plan:
    return Plan(seed, UNTIL, orders, 0, orders)


def simulate(orders: int, of: Plan | None = None) -> int:
    """Bring a plan, or a new one, to so many orders, without processes beside this one."""
    _grounds.clear()
    return simulation.simulate(of or plan(orders), orders, Crew(None, 0), "!", lambda made: None)


def head() -> str:
    return Tail.objects.get().hash


def stated(name: str) -> set[str]:
    return set(Entry.objects.filter(fact=name).values_list("unit_id", flat=True))


def test_a_simulated_company_is_whole() -> None:
    assert simulate(60) == 60

    assert list(chain.faults()) == []
    assert rebuild().different == []
    assert Counter(Order.objects.values_list("grade", flat=True)) == {"C": 36, "B": 18, "A": 6}
    assert {str(pk) for pk in Order.objects.values_list("pk", flat=True)} == stated("order.signed")
    assert {str(pk) for pk in HandoverCopy.objects.values_list("pk", flat=True)} == stated("handover.copy_sent")
    assert {str(pk) for pk in Person.objects.filter(is_operating=False).values_list("pk", flat=True)} == stated(
        "general.person_listed"
    )
    assert not Entry.objects.filter(entered__gt=datetime.combine(UNTIL, time(), ZONE)).exists()
    assert CaseClock.objects.filter(order=None).count() == 1
    assert CaseClock.objects.exclude(order=None).count() == 60


def test_facts_say_everything_that_their_acts_would_have_said() -> None:
    simulate(60)

    for fact in queries.everything():
        asked = [each for each in fields(kinds()[fact.name]) if _is_asked(each)] if fact.name in kinds() else []
        assert {each.name for each in asked} <= fact.payload.keys(), fact.name
    assert Entry.objects.filter(fact="order.completed").exists()


def _is_asked(field: Field) -> bool:
    return field.name != "about" and field.default is MISSING and not str(field.type).endswith("None")


def test_every_step_was_told_once_and_by_a_fact() -> None:
    simulate(40)

    facts = [
        fact
        for name in ("general.duty_breached", "general.duty_escalated")
        for fact in Entry.objects.filter(fact=name).values_list("unit_id", "actor_kind")
    ]
    assert len(facts) == ToldStep.objects.count() > 20
    assert {kind for _unit, kind in facts} == {"clock"}
    told = set(ToldStep.objects.filter(step="breach").values_list("duty_id", flat=True))
    assert set(Duty.objects.filter(breached_at__isnull=False).values_list("pk", flat=True)) <= told


def test_rows_of_the_handover_are_those_that_its_acts_would_leave() -> None:
    simulate(60)

    assert all(form.holds and form.content.text == form.text for form in FormVersion.objects.all())
    for handover in Handover.objects.exclude(accepted_at=None).prefetch_related("copies__form"):
        copies = list(handover.copies.all())
        assert handover.state == "accepted"
        assert {copy.state for copy in copies} == {"accepted"}
        assert {copy.form.number for copy in copies} == {handover.latest}
    signed = Signature.objects.filter(role="receiver").exclude(copy=None)
    assert all(each.check_value == each.form.check_value for each in signed.select_related("form"))
    assert Signature.objects.filter(role="receiver", person__sold_orders__handover__isnull=False).count() == 0
    assert TeamMember.objects.filter(is_named=True).exists()


def test_everybody_opens_their_pages_for_no_more_queries_than_they_may_take() -> None:
    """Whatever has happened to an order, and whatever the company owes: what pages of chosen orders would not show."""
    simulate(60)
    asked: dict[str, set[int]] = {}

    def opens(client: Client, page: str, address: str) -> None:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, address
        asked.setdefault(page, set()).add(len(queries))

    manager = Post.objects.get(name="general_manager").holder
    for person in Person.objects.filter(is_administrator=False, is_operating=False):
        client = Client()
        client.force_login(person)
        client.get("/me/")  # what a process reads once
        opens(client, "my work", "/")
        opens(client, "orders", "/orders/")
        for order in Order.objects.all() if person == manager else Order.objects.filter(sales_owner=person):
            opens(client, "case file", f"/orders/{order.number}/")
    assert max(asked["case file"]) <= 25
    assert max(asked["my work"]) <= 15
    assert max(asked["orders"]) <= 12
    assert Duty.objects.filter(unit="company").exists()


def test_numbers_have_no_gap_and_go_on_afterwards() -> None:
    simulate(30)

    for prefix, model in (("SO", Order), ("HO", Handover)):
        for counter in Numbers.objects.filter(prefix=prefix):
            given = model.objects.filter(number__startswith=f"{prefix}-{counter.year}-").count()
            assert given == counter.last, (prefix, counter.year)
    assert all(copy.handover_id for copy in HandoverCopy.objects.all())


def test_the_same_seed_tells_the_same_facts_and_another_one_others() -> None:
    heads = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            simulate(10, plan(10, seed))
            heads.append(head())
            transaction.set_rollback(True)

    assert heads[0] == heads[1] != heads[2]


class Stopped(Exception):
    """The run was stopped."""


def test_a_run_that_was_stopped_goes_on_and_ends_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "BATCH", 5)

    def stop(made: int) -> None:
        if made == 10:
            raise Stopped

    with transaction.atomic():
        simulate(20)
        whole = head()
        transaction.set_rollback(True)
    with pytest.raises(Stopped):
        simulation.simulate(plan(20), 20, Crew(None, 0), "!", stop)
    found = begun()
    assert found is not None
    assert found.orders == Order.objects.count() == 10

    assert simulate(20, found) == 10
    assert head() == whole
    assert Order.objects.count() == 20


def test_more_orders_are_given_to_the_same_company() -> None:
    simulate(10)
    people, customers = Person.objects.count(), len(stated("order.customer_listed"))
    found = begun()
    assert found is not None

    assert simulate(25, found.extended(25)) == 15
    assert (Order.objects.count(), Person.objects.count()) == (25, people)
    assert len(stated("order.customer_listed")) == customers
    assert rebuild().different == []


def test_a_company_that_was_founded_today_is_given_a_past() -> None:
    with frozen(datetime.combine(UNTIL, time(9), ZONE)):
        list(founding.found("海川科技有限公司"))
    simulate(20)

    rooms = {fact.payload["room"] for fact in queries.all_of(None, "policy.room_installed")}
    assert rooms == set(load(DEFAULT).rooms)
    assert {duty.room for duty in Duty.objects.exclude(order=None)} >= {"planning", "care", "costs", "documents"}
    assert not Duty.objects.exclude(order=None).filter(without_owner=True).exists()
    assert ToldStep.objects.exclude(order=None).exclude(step="breach").exclude(told=[]).exists()
    assert Department.objects.filter(head=None).count() == 0
    assert Post.objects.filter(holder=None).count() == 0
    assert rebuild().different == []


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["simulate", *arguments], catch_exceptions=False)
    return done.exit_code, done.output


def test_orders_of_people_are_never_mixed_with_others_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding, "prepare", lambda: None)
    list(founding.found("海川科技有限公司"))
    someone = Entry.objects.order_by("-sequence").first()
    assert someone is not None
    fact = chain.Pending("general.duty_taken", "duty", "x", {}, None, someone.at, someone.entered, {}, frozenset(), ())
    chain.append([fact], chain.Statement("person", None, None, "", 0))
    before = head()

    code, said = run("--orders", "5")
    assert code == 1
    assert "--among-others" in said
    assert (head(), Order.objects.count()) == (before, 0)

    code, said = run("--orders", "5", "--among-others", "--json")
    assert code == 0
    assert '"made": 5' in said
    assert Order.objects.count() == 5


def test_another_seed_or_end_is_wrong_use_of_a_database_that_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(founding, "prepare", lambda: None)
    simulate(5)
    before = head()

    for other in (("--seed", "2"), ("--until", "2026-01-01")):
        code, said = run("--orders", "9", *other)
        assert code == 2
        assert "--seed 1 --until 2026-11-27" in said
    assert head() == before
    assert run("--orders", "5", "--json")[0] == 0
    assert head() == before
