"""`aftersign simulate`: a plausible history in bulk, for load tests."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import click
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from aftersign.cli.alone import alone
from aftersign.cli.company import answer, only_json
from aftersign.cli.orderly import orderly
from aftersign.cli.proving import prove
from aftersign.cli.simulating.crew import Crew, crew
from aftersign.cli.simulating.ground import NoGround
from aftersign.cli.simulating.plan import Plan, begun, is_lived_in
from aftersign.cli.simulating.simulation import BATCH
from aftersign.cli.simulating.simulation import simulate as run
from aftersign.cli.simulating.writing import Interfered
from aftersign.desk.setup import founding
from aftersign.kernel.journal import readers
from aftersign.kernel.journal.pouring import settled

NOBODY = "!"


@click.command()
@click.option("--orders", required=True, type=click.IntRange(min=1), help="Orders in all, with those there already.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, 10**9), help="Another one, other orders.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day at whose beginning the history ends: today.")
@click.option("--processes", default=os.cpu_count() or 1, type=click.IntRange(1, 64), help="Processes beside this one.")
@click.option("--password", help="Lets every simulated person sign in with it.")
@click.option("--among-others", is_flag=True, help="Put them into a company that people work in. Nothing removes them.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@orderly
def simulate(
    orders: int,
    seed: int,
    until: datetime | None,
    processes: int,
    password: str | None,
    among_others: bool,
    as_json: bool,
) -> None:
    """Fill a database with orders that a company might have lived through in two years.

    The company is made where there is none. A run that was stopped goes on when it is started again; the same seed and
    day make the same facts in an empty database.
    """
    began = time.perf_counter()
    with only_json(as_json), crew(processes if orders > BATCH else 0) as hands, alone():
        founding.prepare()
        plan = _plan(orders, seed, until.date() if until else None, among_others)
        made = _run(plan, orders, hands, make_password(password) if password else NOBODY)
        prove()
    seconds = time.perf_counter() - began
    document: dict[str, Any] = {"orders": max(orders, plan.orders), "made": made, "seed": plan.seed}
    document |= {"until": plan.until.isoformat(), "seconds": round(seconds, 2), "per_second": round(made / seconds, 1)}

    def said() -> None:
        click.echo(f"{made} orders made in {seconds:.1f} s, {document['orders']} in all; they end with {plan.until}")

    answer(document, as_json, said)


def _plan(orders: int, seed: int, until: date | None, among_others: bool) -> Plan:
    """The plan to go on with, else a new one; ends the command where orders of people would be mixed with others."""
    found = begun()
    if found is None:
        if is_lived_in() and not among_others:
            said = "people work in this company; --among-others puts simulated orders beside theirs"
            raise click.ClickException(said)
        return Plan(seed, until or timezone.localdate(), orders, 0, orders)
    if found.seed != seed or until not in (None, found.until):
        raise click.UsageError(f"this database was simulated with --seed {found.seed} --until {found.until}")
    return found


def _run(plan: Plan, orders: int, hands: Crew, password: str) -> int:
    """Run a plan, and further ones for what it leaves out; answers with the number of orders made."""
    made = 0
    readers.catch_up_before_pouring()
    try:
        while plan.orders < orders:
            plan = plan.extended(orders)
            made += run(plan, orders, hands, password, _tell(made))
            plan = replace(plan, is_settled=True, orders=min(orders, plan.upto))
        if made:
            settled()
    except (NoGround, Interfered) as reason:
        raise click.ClickException(str(reason)) from None
    return made


def _tell(before: int) -> Callable[[int], None]:
    """Say on a terminal how many orders there are."""

    def told(made: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{before + made} orders", nl=False, err=True)

    return told
