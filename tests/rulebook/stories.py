"""Reads a case of the rulebook, told step by step in a TOML file, into the lines of facts that the engine runs on."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aftersign.policy.rulebook import DEFAULT, FactKind, Rulebook, load

CASES = Path(__file__).parent / "cases"
CALENDAR: dict[str, list[str]] = json.loads((CASES / "calendar.json").read_text(encoding="utf-8"))
PAYLOADS: dict[str, Any] = tomllib.loads((CASES / "payloads.toml").read_text(encoding="utf-8"))
NOT_A_STORY = {"payloads.toml"}

Line = dict[str, Any]
FACT = re.compile(r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d) (?P<fact>[a-z]+\.[a-z_]+) ?(?P<rest>.*)")
CLAUSE = re.compile(r"(?:^|(?<= ))(?=(?:of|with|without|entered|as) )")


@dataclass(frozen=True)
class Step:
    """A sentence of a case: what happens, and what must be true at a moment (`until`, of the last fact unless said)."""

    number: int
    says: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    until: str = ""
    duties: tuple[str, ...] = ()
    no_others: bool = False
    absent: tuple[str, ...] = ()
    no_duties_of: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    inert: tuple[str, ...] = ()
    living: tuple[str, ...] = ()
    exceptions: tuple[str, ...] | None = None
    breaches: tuple[str, ...] | None = None
    asks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True)
class Story:
    """One file: a case of EXAMPLES.md, or a part of one, with a journal of its own."""

    name: str
    case: int
    title: str
    given: tuple[str, ...]
    steps: tuple[Step, ...]
    rooms: list[str] | None = None
    grades: tuple[Mapping[str, Any], ...] = ()


def stories() -> list[Story]:
    """Every story of the folder, in the order of the cases."""
    return [read(path) for path in sorted(CASES.glob("*.toml")) if path.name not in NOT_A_STORY]


def read(path: Path) -> Story:
    """A story from its file; a key that no step has is an error."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    steps = tuple(Step(number, **_frozen(step)) for number, step in enumerate(table.pop("step", []), 1))
    table = _frozen(table)
    rooms = table.pop("rooms", None)
    return Story(path.stem, steps=steps, rooms=rooms and list(rooms), **({"given": ()} | table))


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    for key in ("says", "given"):
        if isinstance(frozen.get(key), str):
            frozen[key] = (frozen[key],)
    return frozen


