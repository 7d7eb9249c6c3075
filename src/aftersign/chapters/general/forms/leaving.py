"""Who takes over from somebody who leaves: one for all, others for a whole kind, others again for single lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from aftersign.chapters.general.queries import deputyships, today
from aftersign.chapters.general.queries.leaving import Kind, deputies_of, lines_of
from aftersign.chapters.general.queries.left_behind import Said, asked_by, said_of
from aftersign.chapters.general.queries.requests import title_of
from aftersign.chapters.general.rules.deputies import span_of
from aftersign.chapters.general.rules.leaving import (
    Handing,
    Successors,
    faults_of_leaving,
    fresh_deputyships,
    lacking,
    planned,
)
from aftersign.kernel.acts.refusals import Refusal
from aftersign.kernel.org.models import Deputyship, Person
from aftersign.kernel.org.queries import other_administrators
from aftersign.kernel.shell.fields import DayField, NamedPersonField
from aftersign.kernel.shell.forms import ActForm

STEP, CONFIRMED = "step", "leave"
_QUICK = {"list": "people", "autocomplete": "off", "spellcheck": "false"}
SINGLY = 300
"""How many lines of a kind get a field of their own; the others go to whoever takes over the kind."""
KINDS: dict[Kind, tuple[str | Promise, str]] = {
    Kind.DUTY: (gettext_lazy("Open duties"), "inbox"),
    Kind.ORDER: (gettext_lazy("Posts on orders"), "order"),
    Kind.STAND_IN: (gettext_lazy("Stands in on orders"), "swap"),
    Kind.HEAD: (gettext_lazy("Heads departments"), "users"),
    Kind.POST: (gettext_lazy("Posts of the company"), "flag"),
    Kind.DEPUTY: (gettext_lazy("Acts for others"), "swap"),
}


@dataclass(frozen=True)
class Group:
    """The lines of one kind with the field for all of them, and those that have a field of their own."""

    kind: Kind
    title: str | Promise
    icon: str
    field: BoundField
    lines: tuple[tuple[Said, BoundField], ...]
    number: int

    @property
    def more(self) -> int:
        """How many lines have no field of their own."""
        return self.number - len(self.lines)

    @property
    def is_open(self) -> bool:
        """Whether somebody was named for a single line, or something is wrong with one."""
        return any(field.value() or field.errors for _said, field in self.lines)


@dataclass(frozen=True)
class Share:
    """What one successor takes over, by kind."""

    person: Person
    numbers: tuple[int, ...]


class LeaveForm(ActForm):
    """The last day of somebody, and who takes over what."""

    left_on = DayField(label=pgettext_lazy("of work", "Last day"))
    successor = NamedPersonField(label=gettext_lazy("Successor for everything"), required=False)

    def __init__(self, request: HttpRequest, person: Person) -> None:
        super().__init__(request, person, initial={"left_on": today()})
        self.person, self.lines = person, lines_of(person)
        self.counts = Counter(line.kind for line in self.lines)
        for kind in self.counts:
            self.fields[kind] = NamedPersonField(label=KINDS[kind][0], required=False)
            for line in self._singly(kind):
                quick = forms.TextInput(_QUICK | {"placeholder": _("as the group")})
                self.fields[line.key] = NamedPersonField(label=_("Successor"), required=False, widget=quick)

    def _singly(self, kind: Kind) -> list[Any]:
        return [line for line in self.lines if line.kind == kind][:SINGLY]

    @property
    def is_confirmed(self) -> bool:
        """Whether it was sent to be done, and not only to be looked at."""
        return self.is_bound and self.data.get(STEP) == CONFIRMED

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The lines by kind with their fields."""
        said = {each.line.key: each for each in said_of(self.lines)}
        return tuple(
            Group(
                kind,
                *KINDS[kind],
                field=self[kind],
                lines=tuple((said[line.key], self[line.key]) for line in self._singly(kind)),
                number=self.counts[kind],
            )
            for kind in KINDS
            if self.counts[kind]
        )

    def clean(self) -> dict[str, Any]:
        """Say at each field what is missing or cannot be, before anything is tried."""
        successors = self.successors
        for refusal in self._faults(successors):
            for name in refusal.missing or (None,):
                self.add_error(name, refusal.sentence)
        for kind, number in Counter(line.kind for line in lacking(self.lines, successors)).items():
            self.add_error(kind, _without_successor(number))
        for each, _span, faults in self._fresh(successors):
            for fault in faults:
                self.add_error(each.line.key if each.line.key in self.fields else each.line.kind, fault.sentence)
        return self.cleaned_data

    @property
    def successors(self) -> Successors:
        """Who was named, as far as it can be read."""
        typed = {name: each for name, each in self.cleaned_data.items() if isinstance(each, Person)}
        kinds = {name: each for name, each in typed.items() if name in list(Kind)}
        lines = {name: each for name, each in typed.items() if ":" in name}
        return Successors(typed.get("successor"), kinds, lines)

    def _faults(self, successors: Successors) -> Iterator[Refusal]:
        """What stands against the leaving itself."""
        is_only = self.person.is_administrator and not other_administrators(self.person)
        left_on = self.cleaned_data.get("left_on") or today()
        return faults_of_leaving(self.person, left_on, successors, today=today(), is_only_administrator=is_only)

    def _fresh(self, successors: Successors) -> Iterator[tuple[Handing, Any, Any]]:
        handings = [each for each in planned(self.lines, successors) if each.line.kind == Kind.DEPUTY]
        return fresh_deputyships(handings, [span_of(each) for each in deputyships()], self.person, today())

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes."""
        return {"left_on": self.cleaned_data["left_on"], "successors": self.successors}

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What each successor takes over, whoever takes most in front; nothing while the form does not hold."""
        if not self.is_bound or not self.is_valid():
            return ()
        found: dict[Person, Counter[str]] = {}
        for each in planned(self.lines, self.successors):
            found.setdefault(each.to, Counter())[each.line.kind] += 1
        rows = sorted(found.items(), key=lambda row: (-row[1].total(), row[0].name))
        return tuple(Share(person, tuple(counts[group.kind] for group in self.groups)) for person, counts in rows)

    @cached_property
    def vacated(self) -> tuple[Said, ...]:
        """The lines after which a post of an order has no deputy any more."""
        orders = (Kind.ORDER, Kind.STAND_IN)
        gone = [each.line for each in planned(self.lines, self.successors) if each.vacates and each.line.kind in orders]
        return said_of(gone)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What the person asked for and nobody has decided yet, in words."""
        found = ({"kind": each.get_kind_display(), "title": title_of(each)} for each in asked_by(self.person))
        return tuple(_("%(kind)s: %(title)s") % said for said in found)

    @cached_property
    def ending(self) -> tuple[Deputyship, ...]:
        """The deputyships that end with the person's own rights."""
        return deputies_of(self.person)


def _without_successor(number: int) -> str:
    said = ngettext("%(number)d line has no successor", "%(number)d lines have no successor", number)
    return said % {"number": number}
