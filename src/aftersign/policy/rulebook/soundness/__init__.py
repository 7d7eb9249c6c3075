"""What must hold in a rulebook that could be read, one module for each thing that it declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault
from aftersign.policy.rulebook.soundness import (
    acts,
    duties,
    facts,
    gates,
    headings,
    orders,
    params,
    roles,
    sentences,
    terms,
    units,
    uses,
    words,
)

_QUESTIONS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    headings.faults,
    sentences.faults,
    params.faults,
    units.faults,
    facts.faults,
    acts.faults,
    words.faults,
    roles.faults,
    orders.faults,
    terms.faults,
    duties.faults,
    gates.faults,
    uses.faults,
)


def judge(draft: Draft) -> list[Fault]:
    """Everything that cannot stand."""
    return [fault for question in _QUESTIONS for fault in question(draft)]
