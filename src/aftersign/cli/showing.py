"""`aftersign demo`: the sample company, made by the acts themselves, and a sign-in for every role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from django.db import transaction

from aftersign.cli import founding
from aftersign.cli.alone import alone
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import prove
from aftersign.cli.serving import run_servers
from aftersign.demo import company as sample
from aftersign.demo.cast import CAST, COMPANY
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Company, Person
from aftersign.kernel.org.queries import company
from aftersign.orders.models import Order

PASSWORD = "qianhou-demo"  # noqa: S105 (a sample company on loopback)


@click.command()
@click.option("--no-serve", is_flag=True, help="Make the company and end.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def demo(no_serve: bool, as_json: bool) -> None:
    """Make the sample company in AFTERSIGN_HOME, once, and serve it."""
    with only_json(as_json), alone():
        founding.prepare()
        with transaction.atomic():
            _make_once()
        prove()
    document: dict[str, Any] = {"company": COMPANY, "orders": Order.objects.count(), "sign_ins": _sign_ins()}

    def said() -> None:
        for each in document["sign_ins"]:
            click.echo(f"{each['role']:<22} {each['person']:<12} {each['password']}")

    answer(document, as_json, said)
    if not no_serve:
        raise SystemExit(run_servers(workers=2))


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
        founding.administrator(company())
        admin = Person.objects.get(is_administrator=True)
        admin.set_password(PASSWORD)
        admin.save(update_fields=["password"])
    with frozen(begin + timedelta(minutes=5)):
        sample.people(PASSWORD)
    sample.live(today)


def _sign_ins() -> list[dict[str, str]]:
    known = [{"role": member.role, "person": member.account, "password": PASSWORD} for member in CAST if member.role]
    return [{"role": "admin", "person": "admin", "password": PASSWORD}, *known]
