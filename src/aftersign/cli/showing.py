"""`aftersign demo`: the sample company, made by the acts themselves, and a sign-in for every role."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from django.db import transaction

from aftersign.chapters.handover.readers.sealing import READER
from aftersign.cli.alone import alone
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import founded, orderly
from aftersign.cli.proving import prove
from aftersign.cli.serving import run_servers
from aftersign.demo import company as sample
from aftersign.demo.cast import CAST, COMPANY, PASSWORD
from aftersign.desk.setup import founding
from aftersign.desk.setup.removal import remove
from aftersign.desk.setup.stock import FACTS
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.clock.chance import repeatable
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.readers import catch_up
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.seal.queries import any_sealed
from aftersign.kernel.seal.working import seal_next
from aftersign.orders.models import Order

SEALING = 4.0
"""Seconds after which no further form is begun to be sealed."""


@click.command()
@click.option("--no-serve", is_flag=True, help="Make the company and end.")
@click.option("--remove", "is_removed", is_flag=True, help="Put an empty company in its place and end.")
@click.option("--with-others", is_flag=True, help="With --remove: also what people did who are not of it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def demo(no_serve: bool, is_removed: bool, with_others: bool, as_json: bool) -> None:
    """Make the sample company in AFTERSIGN_HOME, once, and serve it; or remove it."""
    if is_removed:
        _remove(with_others, as_json)
        return
    with only_json(as_json), alone():
        founding.prepare()
        with transaction.atomic(), repeatable(COMPANY):
            _make_once()
        founding.certificate(company())
        if no_serve:  # else a worker does so: printing starts threads, and a fork waits for them for ever
            _seal_some()
        prove()
    document: dict[str, Any] = {"company": COMPANY, "orders": Order.objects.count(), "sign_ins": _sign_ins()}

    def said() -> None:
        for each in document["sign_ins"]:
            click.echo(f"{each['role']:<22} {each['person']:<12} {each['password']}")

    answer(document, as_json, said)
    if not no_serve:
        raise SystemExit(run_servers(workers=2))


def _remove(with_others: bool, as_json: bool) -> None:
    """Remove the sample company, and say what is gone and who keeps the empty one."""
    with only_json(as_json), alone():
        founded()
        lost, who = remove(with_others=with_others)
    document = {
        "removed": {"facts": lost.facts, "orders": lost.orders, "people": lost.people, "tried": lost.tried},
        "others": [{"person": each.name, "facts": each.facts} for each in lost.others],
        "administrator": {"account": who.account, "password": who.password},
    }

    def said() -> None:
        click.echo(f"removed {lost.orders} orders, {lost.people} people and {lost.facts} facts")
        click.echo(founding.said_of(who))

    answer(document, as_json, said)


def _seal_some() -> None:
    """Seal accepted forms as long as whoever makes the company may be kept waiting, once."""
    catch_up(READER)
    if any_sealed():
        return
    until = time.monotonic() + SEALING
    while seal_next() and time.monotonic() < until:
        continue


def _make_once() -> None:
    """Make the sample company, unless it is there; half of one is never kept."""
    if not Company.objects.exists():
        _make()
    elif not Person.objects.filter(account=CAST[0].account).exists():
        raise click.ClickException("there is a company of your own here; set AFTERSIGN_HOME to an empty folder")


def _make() -> None:
    """Found the company some weeks ago and live through them."""
    today = now()
    begin = sample.first_morning(today, ZoneInfo("Asia/Shanghai"))
    with frozen(begin):
        list(founding.found(COMPANY))
        founding.administrator(company(), PASSWORD)
        Person.objects.filter(is_administrator=True).update(is_sample=True)
    with frozen(begin + timedelta(minutes=5)):
        sample.people(PASSWORD)
        sample.staff(PASSWORD)
    sample.live(today)
    marks.put(marks.DEMO, today, {FACTS: Entry.objects.count()})


def _sign_ins() -> list[dict[str, str]]:
    known = [{"role": member.role, "person": member.account, "password": PASSWORD} for member in CAST if member.role]
    return [{"role": "admin", "person": "admin", "password": PASSWORD}, *known]
