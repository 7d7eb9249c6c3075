"""A pytest plugin that records which terms of the policy the tests have seen open, be met, and be refused or breached.

With AFTERSIGN_RECORD each process writes what it saw into that folder; `python -m tests.recorded FOLDER` puts the
parts together into the record that `aftersign policy coverage` reads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.units import registry
from aftersign.policy import gatekeeper, rows
from aftersign.policy.editions import store
from aftersign.policy.engine.variant import is_living

OPEN, MET, REFUSED = "open", "met", "refused"
FOLDER = os.environ.get("AFTERSIGN_RECORD", "")
_seen: dict[str, dict[str, set[str]]] = {}
_test = ""


def note(term: str, what: str) -> None:
    """The running test has seen this of a term."""
    _seen.setdefault(term, {}).setdefault(what, set()).add(_test)


def note_duty(duty: Any) -> None:
    """A derived duty: open it was; done it was met; breached it was refused its time."""
    if duty.state == "not_applicable":
        return
    note(duty.term, OPEN)
    if duty.state in ("done", "done_late"):
        note(duty.term, MET)
    if duty.breached is not None:
        note(duty.term, REFUSED)


def watch_rows(write: Callable[..., None]) -> Callable[..., None]:
    """The writer of duties, watched."""

    def watched(cases: Any, **kwargs: Any) -> None:
        for case in cases.values():
            for duty in case.duties:
                note_duty(duty)
        write(cases, **kwargs)

    return watched


def watch_gate(gatekeep: Callable[..., None], refused: type[BaseException]) -> Callable[..., None]:
    """The gatekeeper, watched: terms that refuse, and terms that let an act pass."""

    def watched(doing: Any, act: Any) -> None:
        try:
            gatekeep(doing, act)
        except refused as no:
            for refusal in no.refusals:  # type: ignore[attr-defined]
                for term in refusal.terms:
                    note(term, OPEN)
                    note(term, REFUSED)
            raise
        bench = doing.passage.bench
        if bench is not None and bench.has_policy and doing.actor.kind == "person":
            for term in _living(bench, registry.ids_of(doing.unit)):
                if act.name in term.act and term.kind in ("gate", "content"):
                    note(term.id, OPEN)
                    note(term.id, MET)

    return watched


def _living(bench: Any, units: dict[str, str]) -> list[Any]:
    """The living terms of a unit's edition."""
    edition = bench.edition(bench.order_of(units))
    rooms = bench.world.rooms_at(bench.until, store.program_of(edition))
    return [term for term in store.rulebook_of(edition).terms.values() if is_living(term, rooms)]


@pytest.fixture(autouse=bool(FOLDER))
def _recording(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    global _test  # noqa: PLW0603 (one test runs at a time)
    _test = request.node.nodeid.partition("[")[0]
    monkeypatch.setattr(rows, "write", watch_rows(rows.write))
    monkeypatch.setattr(gatekeeper, "gatekeep", watch_gate(gatekeeper.gatekeep, Refused))
    yield
    _test = ""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what this process has seen."""
    if FOLDER and _seen:
        Path(FOLDER).mkdir(parents=True, exist_ok=True)
        said = {term: {what: sorted(tests) for what, tests in seen.items()} for term, seen in _seen.items()}
        (Path(FOLDER) / f"{os.getpid()}.json").write_text(json.dumps(said), encoding="utf-8")
