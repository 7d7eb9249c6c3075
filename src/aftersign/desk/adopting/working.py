"""Looking at a table row by row, and taking it in: at once when it is short, else by the worker."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aftersign.desk.adopting import telling
from aftersign.desk.adopting.keeping import chart_of, move, sheet_in, throw_away_old
from aftersign.desk.importing.foretelling import Late, late_at_once
from aftersign.desk.importing.maps import BadMap, Files
from aftersign.desk.importing.taking_in import Bad, Good, Intake, Outcome, rows_of, take_in, try_rows
from aftersign.desk.models import AT_WORK, LOOKED, LOOKING, SENT, TAKEN, TAKING, OrderTable
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.org.queries import company
from aftersign.kernel.shell.money import formatted
from aftersign.kernel.shell.sheets import Unreadable

AT_ONCE = 50
"""Rows that are gone through while whoever sent them waits for the page: about a second."""
FIRST = 5
_log = logging.getLogger(__name__)
Read = Sequence[Good | Bad]


def look(table: OrderTable, by: Actor, **said: Any) -> None:
    """Have a table looked at by what is said of it: at once, or by the worker."""
    if move(table, LOOKING, fault="", found={}, **_hands(by), **said):
        _at_once(table)


def take(table: OrderTable, by: Actor) -> None:
    """Have a table taken in as it was looked at: at once, or by the worker."""
    if move(table, TAKING, fault="", **_hands(by)):
        _at_once(table)


def _at_once(table: OrderTable) -> None:
    """Go through a short table now, unless somebody is at work: then the worker comes to it."""
    if table.rows > AT_ONCE:
        return
    with telling.alone() as mine:
        table.refresh_from_db(fields=["state"])
        if mine and table.state in AT_WORK:
            _go_through(table)


def is_any_waiting() -> bool:
    """Whether there is a table for the worker; what nobody needs any more is thrown away meanwhile."""
    throw_away_old()
    return OrderTable.objects.filter(state__in=AT_WORK).exists()


def work_next() -> bool:
    """Go through the table that has waited longest; answers whether there was one. One at a time, whoever works.

    One that was begun by somebody who died is begun anew: nothing of it had come in, or what had is known again.
    """
    with telling.alone() as mine:
        waiting = OrderTable.objects.filter(state__in=AT_WORK).select_related("sent_by", "on_behalf_of")
        table = waiting.order_by("state_at", "pk").first() if mine else None
        if table is None:
            return False
        _go_through(table)
        return True


def _go_through(table: OrderTable) -> None:
    """Look at or take in; whatever is wrong with the table itself stands on its page."""
    house = company()
    language = table.sent_by.language or house.language
    try:
        with translation.override(language), timezone.override(house.time_zone):
            _look_at(table) if table.state == LOOKING else _take_in(table)
    except (BadMap, Unreadable) as bad:
        move(table, SENT, fault=str(bad)[:500])
    except DatabaseError:
        raise
    except Exception:  # noqa: BLE001 (whatever is wrong with one table, the next one is gone through)
        _log.exception("the table %s cannot be gone through", table.pk)
        with translation.override(language):
            move(table, SENT, fault=_("It could not be gone through; the log of the installation says why."))
    finally:
        telling.forget(table.pk)


def _look_at(table: OrderTable) -> None:
    rows, intake = read(table), _intake(table)
    tell = partial(telling.tell, table.pk)
    outcome = try_rows(rows, intake, tell)
    wrong = {bad.row[0] for bad in outcome.bad}
    good = [row for row in rows if not isinstance(row, Bad) and row[0][0] not in wrong]
    late = late_at_once((asked for _row, asked in good), intake.company, table.stage)
    usual = late_at_once((asked.registered for _row, asked in good), intake.company)
    found = _counted(outcome) | {"late": _late(late), "usual": _late(usual), "first": _first(good)}
    move(table, LOOKED, found=found)


def _take_in(table: OrderTable) -> None:
    """Everything and the note of it in one transaction, or, where good rows may come alone, a few rows at a time."""
    rows, intake = read(table), _intake(table)
    tell = partial(telling.tell, table.pk)
    if table.is_partly:
        _note(table, take_in(rows, intake, partly=True, dry_run=False, tell=tell))
        return
    with transaction.atomic():
        _note(table, take_in(rows, intake, partly=False, dry_run=False, tell=tell))


def _note(table: OrderTable, outcome: Outcome) -> None:
    """Keep what became of it; of a table that stays outside the counts of the look stay as well."""
    counted = _counted(outcome)
    if outcome.bad and not table.is_partly:
        move(table, LOOKED, found=table.found | {"bad": counted["bad"]})
    else:
        move(table, TAKEN, found=table.found | counted)


def read(table: OrderTable) -> Read:
    """The rows as what they ask for, or why they cannot be read; raises `BadMap` and `Unreadable`."""
    chart = chart_of(table)
    sheet = sheet_in(table, table.name, chart.loose)
    return list(rows_of(sheet, chart, Files(partial(sheet_in, table), chart.joined), 0))


def _intake(table: OrderTable) -> Intake:
    by = Actor("person", person=table.sent_by, on_behalf_of=table.on_behalf_of)
    return Intake(company(), by, table.stage)


def _amount(said: Mapping[str, Any]) -> str:
    amount, currency = said.get("amount"), said.get("currency")
    return "" if amount is None else formatted(amount, str(currency or company().base_currency))


def _hands(by: Actor) -> dict[str, Any]:
    """Whoever asked last is the one who acts."""
    return {"sent_by_id": by.id, "on_behalf_of_id": by.on_behalf_of.pk if by.on_behalf_of else None}


def _counted(outcome: Outcome) -> dict[str, Any]:
    counts = {name: getattr(outcome, name) for name in ("created", "updated", "unchanged")}
    bad = [[each.row[0], [[why.value, why.sentence, why.clauses] for why in each.reasons]] for each in outcome.bad]
    return counts | {"bad": bad}


def _late(late: Late) -> dict[str, int]:
    return {"total": late.total, "overdue": late.overdue, "orders": late.orders}


def _first(good: Sequence[Good]) -> list[list[str]]:
    """The first rows that would come in, as they were understood, to see whether the columns are the right ones."""
    return [
        [
            str(number),
            asked.contract_no,
            str(asked.said["title"]),
            asked.customer.name,
            str(asked.said.get("kind") or ""),
            str(asked.said["signed_on"]),
            _amount(asked.said),
            asked.seller.name,
            asked.stage,
        ]
        for (number, _cells), asked in good[:FIRST]
    ]
