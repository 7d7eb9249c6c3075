"""How fast the policy reads facts, over short and over long histories: printed for people, asserted nowhere.

python -m tests.load.reading [ORDERS]
"""

from __future__ import annotations

import gc
import json
import sys
import time

from aftersign.kernel.clock.zone import Zone
from aftersign.policy.engine import runs
from aftersign.policy.engine.moments import moment_of
from aftersign.policy.rulebook import DEFAULT, load
from tests.load.histories import histories
from tests.rulebook.stories import CALENDAR

UNTIL = "2028-06-01"
WEEKS = (20, 80)


def measure(orders: int, weeks: int) -> str:
    """One line of figures: facts, CPU seconds with and without making facts of the lines, facts a second."""
    rulebook = load(DEFAULT)
    zone = Zone(rulebook.time_zone)
    written = list(histories(orders, weeks))
    started = time.process_time()
    facts = runs.facts_of(map(json.loads, written), zone)
    made = time.process_time()
    cases = runs.Runs(rulebook, facts, runs.calendar_of(CALENDAR), moment_of(UNTIL, zone)).cases()
    ended = time.process_time()
    duties = sum(len(case.duties) for case in cases)
    engine, whole = ended - made, ended - started
    return (
        f"{weeks} weeks: {len(facts)} facts, {duties} duties; "
        f"engine {engine:.2f} s, {len(facts) / engine:,.0f} a second; "
        f"with reading {whole:.2f} s, {len(facts) / whole:,.0f} a second"
    )


if __name__ == "__main__":
    gc.disable()
    for each in WEEKS:
        sys.stdout.write(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 300, each) + "\n")
