"""The gatekeeper: what the policy of an order asks before an act may go on, and why it says no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts import checks
from aftersign.kernel.acts.checks import Asking
from aftersign.kernel.acts.doing import Doing, entered
from aftersign.kernel.acts.doorway import Act, declared
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import now
from aftersign.kernel.units import registry
from aftersign.orders.models import Order
from aftersign.policy.cases import Bench
from aftersign.policy.engine import Answer, Need
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Rulebook, Term, value_of


def gatekeep(doing: Doing, act: Act) -> None:
    """Ask the limits, gates, contents and bans of this act in the order's edition; raises `Refused` with the clauses.

    What an import or the set-up states is held by no gate; the checks that the act itself declares hold everybody.
    """
    if refusals := refusals_of(doing, act):
        raise Refused(tuple(refusals), act=act.name, unit=doing.unit)


def refusals_of(doing: Doing, act: Act, *, checked: bool = True) -> list[Refusal]:
    """What stands in the way of an act; unless `checked`, only what does not depend on how it is done."""
    bench = Bench.of(doing)
    units = registry.ids_of(doing.unit)
    held = doing.actor.kind == "person" and bench.has_policy
    answer = bench.ask(act.name, units) if held else Answer([], [], [])
    asked: dict[str, list[Need]] = {name: [] for name in act.checks}
    for need in answer.needs:
        if need.check:
            asked.setdefault(need.check, []).append(need)
        else:
            bench.owe(act.name, need)
    asked = asked if checked else {}
    if not asked and not answer.refused_by:
        return []
    gate = _Gate(doing, bench, bench.rulebook(bench.order_of(units)), bench.order_of(units))
    refusals = [gate.closed(term, why) for term, why in answer.refused_by]
    return refusals + [refusal for name, needs in asked.items() for refusal in gate.unmet(name, needs)]


def is_firm(term: Term, *acts: str) -> bool:
    """Whether a gate is never released for acts, all that it holds up unless some are named.

    The edition says so, or the act asks the check itself, which holds everybody whatever an edition says.
    """
    known = declared()
    asked = [known[act].checks for act in acts or term.act if act in known]
    return term.firm or (bool(asked) and all(term.check in checks for checks in asked))


def in_the_way(order: Order, act: str, *, by: Actor) -> list[Refusal]:
    """What stands in the way of an act on an order however it is done: its stage, a gate, a ban; nothing is written."""
    doing = Doing(act, order, order, by, now(), {})
    with entered(doing):
        return refusals_of(doing, declared()[act], checked=False)


@dataclass(frozen=True)
class _Gate:
    """One act before the gate, and what is needed to say why it stays shut."""

    doing: Doing
    bench: Bench
    rulebook: Rulebook | None
    order_id: Any

    def label(self, sort: str, name: str) -> str:
        return label_in(self.rulebook, sort, name, get_language() or "zh-hans") if self.rulebook else name

    def closed(self, term_id: str, why: str) -> Refusal:
        """The refusal of a limit, a ban, or a gate whose fact is missing."""
        term = self.rulebook.terms.get(term_id) if self.rulebook else None
        if term is None:
            stage = self.label("stage", why)
            return Refusal(_("The order is at the stage “%(stage)s”, which does not accept this.") % {"stage": stage})
        if term.kind == "ban":
            return Refusal(_("This is never allowed."), terms=(term_id,))
        facts = _(" or ").join(self.label("fact", name) for name in term.unless)
        return Refusal(_("This is missing first: %(facts)s.") % {"facts": facts}, terms=(term_id,))

    def unmet(self, name: str, needs: list[Need]) -> Iterator[Refusal]:
        """The refusal of a check, where it says no to one of the terms that ask it, or to the act itself."""
        terms = tuple(need.term for need in needs)
        rule = checks.offered(name)
        if rule is None:
            sentence = _("No installed room can answer: %(check)s") % {"check": self.label("check", name)}
            yield Refusal(sentence, check=name, terms=terms)
            return
        verdicts = {need: rule(self.asking(need)) for need in needs or [Need("", name, ())]}
        refusing = [need for need, verdict in verdicts.items() if not checks.holds(verdict)]
        if refusing:
            lacking = dict.fromkeys(part for need in refusing for part in checks.missing(verdicts[need]))
            named = tuple(need.term for need in refusing if need.term) or self.naming(name)
            yield Refusal(self.label("check", name), check=name, terms=named, missing=tuple(lacking))

    def naming(self, check: str) -> tuple[str, ...]:
        """The terms that name a check which the act itself asks."""
        terms = self.rulebook.terms.values() if self.rulebook else ()
        return tuple(term.id for term in terms if term.check == check)

    def asking(self, need: Need) -> Asking:
        """What the check is asked with."""
        signed = self.bench.signed(self.order_id)
        known = self.rulebook.checks.get(need.check) if self.rulebook else None
        params = (
            {each: value_of(self.rulebook.params[each], signed) for each in known.reads}
            if known and self.rulebook
            else {}
        )
        return Asking(
            act=self.doing.act,
            actor=self.doing.actor,
            unit=self.doing.unit,
            given=self.doing.given,
            facts=self.bench.facts_of_case(self.order_id),
            params=params,
            parts=need.parts,
        )
