"""What is declared is used, what measures and checks name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aftersign.policy.rulebook.comparisons import comparison
from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Check, Fault, Rulebook, Term, Value
from aftersign.policy.rulebook.soundness.sentences import SHOWN

_TERM = re.compile(r"[0-9].*")


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of parameters and checks that nothing uses, and of what measures and checks read."""
    rulebook = draft.rulebook
    used = _used_params(rulebook)
    for name in rulebook.params.keys() - used:
        yield draft.fault("is not used", "param", name)
    asked = {term.check for term in rulebook.terms.values()}
    for check in rulebook.checks.values():
        if check.name not in asked:
            yield draft.fault("is not used", "check", check.name)
        yield from _reads(draft, check)
    for term in rulebook.terms.values():
        if term.kind == "measure":
            yield from _measure(draft, term)


def _reads(draft: Draft, check: Check) -> Iterator[Fault]:
    for index, name in enumerate(check.reads):
        if name not in draft.rulebook.params:
            yield draft.fault(f"reads unknown parameter {name}", "check", check.name, "reads", index)


def _measure(draft: Draft, term: Term) -> Iterator[Fault]:
    for index, name in enumerate(term.from_):
        if _TERM.fullmatch(name):
            counted = draft.rulebook.terms.get(name)
            if counted is None:
                yield draft.fault(f"measures unknown term {name}", "term", term.id, "from", index)
            elif counted.kind not in ("duty", "cycle"):
                reason = f"measures {name}, which is no duty or cycle"
                yield draft.fault(reason, "term", term.id, "from", index)
        elif name not in draft.rulebook.facts:
            yield draft.fault(f"measures undeclared fact {name}", "term", term.id, "from", index)
    target = term.target if isinstance(term.target, str) else ""
    if target.startswith("$") and target[1:] not in draft.rulebook.params:
        yield draft.fault(f"target names unknown parameter {target}", "term", term.id, "target")


def _used_params(rulebook: Rulebook) -> set[str]:
    used = {name for check in rulebook.checks.values() for name in check.reads}
    for clause in rulebook.clauses.values():
        for text in (clause.text.zh_hans, clause.text.zh_hant, clause.text.en):
            used.update(SHOWN.findall(text))
    for fact in rulebook.facts.values():
        used.update(tail[1:] for _, _, tail in (kind.partition(":") for kind in fact.payload.values()))
    conditions = [grade.when for grade in rulebook.grades]
    for term in rulebook.terms.values():
        used.update(name[1:] for name in _values(term) if isinstance(name, str) and name.startswith("$"))
        conditions += [term.where, term.only]
    used.update(name for condition in conditions for value in condition.values() for name in _compared(value))
    return used


def _values(term: Term) -> tuple[object, ...]:
    return (term.within, term.every, term.grace, term.evidence, term.parts, term.target)


def _compared(value: Value) -> Iterator[str]:
    for one in value if isinstance(value, tuple) else (value,):
        read = comparison(one)
        if read and read.wanted.startswith("$"):
            yield read.wanted[1:]
