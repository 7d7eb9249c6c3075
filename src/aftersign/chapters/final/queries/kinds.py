"""Kinds and grades of orders as an edition has them: how an order gets its grade, and in what grades differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.kernel.shell.money import formatted
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Clause, Param, Rulebook, Term
from aftersign.policy.term_words import TermWords

GRADE, KIND, AMOUNT = "grade", "order_kind", "amount_base"
_COMPARED = re.compile(r"(>=|<=|>|<)\s*([0-9]+(?:\.[0-9]+)?)")
_SENTENCES = {
    ">=": gettext_lazy("amount of %(amount)s or more"),
    ">": gettext_lazy("amount above %(amount)s"),
    "<=": gettext_lazy("amount of %(amount)s at most"),
    "<": gettext_lazy("amount below %(amount)s"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of order: its name and label."""

    name: str
    label: str


@dataclass(frozen=True)
class Step:
    """One step of grading: what an order must be, in words (empty: whatever it is), and the grade it gets then."""

    grade: str
    condition: str


@dataclass(frozen=True)
class Difference:
    """A duty or a value that is not the same for all grades; `by_grade` says it for each, empty where there is none."""

    clause: Clause
    title: str
    by_grade: tuple[str, ...]
    is_value: bool


@dataclass(frozen=True)
class Kinds:
    """The page of an edition's kinds and grades."""

    kinds: tuple[Kind, ...]
    grades: tuple[str, ...]
    steps: tuple[Step, ...]
    differences: tuple[Difference, ...]
    same: int
    by_kind: tuple[Difference, ...]


def kinds_of(rulebook: Rulebook, language: str) -> Kinds:
    """Everything that the edition says of kinds and grades, in a language."""
    words = TermWords(rulebook, language)
    grades = tuple(sorted({each.grade for each in rulebook.grades}))
    kinds = tuple(Kind(name, label_in(rulebook, "word", name, language)) for name in names_of_kinds(rulebook))
    differences = tuple(_differences(words, GRADE, grades))
    duties = sum(term.kind in ("duty", "cycle") for term in rulebook.terms.values())
    return Kinds(
        kinds=kinds,
        grades=grades,
        steps=tuple(Step(each.grade, condition_text(words, each.when)) for each in rulebook.grades),
        differences=differences,
        same=duties - sum(not each.is_value for each in differences),
        by_kind=tuple(_differences(words, KIND, tuple(each.name for each in kinds))),
    )


def condition_text(words: TermWords, when: Mapping[str, Any]) -> str:
    """What an order must be to get a grade, in words; empty when it may be anything."""
    return _(" and ").join(_said(words, key, wanted) for key, wanted in when.items())


def compared(wanted: Any) -> tuple[str, Decimal] | None:
    """How an amount is compared, and with which; None for a condition that compares none."""
    found = _COMPARED.fullmatch(str(wanted))
    return (found[1], Decimal(found[2])) if found else None


def _said(words: TermWords, key: str, wanted: Any) -> str:
    than = compared(wanted)
    if key != AMOUNT or than is None:
        return words.conditions({key: wanted})
    amount = formatted(than[1], words.rulebook.base_currency)
    return str(_SENTENCES[than[0]]) % {"amount": amount}


def names_of_kinds(rulebook: Rulebook) -> tuple[str, ...]:
    """The kinds of orders, in the order in which the edition lists them."""
    param = rulebook.params.get("order_kinds")
    return tuple(map(str, param.value)) if param and isinstance(param.value, tuple) else ()


def _differences(words: TermWords, key: str, members: tuple[str, ...]) -> Iterator[Difference]:
    for clause in words.rulebook.clauses.values():
        for term in clause.terms:
            if key in term.only:
                yield Difference(clause, words.title(term), _holds(term, key, members), is_value=False)
        for param in clause.params:
            if key in param.by:
                yield Difference(clause, param.labels.say(words.language), _values(words, param, key, members), True)


def _holds(term: Term, key: str, members: tuple[str, ...]) -> tuple[str, ...]:
    wanted = term.only[key]
    said = set(wanted) if isinstance(wanted, tuple | list) else {wanted}
    return tuple("yes" if each in said else "" for each in members)


def _values(words: TermWords, param: Param, key: str, members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(words.amount(param.by[key].get(each, param.value)) for each in members)
