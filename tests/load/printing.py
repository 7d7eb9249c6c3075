"""How long it takes to print a handover form of two pages, on the database of this environment.

    AFTERSIGN_HOME=HOME python -m tests.load.printing [N]

The home holds the sample company (`aftersign demo --no-serve`). Prints milliseconds: of the first form, with which the
fonts are read, and of those after it, each with other data; reported for people, asserted nowhere.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time

from aftersign.cli.company import start

start()

from django.utils import translation  # noqa: E402 (Django must be started first)

from aftersign.chapters.handover import queries  # noqa: E402
from aftersign.chapters.handover.models import FormVersion  # noqa: E402
from aftersign.chapters.handover.printing import print_form  # noqa: E402

LANGUAGES = ("zh-hans", "zh-hant", "en")


def measure(number: int) -> dict[str, float]:
    """Print the forms of the company, one after the other and each for somebody else, so many times."""
    forms = list(FormVersion.objects.select_related("order__customer", "order__sales_owner").order_by("pk"))
    taken, pages = [], []
    for turn in range(number + 1):
        form = forms[turn % len(forms)]
        with translation.override(LANGUAGES[turn % len(LANGUAGES)]):
            began = time.perf_counter()
            printed = print_form(queries.standing(form.order), form, origin="https://example.com", by=f"Nobody {turn}")
            taken.append(1000 * (time.perf_counter() - began))
        pages.append(len(re.findall(rb"/Type */Page[^s]", printed.pdf)))
    two = [each for each, count in zip(taken[1:], pages[1:], strict=True) if count == 2]
    said = {"forms": len(forms), "first_ms": taken[0], "printed": number, "of_two_pages": len(two)}
    figures = {"median_ms": statistics.median(two), "worst_ms": max(two)} if two else {}
    return {name: round(value, 1) for name, value in {**said, **figures}.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 60)) + "\n")
