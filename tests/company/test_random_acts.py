"""Random acts by random people on one company: nothing breaks, and everything that stands has its fact.

The suite walks a few hundred steps; AFTERSIGN_WALK walks further, AFTERSIGN_SEED another way, `--log-cli-level=INFO`
says what was done. What the gatekeeper answers on the way is held against a plain reading of the policy.
"""

from __future__ import annotations

import logging
import os
from random import Random

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersign.kernel.clock import frozen
from aftersign.kernel.clock.chance import repeatable
from aftersign.policy import gatekeeper
from tests.company.acting import browsing, exceptions, handover, orders, people
from tests.company.acting.law import watched
from tests.company.acting.truths import untruths
from tests.company.acting.walk import Move, Walk, name_of, step
from tests.company.leavers import administrator
from tests.firm import Firm

_log = logging.getLogger(__name__)
STEPS = int(os.environ.get("AFTERSIGN_WALK", "300"))
SEED = os.environ.get("AFTERSIGN_SEED", "1")
SHORT, EXAMPLES = 20, 5
LOOKS = 8
"""How often everything is looked at on the way."""
MOVES: dict[Move, int] = {
    move: weight for room in (orders, handover, exceptions, people, browsing) for move, weight in room.MOVES.items()
}


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")


@settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(chance=st.randoms(use_true_random=False))
def test_no_short_walk_leaves_anything_untrue(firm: Firm, monkeypatch: pytest.MonkeyPatch, chance: Random) -> None:
    """From the same morning again and again; of a walk that ends badly hypothesis finds the shortest."""
    walk = Walk(chance, firm.moment)
    with monkeypatch.context() as patch, repeatable(SEED), translation.override("zh-hans"), transaction.atomic():
        patch.setattr(gatekeeper, "gatekeep", watched(gatekeeper.gatekeep, walk.faults))
        for _number in range(SHORT):
            step(walk, MOVES)
        with frozen(walk.moment):
            walk.faults += untruths(walk.moment)
        transaction.set_rollback(True)
    assert not walk.faults, "\n\n".join(walk.faults)


def test_random_acts_leave_nothing_untrue(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator()
    walk = Walk(Random(SEED), firm.moment)
    monkeypatch.setattr(gatekeeper, "gatekeep", watched(gatekeeper.gatekeep, walk.faults))
    with repeatable(SEED), translation.override("zh-hans"):
        for number in range(STEPS):
            step(walk, MOVES)
            if number % (STEPS // LOOKS + 1) == 0 or number == STEPS - 1:
                with frozen(walk.moment):
                    walk.faults += (f"after {number}: {each}" for each in untruths(walk.moment))
    _log.info("done: %s; refused: %s", dict(walk.done), dict(walk.refused))
    assert not walk.faults, "\n\n".join([*walk.faults[:20], f"{len(walk.faults)} in all"])
    lacking = {name_of(move) for move in MOVES} - walk.done.keys() - walk.refused.keys()
    assert not lacking or STEPS < 2000, f"never came about: {lacking}"
