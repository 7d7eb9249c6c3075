"""Acts of all kinds, a hundred a second, called from eight processes: how long they take, and whether any is lost.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/NAME AFTERSIGN_HOME=HOME python -m tests.load.acting [A_SECOND] [S]

The database holds a simulated company; the orders of the trial stay in it. Each act is due at its time whether or not
the one before it has been answered, so that waiting counts; what is not begun by the end is left out. One form in
twenty is sent twice.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import Counter
from itertools import groupby

from aftersign.cli.company import start

start()

from django.db import connections  # noqa: E402 (Django must be started first)

from aftersign.kernel.journal.models import Tail  # noqa: E402
from tests.load.acting.checking import faults  # noqa: E402
from tests.load.acting.hands import Done, Pace, act_steadily  # noqa: E402
from tests.load.measuring import machine, quantile, table  # noqa: E402

PROCESSES, WARM = 8, 15.0


def trial(a_second: float, seconds: float) -> list[Done]:
    """Everything that the processes have tried."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    ready, into = fork.Barrier(PROCESSES), fork.SimpleQueue()
    pace = Pace(PROCESSES / a_second, WARM, seconds)
    hands = [fork.Process(target=act_steadily, args=(each, pace, ready, into)) for each in range(PROCESSES)]
    for each in hands:
        each.start()
    return [done for _each in hands for done in into.get()]


def said(tried: list[Done], seconds: float) -> str:
    """The figures as tables."""
    counted = [each for each in tried if each.measured]
    good = sorted((each for each in counted if not each.outcome), key=lambda each: each.name)
    if not good:
        return f"no act was done; {dict(Counter(each.outcome for each in counted))}; {machine()}"
    rows = [_row("all acts", good)]
    rows += [_row(name, list(some)) for name, some in groupby(good, key=lambda each: each.name)]
    outcomes = Counter(each.outcome or "done" for each in counted)
    heads = ("act", "number", "p50 ms", "p99 ms", "p50 since due", "p99 since due")
    return f"{len(good) / seconds:.1f} acts a second; {dict(outcomes)}; {machine()}\n\n{table(heads, rows)}"


def _row(name: str, some: list[Done]) -> list[str]:
    begun, due = [each.since_begun for each in some], [each.since_due for each in some]
    figures = (1000 * quantile(values, share) for values in (begun, due) for share in (0.5, 0.99))
    return [name, str(len(some)), *(f"{each:.0f}" for each in figures)]


def main(a_second: float, seconds: float) -> None:
    """Measure, and look whether the journal has every act once."""
    since, before = Tail.objects.get().sequence, os.getloadavg()[0]
    tried = trial(a_second, seconds)
    sys.stdout.write(f"load before {before:.1f}; {said(tried, seconds)}\n")
    wrong = list(faults(tried, since))
    sys.stdout.write(f"{len(tried)} acts with the warming up; in the journal: {len(wrong)} faults\n")
    sys.stdout.write("".join(f"  {each}\n" for each in wrong[:20]))


if __name__ == "__main__":
    asked = [float(each) for each in sys.argv[1:]]
    main(*(asked + [100.0, 60.0][len(asked) :]))
