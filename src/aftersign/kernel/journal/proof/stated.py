"""The restores that a database knows of, read from its facts."""

from __future__ import annotations

import json

from aftersign.kernel.journal.models import Entry
from aftersign.kernel.journal.proof.restores import RESTORED, Restore, restore_of


def epoch() -> int:
    """How many restores this database knows of."""
    last = Entry.objects.filter(fact=RESTORED).order_by("-sequence").values_list("payload", flat=True).first()
    return int(json.loads(last)["epoch"]) if last else 0


def all_of() -> list[Restore]:
    """The restores that this database knows of, in their order."""
    rows = Entry.objects.filter(fact=RESTORED).order_by("sequence").values_list("sequence", "payload")
    return [found for sequence, payload in rows if (found := restore_of(sequence, json.loads(payload)))]
