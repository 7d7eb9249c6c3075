"""The record of what tests have seen of the policy belongs to the edition and the tests that are here."""

from __future__ import annotations

import ast
from pathlib import Path

from aftersign.cli.policy_coverage import installed, record, row_of
from aftersign.policy.rulebook import DEFAULT, load

ROOT = Path(__file__).resolve().parents[2]


def test_the_record_belongs_to_the_shipped_edition() -> None:
    """A changed rulebook makes it stale: `make coverage` records anew."""
    assert record()["rulebook"] == load(DEFAULT).digest


def test_every_test_of_the_record_exists() -> None:
    """So that nobody relies on a test that is gone."""
    named = {test for seen in record()["terms"].values() for tests in seen.values() for test in tests}
    gone = sorted(test for test in named if not _exists(test))
    assert not gone, f"run `make coverage`: {gone[:5]}"


def test_what_is_enforced_was_seen() -> None:
    """No clause is called enforced whose living terms were not all seen open, met and refused."""
    rulebook, rooms, seen = load(DEFAULT), installed(), record()["terms"]
    rows = [row_of(rulebook, clause, rooms, seen) for clause in rulebook.clauses.values()]
    assert all(row["tests"] and not row["missing"] for row in rows if row["state"] == "enforced")
    assert {row["state"] for row in rows if row["clause"].startswith("2.")} <= {"enforced", "incomplete", "measured"}


def _exists(test: str) -> bool:
    path, _colons, name = test.partition("::")
    file = ROOT / path
    if not file.exists():
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == name.rpartition("::")[2] for node in ast.walk(tree))
