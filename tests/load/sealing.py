"""How long it takes to seal a handover form: to draw it with all who have signed, and to sign the file as the company.

    AFTERSIGN_HOME=HOME python -m tests.load.sealing [N]

The home holds the sample company (`aftersign demo --no-serve`), whose forms are sealed once more; nothing is kept.
Prints milliseconds of the first one, for which the process loads fonts and what signs, and of those after it.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from importlib import import_module
from typing import Any

from aftersign.cli.company import start

start()

from django.utils import timezone, translation  # noqa: E402 (Django must be started first)

from aftersign.kernel.clock import now  # noqa: E402
from aftersign.kernel.org.queries import company  # noqa: E402
from aftersign.kernel.seal import certificates, forms  # noqa: E402
from aftersign.kernel.seal.models import SEALED, ToSeal  # noqa: E402
from aftersign.kernel.seal.wording import words_of  # noqa: E402


def measure(number: int) -> dict[str, float]:
    """Seal the forms of the company one after the other, so many times."""
    waiting, taken, sizes = list(ToSeal.objects.filter(state=SEALED).order_by("pk")), [], []
    house = company()
    with translation.override(house.language), timezone.override(house.time_zone):
        for turn in range(number + 1):
            began = time.perf_counter()
            sizes.append(_seal(waiting[turn % len(waiting)]))
            taken.append(1000 * (time.perf_counter() - began))
    said = {"forms": len(waiting), "first_ms": taken[0], "sealed": number, "kilobytes": max(sizes) / 1024}
    return {
        name: round(value, 1)
        for name, value in {**said, "median_ms": statistics.median(taken[1:]), "worst_ms": max(taken[1:])}.items()
    }


def _seal(asked: ToSeal) -> int:
    signing: Any = import_module("aftersign.kernel.seal.signing")  # its loading counts with the first
    form, at = forms.form_named(asked.form), now()
    assert form is not None
    certificate, key = certificates.ready(at)
    drawn = form.draw(asked, words_of(certificate))
    return len(signing.sealed(drawn.pdf, certificate, key, at=at, reason="", stamped_by="")) if drawn else 0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 30)) + "\n")
