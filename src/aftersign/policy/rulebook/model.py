"""The parts of a rulebook as values: what the files of an edition say, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Value = str | int | float | bool | tuple[str, ...]
TermKind = Literal["duty", "cycle", "gate", "content", "ban", "measure", "offer"]


@dataclass(frozen=True, slots=True)
class Labels:
    """One name in the three languages of the house."""

    zh_hans: str
    zh_hant: str
    en: str

    def say(self, language: str) -> str:
        """The name in a language code such as `zh-hans`; an unknown code reads as simplified Chinese."""
        return {"en": self.en, "zh-hant": self.zh_hant}.get(language.lower(), self.zh_hans)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the rulebook something stands."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class UnitKind:
    """What a fact or a duty can be about; `under` is the unit above it ("" for the company itself)."""

    name: str
    under: str
    born: tuple[str, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class FactKind:
    """A kind of fact; `carries` are all unit ids it has: its own, those of `also`, those its unit is born with."""

    name: str
    unit: str
    also: tuple[str, ...]
    payload: Mapping[str, str]
    private: frozenset[str]
    seen_by: str
    stated_by: tuple[str, ...]
    labels: Labels
    carries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Role:
    """Who is meant by a role, in the words of `roles.toml`; `department` only for posts of the order's team."""

    name: str
    resolved: str
    department: str | None
    labels: Labels


@dataclass(frozen=True, slots=True)
class Check:
    """A named rule that a gate or content asks, with the sentence a refused person reads."""

    name: str
    reads: tuple[str, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class Param:
    """A value of a clause that a company may set; `by` gives other values by a key of the order as signed."""

    name: str
    clause: str
    value: Value
    min: Value | None
    max: Value | None
    basis: str
    by: Mapping[str, Mapping[str, Value]]
    labels: Labels
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a clause; fields that its kind does not have are empty. `$name` stands for a parameter.

    A step of `escalates` is as written: `("+1bd", "head_of_owner")`.
    """

    id: str
    clause: str
    room: str
    kind: TermKind
    per: str = ""
    severity: str = ""
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    voids: tuple[str, ...] = ()
    owner: str = ""
    within: str = ""
    every: str = ""
    grace: str = ""
    evidence: tuple[str, ...] | str = ()
    tells: tuple[str, ...] = ()
    escalates: tuple[tuple[str, str], ...] = ()
    where: Mapping[str, Value] = field(default_factory=dict)
    only: Mapping[str, Value] = field(default_factory=dict)
    act: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    check: str = ""
    parts: tuple[str, ...] | str = ()
    firm: bool = False
    breach: tuple[str, ...] = ()
    derived: bool = False
    from_: tuple[str, ...] = ()
    target: Value | None = None
    shows: tuple[str, ...] = ()
    place: Place = Place("", 0)


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the policy with its terms and parameters; `text` keeps `{parameter}` as written."""

    number: str
    room: str
    title: Labels
    text: Labels
    ours: bool
    terms: tuple[Term, ...]
    params: tuple[Param, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the conditions on the order as signed under which it is given."""

    grade: str
    when: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an order; `facts` are the others normally stated by its end."""

    stage: str
    reached_by: tuple[str, ...]
    facts: tuple[str, ...]
    labels: Labels


@dataclass(frozen=True, slots=True)
class StageBeside:
    """A stage shown instead of the one reached, from a fact until another fact or a day named in a payload."""

    stage: str
    from_: tuple[str, ...]
    to: tuple[str, ...]
    to_day: str
    labels: Labels


@dataclass(frozen=True, slots=True)
class Limit:
    """What an order at a stage still accepts or refuses: rooms or acts."""

    stage: str
    accepts: tuple[str, ...] | None
    refuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderWide:
    """What holds for every duty and cycle of an order without being repeated in each term."""

    pauses: str
    resumes: str
    voids: str
    kept_after_termination: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A whole edition, read and checked."""

    id: str
    version: str
    time_zone: str
    title: Labels
    rooms: tuple[str, ...]
    base_currency: str
    grades: tuple[Grade, ...]
    stages: tuple[Stage, ...]
    stages_beside: tuple[StageBeside, ...]
    limits: tuple[Limit, ...]
    order_wide: OrderWide
    approvers: Mapping[str, tuple[str, ...]]
    sections: Mapping[str, Labels]
    chapters: Mapping[str, Labels]
    units: Mapping[str, UnitKind]
    facts: Mapping[str, FactKind]
    acts: Mapping[str, Labels]
    roles: Mapping[str, Role]
    checks: Mapping[str, Check]
    words: Mapping[str, Labels]
    clauses: Mapping[str, Clause]
    terms: Mapping[str, Term]
    params: Mapping[str, Param]
    digest: str
    files: Mapping[str, str]

    @property
    def folder_name(self) -> str:
        """The name under which a copy of this edition is kept."""
        return f"{self.id}-{self.version}"

    def word(self, name: str, room: str = "") -> Labels | None:
        """The label of a word, where the room calls it otherwise that one."""
        return self.words.get(f"{room}.{name}") or self.words.get(name)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a rulebook that cannot stand, with the place where it stands."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class BrokenRulebook(Exception):
    """A rulebook was refused; `faults` say where and why."""

    def __init__(self, folder: Path, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{folder}: {len(faults)} faults")
        self.folder = folder
        self.faults = faults
