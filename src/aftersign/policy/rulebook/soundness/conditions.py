"""Conditions on keys of a payload: the key is there, and its type can be compared with what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from aftersign.policy.rulebook.comparisons import Comparison, comparison
from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault, Term, Value

_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?(e\+?[0-9]+)?%?")
_NUMERIC = ("number", "money", "percent")


def misfit(draft: Draft, key: str, payload_type: str, written: object) -> str | None:
    """Why a payload key of this type cannot be compared with what is written; None when it can."""
    read = comparison(written)
    if read is None:
        return f"{key}: cannot read '{written}'"
    if isinstance(written, str) and read.wanted.startswith("$"):
        return _misfit_of_param(draft, key, payload_type, read)
    if isinstance(written, bool) or payload_type == "yesno":
        fits = isinstance(written, bool) and payload_type == "yesno"
        return None if fits else f"{key} cannot be compared with {_shown(written)}: it is {_said(payload_type)}"
    words = words_of(draft, payload_type)
    if words is not None:
        if read.operator not in ("=", "!="):
            return f"{key} is a word and cannot be compared by {read.operator}"
        return None if read.wanted in words else f"{read.wanted} is not among the words of {key}: {', '.join(words)}"
    if payload_type.partition(":")[0] in _NUMERIC and not _NUMBER.fullmatch(read.wanted):
        return f"{key} cannot be compared with '{written}': it is {_said(payload_type)}"
    return None


def words_of(draft: Draft, payload_type: str) -> tuple[str, ...] | None:
    """The words that a payload type allows; None when it is not one of words."""
    head, _, tail = payload_type.partition(":")
    if head == "word":
        return tuple(tail.split("|"))
    if head != "words":
        return None
    param = draft.rulebook.params.get(tail.removeprefix("$"))
    return param.value if param and isinstance(param.value, tuple) else ()


def _misfit_of_param(draft: Draft, key: str, payload_type: str, read: Comparison) -> str | None:
    name = read.wanted[1:]
    param = draft.rulebook.params.get(name)
    if param is None:
        return f"{key}: unknown parameter ${name}"
    if isinstance(param.value, tuple):
        return f"{key}: ${name} is a list"
    value = param.value if isinstance(param.value, bool) else f"{read.operator} {param.value}"
    return None if param.value == read.wanted else misfit(draft, key, payload_type, value)


def faults_of_only(draft: Draft, term: Term) -> Iterator[Fault]:
    """Faults of the orders that a term is for."""
    if not term.only:
        return
    if not draft.is_of_order(term.per):
        yield draft.fault(f"is about {term.per}, not about an order, and cannot have only", "term", term.id, "only")
    for reason, keys in misfits_of_order(draft, term.only):
        yield draft.fault(f"only: {reason}", "term", term.id, "only", *keys)


def misfits_of_order(draft: Draft, conditions: Mapping[str, Value]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Reasons with the keys at fault, of conditions on the order as signed; a list means any of its values."""
    signed = draft.rulebook.facts.get("order.signed")
    payload = signed.payload if signed else {}
    for key, wanted in conditions.items():
        if key not in payload:
            yield f"the order as signed carries no {key}", (key,)
            continue
        if wanted == ():
            yield f"{key} = [] is never met", (key,)
        for index, one in enumerate(wanted if isinstance(wanted, tuple) else (wanted,)):
            if reason := misfit(draft, key, payload[key], one):
                yield reason, (key, index)


def faults_of_where(draft: Draft, term: Term) -> Iterator[Fault]:
    """Faults of the comparison with the opening fact, or for a gate with any fact of its unit."""
    facts = draft.rulebook.facts
    if term.kind in ("gate", "content"):
        payloads = [fact.payload for fact in facts.values() if fact.unit == term.per]
    else:
        payloads = [facts[name].payload for name in term.opens if name in facts]
    for key, wanted in term.where.items():
        types = {payload[key] for payload in payloads if key in payload}
        everywhere = all(key in payload for payload in payloads) or term.kind in ("gate", "content")
        if not types or not everywhere:
            holder = f"any fact of {term.per}" if term.kind in ("gate", "content") else "every opening fact"
            yield draft.fault(f"where: {key} is not carried by {holder}", "term", term.id, "where", key)
        elif isinstance(wanted, tuple):
            yield draft.fault(f"where: {key} takes one value", "term", term.id, "where", key)
        else:
            yield from _misfits(draft, term, key, types, wanted)


def _misfits(draft: Draft, term: Term, key: str, types: Iterable[str], wanted: Value) -> Iterator[Fault]:
    for payload_type in sorted(types):
        if reason := misfit(draft, key, payload_type, wanted):
            yield draft.fault(f"where: {reason}", "term", term.id, "where", key)


def _said(payload_type: str) -> str:
    return "yes or no" if payload_type == "yesno" else f"of type {payload_type}"


def _shown(written: object) -> str:
    return str(written).lower() if isinstance(written, bool) else f"'{written}'"
