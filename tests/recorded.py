"""Puts together what the processes of a test run have recorded: `python -m tests.recorded FOLDER`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aftersign.cli.policy_coverage import RECORD
from aftersign.policy.rulebook import DEFAULT, load

MOST = 3


def merge(folder: Path) -> dict[str, Any]:
    """The record made of all parts: for each term what was seen, and a few of the tests that saw it."""
    terms: dict[str, dict[str, set[str]]] = {}
    for part in sorted(folder.glob("*.json")):
        for term, seen in json.loads(part.read_text(encoding="utf-8")).items():
            for what, tests in seen.items():
                terms.setdefault(term, {}).setdefault(what, set()).update(tests)
    known = load(DEFAULT)
    kept = {
        term: {what: sorted(tests)[:MOST] for what, tests in sorted(seen.items())}
        for term, seen in sorted(terms.items())
        if term in known.terms
    }
    return {"rulebook": known.digest, "terms": kept}


if __name__ == "__main__":
    RECORD.write_text(json.dumps(merge(Path(sys.argv[1])), indent=1) + "\n", encoding="utf-8")
