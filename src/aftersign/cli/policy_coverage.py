"""`aftersign policy coverage`: clause by clause, what this program enforces, as the recorded tests have seen it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

import aftersign
from aftersign.policy.engine.variant import is_living
from aftersign.policy.rulebook import DEFAULT, Clause, Rulebook, Term, load

ROOT = Path(aftersign.__file__).parent
RECORD = ROOT / "policy" / "coverage.json"

ALL = ("open", "met", "refused")
ASKED = {"duty": ALL, "cycle": ALL, "gate": ALL, "content": ALL, "ban": ("refused",)}
MACHINES = frozenset({"clock", "import", "setup"})


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def coverage(as_json: bool) -> None:
    """Say of every clause whether it is enforced, measured, offered, incomplete or waits for its room; run no test."""
    rulebook, rooms, seen = load(DEFAULT), installed(), record()["terms"]
    rows = [row_of(rulebook, clause, rooms, seen) for clause in rulebook.clauses.values()]
    if as_json:
        click.echo(json.dumps({"clauses": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['clause']:<8} {row['state']:<20} {' '.join(row['missing'])}".rstrip())


def installed() -> frozenset[str]:
    """The rooms of this program: those that have verbs."""
    chapters = ROOT / "chapters"
    return frozenset(
        each.name for each in chapters.iterdir() if (each / "acts.py").exists() or (each / "acts").is_dir()
    )


def record() -> dict[str, Any]:
    """What the last recorded test run has seen."""
    empty: dict[str, Any] = {"rulebook": "", "terms": {}}
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else empty


def row_of(rulebook: Rulebook, clause: Clause, rooms: frozenset[str], seen: Mapping[str, Any]) -> dict[str, Any]:
    """One clause: state, terms, the facts and acts that they name, the tests that saw them, and what is missing."""
    living = [term for term in clause.terms if is_living(term, rooms)]
    missing = [
        f"{term.id}:{what}" for term in living for what in ASKED.get(term.kind, ()) if what not in seen.get(term.id, {})
    ]
    tests = sorted({test for term in living for names in seen.get(term.id, {}).values() for test in names})
    return {
        "clause": clause.number,
        "state": _state(clause, living, missing, rooms),
        "terms": [term.id for term in clause.terms],
        "facts": sorted({name for term in clause.terms for name in _facts(term)}),
        "acts": sorted({act for term in clause.terms for act in _acts(rulebook, term)}),
        "tests": tests,
        "missing": missing,
    }


def _state(clause: Clause, living: list[Term], missing: list[str], rooms: frozenset[str]) -> str:
    kinds = {term.kind for term in living}
    if clause.room not in rooms or not living:
        return "room_not_installed"
    if missing:
        return "incomplete"
    if kinds <= {"measure"}:
        return "measured"
    return "offered" if kinds <= {"offer"} else "enforced"


def _facts(term: Term) -> Iterable[str]:
    named = (
        *term.opens,
        *term.closes,
        *term.until,
        *term.pauses,
        *term.resumes,
        *term.voids,
        *term.unless,
        *term.breach,
    )
    return (*named, *term.shows, *(name for name in term.from_ if not name[:1].isdigit()))


def _acts(rulebook: Rulebook, term: Term) -> Iterable[str]:
    closing = (act for name in term.closes for act in rulebook.facts[name].stated_by)
    return {*term.act, *closing} - MACHINES
