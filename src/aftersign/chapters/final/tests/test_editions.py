"""An edition is put in force, replaced and awaited; whatever is refused leaves the one in force."""

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from aftersign.chapters.final.acts import bring_into_force, install_rooms, put_in_force
from aftersign.chapters.general.acts import list_person
from aftersign.desk.setup import founding
from aftersign.kernel.access.actor import CLOCK, operating
from aftersign.kernel.acts.refusals import Forbidden, Refused
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company as the_company
from aftersign.kernel.org.queries import department_of_code
from aftersign.orders.acts import register
from aftersign.orders.entries import CustomerEntry, Registration
from aftersign.orders.models import Order
from aftersign.policy.editions import store
from aftersign.policy.models import Duty, Edition
from aftersign.policy.rulebook import DEFAULT

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)  # a Monday
TODAY = MORNING.date()
Draft = Callable[..., Path]


@pytest.fixture
def company(db: None) -> Company:
    """A company founded on a Monday morning."""
    with frozen(MORNING):
        list(founding.found("海川科技有限公司"))
    return the_company()


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Makes a copy of the default edition under another version, with some replacements in a file."""

    def write(version: str, file: str = "", **changes: str) -> Path:
        folder = tmp_path / version
        shutil.copytree(DEFAULT, folder)
        edition = folder / "edition.toml"
        edition.write_text(edition.read_text().replace('version = "2"', f'version = "{version}"', 1))
        if file:
            text = (folder / file).read_text()
            for old, new in changes.items():
                assert old in text
                text = text.replace(old, new)
            (folder / file).write_text(text)
        return folder

    return write


def sign(company: Company, contract_no: str, signed_on: date) -> Order:
    """A signed order of the company."""
    by = operating("import")
    seller = Person.objects.filter(account="wumin").first() or list_person(
        company, account="wumin", name="吴敏", department=department_of_code("sales"), by=by
    )
    entry = Registration(
        title="数据看板开发",
        contract_no=contract_no,
        kind="sales",
        signed_on=signed_on,
        currency="CNY",
        amount=Decimal(100_000),
        sales_owner=seller.pk,
        new_customer=CustomerEntry(name=f"客户 {contract_no}"),
    )
    return register(company, registration=entry, by=by)


def due_of_form(order: Order) -> datetime | None:
    """When the handover form of an order is due, in the company's zone."""
    due = Duty.objects.get(order=order, term="2.1.1.a").due_at
    return due.astimezone(SHANGHAI) if due else None


def names() -> list[str]:
    """Names of the company's facts on its policy, in their order."""
    facts = [fact.name for fact in journal.of_order(None)]
    return [name for name in facts if name.startswith("policy.")]


def test_the_first_edition_holds_with_all_rooms_from_the_first_minute_of_its_day(company: Company) -> None:
    assert names()[-3:] == ["policy.drafted", "policy.issued", "policy.took_effect"]
    took = journal.latest(None, "policy.took_effect")
    assert took is not None
    midnight = datetime(2026, 11, 23, tzinfo=SHANGHAI)
    assert (took.payload, took.at) == ({"version": "2", "first": True}, midnight)
    rooms = journal.all_of(None, "policy.room_installed")
    assert [fact.payload["room"] for fact in rooms][:3] == ["final", "general", "handover"]
    assert {fact.at for fact in rooms} == {midnight}
    with frozen(MORNING + timedelta(minutes=5)):
        order = sign(company, "HT-1", TODAY)
    assert due_of_form(order) == datetime(2026, 11, 25, tzinfo=SHANGHAI)


