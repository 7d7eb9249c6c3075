"""The terms of a clause in words of an edition: what opens and ends a duty, what a gate waits for, what is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aftersign.policy.cards import act_of, evidence_words
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Param, Rulebook, Term, duration, duration_text, value_text

Row = tuple[str, Callable[[Term], str]]

SIGNS = {"!=": "≠", ">=": "≥", "<=": "≤"}
"""How people write comparisons."""


@dataclass(frozen=True)
class TermWords:
    """What one edition calls things, in one language."""

    rulebook: Rulebook
    language: str

    def facts(self, names: Iterable[str]) -> str:
        """Facts, any of which counts."""
        return _(" or ").join(label_in(self.rulebook, "fact", name, self.language) for name in names)

    def roles(self, names: Iterable[str]) -> str:
        """Roles, one after the other."""
        return _(", ").join(label_in(self.rulebook, "role", name, self.language) for name in names)

    def acts(self, names: Iterable[str]) -> list[str]:
        """Labels of acts."""
        return [label_in(self.rulebook, "act", name, self.language) for name in names]

    def value(self, written: str) -> str:
        """A length of time, or the value of the parameter that stands for it."""
        if not written:
            return ""
        if written.startswith("$"):
            return value_text(self.rulebook, self.rulebook.params[written[1:]], self.language)
        return duration_text(written, self.language) if duration(written) else written

    def conditions(self, table: Mapping[str, Any]) -> str:
        """Conditions: the key, how it is compared, and the words or the value of a parameter."""
        said = []
        for key, wanted in table.items():
            values = wanted if isinstance(wanted, tuple | list) else (wanted,)
            text = _(" or ").join(self._wanted(each) for each in values)
            said.append(f"{label_in(self.rulebook, 'word', key, self.language)} {text}")
        return _(" and ").join(said)

    def _wanted(self, wanted: Any) -> str:
        if isinstance(wanted, bool):
            return _("yes") if wanted else _("no")
        how, _space, value = str(wanted).rpartition(" ")
        text = self.value(value) if value.startswith("$") else label_in(self.rulebook, "word", value, self.language)
        return f"{SIGNS.get(how, how)} {text}".strip()

    def title(self, term: Term) -> str:
        """A term by its letter, and the act that ends it or that it holds up."""
        letter = term.id.rpartition(".")[2]
        act = act_of(self.rulebook, term) or next(iter(term.act), "")
        return f"{letter} {label_in(self.rulebook, 'act', act, self.language)}" if act else letter

    def severity(self, term: Term) -> str:
        """How grave a breach of a term is."""
        words = {
            "critical": _("a breach is critical"),
            "major": _("a breach is major"),
            "minor": _("a breach is minor"),
        }
        return words.get(term.severity, "")

    def opening(self, term: Term) -> str:
        """What a duty begins with."""
        return self._where(self.facts(term.opens), term)

    def _where(self, facts: str, term: Term) -> str:
        where = self.conditions(term.where)
        return _("%(facts)s, where %(conditions)s") % {"facts": facts, "conditions": where} if where else facts

    def deadline(self, term: Term) -> str:
        """How long a duty has, or how often a cycle comes."""
        if term.kind != "cycle":
            return self.value(term.within)
        every = _("every %(length)s") % {"length": self.value(term.every)}
        return every + (_(", %(grace)s of grace") % {"grace": self.value(term.grace)} if term.grace else "")

    def evidence(self, term: Term) -> str:
        """What a duty is proven with."""
        return _(", ").join(evidence_words(self.rulebook, term, self.language))

    def steps(self, term: Term) -> str:
        """Who hears of a breach, and when."""
        said = [
            _("%(after)s overdue: %(role)s")
            % {"after": duration_text(step[1:], self.language), "role": self.roles([role])}
            for step, role in term.escalates
        ]
        return _("; ").join(said)

    def first(self, term: Term) -> str:
        """What a gate waits for, or what a content must hold."""
        if term.kind == "content":
            return self.parts(term)
        if term.kind == "ban":
            return _("never allowed")
        return self._where(self.facts(term.unless) or "—", term)

    def parts(self, term: Term) -> str:
        """What a content must hold."""
        words: Any = term.parts
        if isinstance(words, str):
            return value_text(self.rulebook, self.rulebook.params[words[1:]], self.language)
        return _(", ").join(label_in(self.rulebook, f"word/{term.room}", word, self.language) for word in words)

    def check(self, term: Term) -> str:
        """The sentence of the check that a refused person reads."""
        return label_in(self.rulebook, "check", term.check, self.language) if term.check else ""

    def sources(self, term: Term) -> str:
        """What a measure reads: facts and terms."""
        said = [
            name if name[:1].isdigit() else label_in(self.rulebook, "fact", name, self.language) for name in term.from_
        ]
        return _(", ").join(said)

    def target(self, term: Term) -> str:
        """What a measure should reach."""
        return self.value(term.target) if isinstance(term.target, str) else ""

    def figure(self, term: Term) -> str:
        """A measure or an offer in one sentence."""
        if term.kind == "offer":
            return _("Encouraged and shown, never counted: %(facts)s") % {"facts": self.facts(term.shows)}
        said = {"sources": self.sources(term), "target": self.target(term)}
        return (
            _("Measured by %(sources)s; target %(target)s") if said["target"] else _("Measured by %(sources)s")
        ) % said

    def range_of(self, param: Param) -> str:
        """The range within which a company may set a parameter, empty where it has none."""
        if param.min is None or param.max is None:
            return ""
        least, most = (self.amount(end) for end in (param.min, param.max))
        return _("%(least)s to %(most)s") % {"least": least, "most": most}

    def amount(self, value: Any) -> str:
        """A bare value: a length of time with its unit, a word by its label, anything else as it is."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, tuple):
            return _(", ").join(self.amount(each) for each in value)
        read = duration(value)
        return read.say(self.language) if read else label_in(self.rulebook, "word", str(value), self.language)

    def duty_rows(self) -> list[Row]:
        """What is said of duties and cycles, line by line."""
        return [
            (_("Begins"), self.opening),
            (_("Applies to"), lambda term: self.conditions(term.only)),
            (_("Done by"), lambda term: self.facts(term.closes)),
            (_("Owner"), lambda term: self.roles([term.owner] if term.owner else ())),
            (_("Deadline"), self.deadline),
            (_("Evidence"), self.evidence),
            (_("Pauses"), lambda term: self.facts(term.pauses)),
            (_("Goes on"), lambda term: self.facts(term.resumes)),
            (_("Becomes void"), lambda term: self.facts(term.voids)),
            (_("Ends"), lambda term: self.facts(term.until)),
            (_("Tells"), lambda term: self.roles(term.tells)),
            (_("Escalation"), self.steps),
            (_("Severity"), severity_text),
        ]

    def rule_rows(self) -> list[Row]:
        """What is said of gates, contents and bans, line by line."""
        return [
            (_("Holds up"), lambda term: _(", ").join(self.acts(term.act))),
            (_("Applies to"), lambda term: self.conditions(term.only)),
            (_("What must be there first"), self.first),
            (_("What a refused person reads"), self.check),
            (_("A breach"), lambda term: self.facts(term.breach)),
            (_("Release"), lambda term: _("never released") if term.firm else ""),
            (_("Severity"), severity_text),
        ]

    def figure_rows(self) -> list[Row]:
        """What is said of measures and offers, line by line."""
        return [
            (_("Shows"), lambda term: self.facts(term.shows)),
            (_("Reads"), self.sources),
            (_("Target"), self.target),
        ]

    def said(self, term: Term) -> list[tuple[str, str]]:
        """Everything that is said of a term, label and text; what it does not say is left out."""
        if term.kind in ("duty", "cycle"):
            rows = self.duty_rows()
        else:
            rows = self.figure_rows() if term.kind in ("measure", "offer") else self.rule_rows()
        return [(label, text) for label, say in rows if (text := say(term))]


def severity_text(term: Term) -> str:
    """How grave a breach of a term is, in words."""
    words = {"critical": _("a breach is critical"), "major": _("a breach is major"), "minor": _("a breach is minor")}
    return words.get(term.severity, "")
