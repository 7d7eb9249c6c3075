"""`aftersign policy run`: what a rulebook makes of a file of facts, without database and settings."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import runs
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.rulebook import BrokenRulebook, Rulebook, load

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--facts", "facts_file", required=True, type=FILE, help="Facts, one JSON document a line, in journal order."
)
@click.option("--calendar", "calendar_file", required=True, type=FILE, help="Holidays and make-up days, as JSON.")
@click.option("--until", required=True, metavar="ISO", help="The moment at which to read; later entries are left out.")
@click.option("--rooms", help="Rooms installed from the beginning, with commas; all unless said.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--stats", is_flag=True, help="Print only how many facts were read, and the CPU seconds of the engine.")
@click.option("--ask", "act", metavar="ACT", help="Would this act be refused?")
@click.option("--units", help="Ids of the unit of the act, as JSON; with --ask.")
def run(
    folder: Path,
    facts_file: Path,
    calendar_file: Path,
    until: str,
    rooms: str | None,
    as_json: bool,
    stats: bool,
    act: str | None,
    units: str | None,
) -> None:
    """Read the facts of a file by the rulebook in DIR and say which duties there are."""
    gc.disable()  # a short life full of small values that all last: collecting would cost a third of the time
    rulebook = _rulebook(folder)
    _moment(until, rulebook)
    lines, calendar = _lines(facts_file, Zone(rulebook.time_zone)), _document(calendar_file, "--calendar")
    installed = [name for name in rooms.split(",") if name] if rooms is not None else None
    if installed is not None and (unknown := set(installed) - set(rulebook.rooms)):
        raise click.BadParameter(f"no such room: {', '.join(sorted(unknown))}", param_hint="--rooms")
    if stats:
        click.echo(json.dumps(_stats(rulebook, lines, calendar, until, installed)))
    elif act is not None:
        answer = runs.ask(rulebook, lines, calendar, until, installed, act, _units(units))
        click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _said(answer))
    else:
        answer = runs.run(rulebook, lines, calendar, until, installed)
        click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _table(answer))


def _rulebook(folder: Path) -> Rulebook:
    try:
        return load(folder)
    except BrokenRulebook as broken:
        for fault in broken.faults:
            click.echo(str(fault), err=True)
        raise SystemExit(1) from None


def _moment(until: str, rulebook: Rulebook) -> None:
    try:
        moment_of(until, Zone(rulebook.time_zone))
    except ValueError:
        raise click.BadParameter(f"no moment: {until}", param_hint="--until") from None


def _lines(file: Path, zone: Zone) -> list[dict[str, Any]]:
    """The lines of a file; one that is no fact ends the command with its number and the reason."""
    lines: list[dict[str, Any]] = []
    for number, text in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            _plain(line, zone)
        except (ValueError, TypeError, KeyError) as error:
            click.echo(f"{file}:{number}: no fact: {error}", err=True)
            raise SystemExit(1) from None
        line.setdefault("id", f"f{number}")
        lines.append(line)
    return lines


def _plain(line: Any, zone: Zone) -> None:
    if not isinstance(line, dict) or not isinstance(line.get("fact"), str) or not isinstance(line.get("at"), str):
        raise ValueError("a fact has a name and a time")
    for key in ("units", "payload"):
        if not isinstance(line.get(key) or {}, dict):
            raise ValueError(f"{key} is a table")
    for moment in (line["at"], line.get("entered") or line["at"]):
        moment_of(moment, zone)


def _document(file: Path, option: str) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        runs.calendar_of(found)
    except (ValueError, TypeError, AttributeError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint=option) from None
    return dict(found)


def _units(written: str | None) -> dict[str, str]:
    try:
        found = json.loads(written or "{}")
        return {str(kind): str(pk) for kind, pk in found.items()}
    except (ValueError, AttributeError):
        raise click.BadParameter("ids by kind of unit, as JSON", param_hint="--units") from None


def _stats(
    rulebook: Rulebook, lines: list[dict[str, Any]], calendar: dict[str, Any], until: str, rooms: Sequence[str] | None
) -> dict[str, Any]:
    zone = Zone(rulebook.time_zone)
    facts, work, moment = runs.facts_of(lines, zone), runs.calendar_of(calendar), moment_of(until, zone)
    started = time.process_time()
    runs.Runs(rulebook, facts, work, moment, rooms).cases()
    return {"facts": len(lines), "engine_seconds": round(time.process_time() - started, 6)}


def _said(answer: dict[str, Any]) -> str:
    refused = [f"refused by {each['term']}" for each in answer["refused_by"]]
    asked = [f"{each['term']} asks {each.get('check') or ', '.join(each.get('parts', ()))}" for each in answer["needs"]]
    released = [f"released: {term}" for term in answer["released"]]
    return "\n".join(refused + asked + released) or "nothing stands in the way"


def _table(answer: dict[str, Any]) -> str:
    rows = [
        f"{duty['term']:<9} {duty['unit']:<20} {duty['period'] or '':<11} {duty['state']:<15} "
        f"{duty['due'] or duty['left'] or ''}".rstrip()
        for duty in answer["duties"]
    ]
    refused = [f"refused: {each['fact']} at {each['at']}: {each['why']}" for each in answer["refused"]]
    return "\n".join(rows + refused)
