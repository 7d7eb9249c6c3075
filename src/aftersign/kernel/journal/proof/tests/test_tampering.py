"""A thousand random tamperings with a journal: every one of them is found, and named by its kind and place."""

from __future__ import annotations

from random import Random

import pytest
from django.db import connection, transaction

from aftersign.kernel.journal.proof.tests import rig
from aftersign.kernel.journal.proof.tests.tampering import ANYWHERE, WAYS

ROUNDS = 20
EACH = 50 if connection.vendor == "sqlite" else 5


class Undone(Exception):
    """Raised to take a tampering back."""


@pytest.mark.django_db
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_every_tampering_is_found_and_named(round_: int) -> None:
    fate = Random(round_)
    rig.signed_journal()
    assert rig.found().problems == []
    for number in range(EACH):
        tamper = WAYS[(round_ * EACH + number) % len(WAYS)]
        try:
            with transaction.atomic():
                kind, sequence = tamper(fate)
                named = {(each.kind, each.sequence) for each in rig.found().problems}
                raise Undone
        except Undone:
            here = {each for found, each in named if found == kind}
            assert here, f"{tamper.__name__} is not named {kind} but {sorted(map(str, named))}"
            assert sequence in here or sequence == ANYWHERE, f"{tamper.__name__} of {sequence} is named at {here}"
    assert rig.found().problems == []