@dataclass
class Journal:
    """Turns the facts of a story, as they are told, into lines with units and whole payloads."""

    rulebook: Rulebook
    lines: list[Line] = field(default_factory=list)
    born_with: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)

    def enter(self, told: str) -> Line:
        """Adds one fact, told as `AT FACT [ID] [of KIND ID] [with KEY=VALUE] [without KEY] [entered AT] [as NAME]`."""
        match = FACT.fullmatch(told)
        if match is None:
            raise ValueError(f"not a fact: {told!r}")
        own_id, *clauses = CLAUSE.split(match["rest"])
        line: Line = {"id": f"f{len(self.lines) + 1}", "fact": match["fact"], "at": iso(match["at"])}
        said: dict[str, str] = {}
        overrides: dict[str, Any] = {}
        left_out: set[str] = set()
        for clause in clauses:
            word, _, rest = clause.strip().partition(" ")
            if word == "of":
                kind, _, said[kind] = rest.partition(" ")
            elif word == "with":
                overrides.update(_pairs(rest))
            elif word == "without":
                left_out.update(rest.split())
            else:
                line["entered" if word == "entered" else "id"] = iso(rest) if word == "entered" else rest
        fact = self.rulebook.facts[match["fact"]]
        line["units"] = self._units(fact, own_id.strip(), said)
        whole = self._whole(fact, match["at"]) | self._as_declared(fact, overrides)
        line["payload"] = {key: value for key, value in whole.items() if key not in left_out}
        self.lines.append(line)
        return line

    def units_of_ask(self, named: Mapping[str, str]) -> dict[str, str]:
        """The units an act is asked for: those named, what they were born with, and order o1 where one is needed."""
        units = dict(named)
        for kind, unit in named.items():
            units = self.born_with.get((kind, unit), {}) | units
        if not named or any(self._in_order(kind) for kind in named):
            units.setdefault("order", "o1")
        return units

    def _units(self, fact: FactKind, own_id: str, said: dict[str, str]) -> dict[str, str]:
        units = dict(said)
        if fact.unit == "order":
            units["order"] = own_id or "o1"
        elif fact.unit != "company":
            units[fact.unit] = own_id
            units = self.born_with.get((fact.unit, own_id), {}) | units
            if "order" in fact.carries and (order := self._order_of(fact.unit, own_id)):
                units.setdefault("order", order)
            self.born_with.setdefault((fact.unit, own_id), dict(units))
        return units

    def _order_of(self, kind: str, own_id: str) -> str | None:
        """The order of a unit not told of: o1, but of a fact or a duty the order that it is about, if any."""
        if kind == "fact":
            return next((line["units"].get("order") for line in self.lines if line["id"] == own_id), None)
        if kind == "duty":
            unit = own_id.split()[1]
            born = [units.get("order") for (_, born_id), units in self.born_with.items() if born_id == unit]
            return next(iter(born), unit)
        return "o1"

    def _in_order(self, kind: str) -> bool:
        return kind == "order" or (kind in self.rulebook.units and self._in_order(self.rulebook.units[kind].under))

    def _whole(self, fact: FactKind, at: str) -> dict[str, Any]:
        usual = {key: self._usual(of_type) for key, of_type in fact.payload.items()}
        whole = usual | PAYLOADS["facts"].get(fact.name, {})
        moments = {"$day": at[:10], "$moment": iso(at)}
        return {key: moments.get(value, value) if isinstance(value, str) else value for key, value in whole.items()}

    def _as_declared(self, fact: FactKind, said: dict[str, Any]) -> dict[str, Any]:
        """Numbers in a key that is text are words: a version is "2"."""
        return {key: str(value) if fact.payload.get(key) == "text" else value for key, value in said.items()}

    def _usual(self, of_type: str) -> Any:
        kind, _, rest = of_type.partition(":")
        if kind == "word":
            return rest.partition("|")[0]
        if kind in ("words", "parts"):
            words = self.rulebook.params[rest.removeprefix("$")].value
            assert isinstance(words, tuple)
            return words[0] if kind == "words" else dict.fromkeys(words, PAYLOADS["by_type"]["part"])
        return PAYLOADS["by_type"][kind]


def _pairs(text: str) -> Iterator[tuple[str, Any]]:
    """`key=value key={…}`: a value that is no JSON is a word."""
    while text:
        key, _, text = text.partition("=")
        if text[:1] in '[{"':
            value, end = json.JSONDecoder().raw_decode(text)
        else:
            word = text.partition(" ")[0]
            value, end = json.loads(word) if re.fullmatch(r"-?\d+|true|false", word) else word, len(word)
        yield key, value
        text = text[end:].lstrip()


def iso(moment: str) -> str:
    """A moment of a story, `2026-09-30 16:00`, as the engine reads it, in the edition's zone."""
    return moment.replace(" ", "T") + ":00"


def journal(story: Story, rulebook: Rulebook, steps: int | None = None) -> Journal:
    """The journal of a story, up to and with its first so many steps."""
    told = Journal(rulebook)
    for step in story.steps[:steps]:
        for fact in step.facts:
            told.enter(fact)
    return told


def moment_of(step: Step, lines: list[Line]) -> str:
    """When a step is read: its `until`, else the entry of the last fact so far."""
    return iso(step.until) if step.until else entry_of(lines[-1])


def entry_of(line: Line) -> str:
    """When a fact was entered: when it happened, unless said."""
    return str(line.get("entered", line["at"]))


def write_lines(lines: list[Line], path: Path) -> Path:
    """Writes a journal as `aftersign policy run --facts` reads it."""
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


if __name__ == "__main__":
    name, target = sys.argv[1:]
    write_lines(journal(read(CASES / f"{name}.toml"), load(DEFAULT)).lines, Path(target))
