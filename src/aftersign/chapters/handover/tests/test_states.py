"""The tables of legal moves: every pair outside of them raises, and nothing has moved."""

from __future__ import annotations

from itertools import product

import pytest

from aftersign.chapters.handover import states
from aftersign.chapters.handover.models import Handover, HandoverCopy, Question

TABLES = ((Handover, states.FORM), (HandoverCopy, states.COPY), (Question, states.QUESTION))
MOVES = [
    (model, table, before, after)
    for model, table in TABLES
    for before, after in product(sorted({state for pair in table for state in pair}), repeat=2)
]


@pytest.mark.parametrize(("model", "table", "before", "after"), MOVES)
def test_a_move_is_in_the_table_or_raises(model, table, before, after) -> None:
    record = model(state=before)

    if (before, after) in table:
        states.move(record, after)
        assert record.state == after
    else:
        with pytest.raises(states.IllegalMove):
            states.move(record, after)
        assert record.state == before


def test_nothing_leaves_an_accepted_form_a_recalled_copy_or_an_answered_question() -> None:
    assert not [pair for pair in states.FORM if pair[0] == "accepted"]
    assert not [pair for pair in states.COPY if pair[0] == "recalled"]
    assert not [pair for pair in states.QUESTION if pair[0] != "asked"]


def test_live_copies_are_all_but_recalled_ones() -> None:
    assert set(states.LIVE) == {state for pair in states.COPY for state in pair} - {"recalled"}
    assert set(states.WAITING) == {before for before, after in states.COPY if after == "accepted"}