def test_an_order_keeps_the_edition_of_its_signing(company: Company, draft: Draft) -> None:
    with frozen(MORNING):
        before = sign(company, "HT-1", TODAY)
    changed = draft(
        "3", "handover.zh-Hans.md", **{'[handover_form_days]\nvalue = "1bd"': '[handover_form_days]\nvalue = "3bd"'}
    )
    with frozen(MORNING + timedelta(days=1)):
        put_in_force(company, folder=changed, from_on=TODAY + timedelta(days=1), by=operating())
        after = sign(company, "HT-2", TODAY + timedelta(days=1))
    assert due_of_form(before) == datetime(2026, 11, 25, tzinfo=SHANGHAI)
    assert due_of_form(after) == datetime(2026, 11, 28, tzinfo=SHANGHAI)
    old, new = Edition.objects.get(version="2"), Edition.objects.get(version="3")
    assert old.replaced_at == new.in_force_from == datetime(2026, 11, 24, tzinfo=SHANGHAI)
    assert store.current() == new
    assert names()[-4:] == ["policy.drafted", "policy.issued", "policy.was_replaced", "policy.took_effect"]
    drafted = journal.latest(None, "policy.drafted")
    assert drafted is not None
    change = {"what": "parameter", "name": "handover_form_days", "change": "changed", "old": "1bd", "new": "3bd"}
    assert drafted.payload["changes"] == [change]


def test_an_edition_of_the_same_day_replaces_at_once(company: Company, draft: Draft) -> None:
    changed = draft(
        "3", "handover.zh-Hans.md", **{'[handover_form_days]\nvalue = "1bd"': '[handover_form_days]\nvalue = "2bd"'}
    )
    with frozen(MORNING + timedelta(hours=1)):
        put_in_force(company, folder=changed, from_on=TODAY, by=operating())
        order = sign(company, "HT-1", TODAY)
    assert due_of_form(order) == datetime(2026, 11, 26, tzinfo=SHANGHAI)


def test_a_day_to_come_is_awaited(company: Company, draft: Draft) -> None:
    folder = draft("3")
    with frozen(MORNING):
        edition = put_in_force(company, folder=folder, from_on=TODAY + timedelta(days=2), by=operating())
        assert bring_into_force(company, by=CLOCK) == []
        assert (edition.in_force_from, names()[-1]) == (None, "policy.issued")
    with frozen(MORNING + timedelta(days=2)):
        assert bring_into_force(company, by=CLOCK) == [edition]
        assert bring_into_force(company, by=CLOCK) == []
    took = journal.latest(None, "policy.took_effect")
    assert took is not None
    assert (took.unit_id, took.actor_kind, took.payload["first"]) == (str(edition.pk), "clock", False)
    assert took.at == datetime(2026, 11, 25, tzinfo=SHANGHAI)


def test_a_broken_rulebook_is_refused_at_its_line_and_changes_nothing(company: Company, draft: Draft) -> None:
    folder, before = draft("3", "handover.zh-Hans.md", **{'"sales"': '"seller"'}), names()
    with pytest.raises(Refused) as refused:
        put_in_force(company, folder=folder, by=operating())
    assert refused.value.refusals[0].sentence == "handover.zh-Hans.md:13: 2.1.1.a: role seller is not declared"
    assert names() == before
    assert [edition.version for edition in Edition.objects.all()] == ["2"]


def test_the_same_again_changes_nothing_and_a_used_version_is_refused(company: Company, draft: Draft) -> None:
    with frozen(MORNING):
        first, before = store.current(), names()
        assert put_in_force(company, folder=DEFAULT, by=operating()) == first
        assert names() == before
        put_in_force(company, folder=draft("3"), by=operating())
        before = names()
        with pytest.raises(Refused, match="2"):
            put_in_force(company, folder=DEFAULT, by=operating())
    assert names() == before


def test_people_do_not_pass_the_doorway_of_the_set_up(company: Company, draft: Draft) -> None:
    person = list_person(company, account="guanli", name="管理", is_administrator=True, by=operating())
    with pytest.raises(Forbidden):
        put_in_force(company, folder=draft("3"), by=operating().__class__("person", person=person))
    assert [edition.version for edition in Edition.objects.all()] == ["2"]


def test_a_new_room_binds_from_now_on(company: Company) -> None:
    with frozen(MORNING + timedelta(days=3)):
        install_rooms(company, rooms=["general", "planning"], by=operating())
        moment = now()
    rooms = journal.all_of(None, "policy.room_installed")
    assert rooms[-1].payload == {"room": "planning"}
    assert rooms[-1].at == moment
    assert [fact.payload["room"] for fact in rooms].count("general") == 1
