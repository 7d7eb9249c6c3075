"""Sentences about duties and acts as the cases say them: read, compared with the engine's answer, and said back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
STATES = frozenset({"open", "paused", "done", "done_late", "breached", "waived", "void", "not_applicable"})
PERIOD = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = ("due", "left", "closed", "breached", "told", "owner", "department", "extended")

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class DutySentence:
    """`TERM UNIT [PERIOD] STATE`, then claims such as `due DAY`, `left 3bd`, `told nobody`, `owner PERSON`."""

    text: str
    name: tuple[str, str, str | None]
    state: str
    claims: Mapping[str, str]

    def faults(self, duty: Answer) -> list[str]:
        """The words of the sentence that are not true of a duty."""
        wrong = [] if duty["state"] == self.state else [self.state]
        if self.state in ("open", "done") and duty["breached"] is not None:
            wrong.append(f"{self.state}, so never breached")
        for word, claim in self.claims.items():
            if not CLAIMS[word](duty, claim):
                wrong.append(f"{word} {claim}".rstrip())
        return wrong


def duty_sentence(text: str) -> DutySentence:
    """Reads a sentence about one duty."""
    term, unit, *rest = text.split()
    period = rest.pop(0) if PERIOD.fullmatch(rest[0]) else None
    state, *rest = rest
    if state not in STATES:
        raise ValueError(f"no state of a duty: {text!r}")
    claims: dict[str, list[str]] = {}
    for token in rest:
        if token in WORDS:
            word = token
            claims[word] = []
        else:
            claims[word].append(token)
    return DutySentence(text, (term, unit, period), state, {word: " ".join(said) for word, said in claims.items()})


def name_of(duty: Answer) -> tuple[str, str, str | None]:
    """Term, unit and period (its first day) of a duty in the answer."""
    period = duty["period"]
    return duty["term"], duty["unit"], period[:10] if period else None


def named(duties: Sequence[Answer], name: tuple[str, str, str | None]) -> list[Answer]:
    """The duties of a name, in the order they were opened; without a period all the periods."""
    term, unit, period = name
    found = [duty for duty in duties if duty["term"] == term and duty["unit"] == unit]
    if period is not None:
        found = [duty for duty in found if name_of(duty)[2] == period]
    return sorted(found, key=lambda duty: (moment(duty["opened"]), duty["period"] or ""))


def say(duty: Answer) -> str:
    """A duty of the answer as a sentence."""
    term, unit, period = name_of(duty)
    said = [term, unit, *([period] if period else []), duty["state"], f"opened {told_time(duty['opened'])}"]
    said += [f"{word} {told_time(duty[word])}" for word in ("due", "closed", "breached") if duty[word]]
    said += [f"left {duty['left']}"] if duty["left"] else []
    said += ["extended"] if duty["extended"] else []
    steps = [
        f"{step} {role} {told_time(at)} to {', '.join(reached) or 'nobody'}"
        for (step, role, at), reached in zip(duty["told"], duty["told_to"], strict=True)
    ]
    said.append("told " + (" and ".join(steps) or "nobody"))
    said += [f"{word} {duty[key]}" for word, key in OWNERSHIP.items() if duty.get(key)]
    return " ".join(said)


def moment(text: str) -> datetime:
    """A moment of the answer, or of a sentence; a day alone means its 24:00."""
    if PERIOD.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=ZONE) + timedelta(days=1)
    parsed = datetime.fromisoformat(text)
    return parsed.replace(tzinfo=ZONE) if parsed.tzinfo is None else parsed


def told_time(iso: str) -> str:
    """A moment of the answer as the cases say it: 00:00 is the 24:00 of the day before."""
    local = moment(iso).astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d}"
    return f"{local:%Y-%m-%d %H:%M}"


OWNERSHIP = {"owner": "owner", "department": "owner_department"}


def _time_is(word: str) -> Any:
    return lambda duty, claim: (
        duty[word] is None if claim == "never" else duty[word] is not None and moment(duty[word]) == moment(claim)
    )


def _told_is(duty: Answer, claim: str) -> bool:
    claims = [] if claim == "nobody" else claim.split(" and ")
    return len(claims) == len(duty["told"]) and all(map(_step_is, claims, duty["told"], duty["told_to"]))


def _step_is(claim: str, came: Sequence[str], reached: Sequence[str]) -> bool:
    said, _, person = claim.partition(" to ")
    step, role, at = said.split(" ", 2)
    return (step, role, moment(at)) == (came[0], came[1], moment(came[2])) and person in ("", ", ".join(reached))


CLAIMS: Mapping[str, Any] = {
    "due": _time_is("due"),
    "closed": _time_is("closed"),
    "breached": _time_is("breached"),
    "left": lambda duty, claim: duty["left"] == claim,
    "extended": lambda duty, claim: duty["extended"] is True,
    "told": _told_is,
    "owner": lambda duty, claim: (duty["owner"] or "nobody") == claim,
    "department": lambda duty, claim: (duty["owner_department"] or "none") == claim,
}


@dataclass(frozen=True)
class AskSentence:
    """`ACT [of KIND ID]…: allowed | refused by TERM[, TERM]… [; needs TERM CHECK[, …]] [; released TERM[, …]]`."""

    text: str
    act: str
    units: Mapping[str, str]
    refused_by: frozenset[str]
    needs: tuple[tuple[str, str], ...]
    released: frozenset[str]

    def faults(self, answer: Answer) -> list[str]:
        """What of the sentence is not true of the answer."""
        wrong = []
        refused_by = {refusal["term"] for refusal in answer["refused_by"]}
        if refused_by != self.refused_by:
            wrong.append("refused by " + (", ".join(sorted(refused_by)) or "nothing"))
        asked = [(need["term"], str(need.get(what))) for need in answer["needs"] for what in ("check", "parts")]
        parts = {need["term"] for need in answer["needs"] if need.get("parts")}
        for term, what in self.needs:
            if (term, what) not in asked and not (what == "parts" and term in parts):
                wrong.append(f"needs only {sorted(need['term'] for need in answer['needs'])}, not {term} {what}")
        if set(answer["released"]) != self.released:
            wrong.append("released " + (", ".join(sorted(answer["released"])) or "nothing"))
        return wrong


def ask_sentence(text: str) -> AskSentence:
    """Reads a sentence about an act."""
    asked, _, said = text.partition(": ")
    act, *units = asked.split(" of ")
    verdict, *more = said.split("; ")
    if verdict != "allowed" and not verdict.startswith("refused by "):
        raise ValueError(f"neither allowed nor refused: {text!r}")
    lists = {word: rest.split(", ") for word, _, rest in (part.partition(" ") for part in more)}
    return AskSentence(
        text,
        act,
        {kind: unit for kind, _, unit in (each.partition(" ") for each in units)},
        frozenset() if verdict == "allowed" else frozenset(verdict.removeprefix("refused by ").split(", ")),
        tuple((term, what) for term, _, what in (need.partition(" ") for need in lists.get("needs", []))),
        frozenset(lists.get("released", [])),
    )
