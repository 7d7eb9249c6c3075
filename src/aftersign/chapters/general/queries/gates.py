"""Gates as somebody meets them who was refused: which of them can be released, and who was refused by which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.loading import load, load_unit
from aftersign.kernel.acts.models import RefusedAct
from aftersign.kernel.units import registry
from aftersign.policy.cases import edition_of
from aftersign.policy.editions import store
from aftersign.policy.gatekeeper import is_firm
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Rulebook, Term


@dataclass(frozen=True)
class Gate:
    """A gate of an edition that can be released."""

    term: Term
    edition: str


def releasable(unit: Model, act: str, term: str) -> Gate | None:
    """The gate of this name that holds the act up on a unit, None where there is none or it is a firm one."""
    ids = registry.ids_of(unit)
    edition = edition_of(UUID(ids["order"]) if "order" in ids else None)
    found = store.rulebook_of(edition).terms.get(term) if edition else None
    if edition is None or found is None or found.kind != "gate" or act not in found.act or is_firm(found, act):
        return None
    return Gate(found, edition)


def was_refused(actor: Actor, unit: Model, act: str, term: str) -> bool:
    """Whether a gate has refused the act to an actor on a unit."""
    rows = RefusedAct.objects.filter(
        act=act, unit=registry.kind_of(unit).name, unit_id=str(unit.pk), actor_id__in=actor.hands
    ).order_by("-refused_at")
    return any(term in terms for terms in rows.values_list("terms", flat=True)[:50])


def could_be_released(terms: Any, act: str) -> bool:
    """Whether any of the terms that refused an act is a gate of the edition in force that can be released."""
    rulebook = store.shown()
    known = rulebook.terms if rulebook else {}
    return any(
        name in known and known[name].kind == "gate" and act in known[name].act and not is_firm(known[name], act)
        for name in terms
    )


@dataclass(frozen=True)
class RefusedHere:
    """An attempt that was refused, and the gates that refused it and can be released, each with what it waits for."""

    act: str
    unit: Any
    title: str
    choices: list[tuple[Term, str]]


def refusal_for(actor: Actor, pk: UUID) -> RefusedHere:
    """An attempt of the actor's own that a releasable gate has refused; raises `Http404` for any other."""
    row = load(RefusedAct.objects.filter(actor_id__in=actor.hands), pk=pk)
    unit = load_unit(actor, row.unit, row.unit_id)
    gates = [gate for term in dict.fromkeys(row.terms) if (gate := releasable(unit, row.act, term))]
    if not gates:
        raise Http404
    kind = registry.kind_of(unit)
    return RefusedHere(row.act, unit, kind.title(unit), [(gate.term, _waits_for(gate)) for gate in gates])


def _waits_for(gate: Gate) -> str:
    """What a gate waits for, in words, with its clause."""
    return f"{gate.term.clause} {waits_for(store.rulebook_of(gate.edition), gate.term)}"


def waits_for(rulebook: Rulebook, term: Term) -> str:
    """What a gate waits for: the facts that open it, else what its check says."""
    language = get_language() or "zh-hans"
    facts = _(" or ").join(label_in(rulebook, "fact", name, language) for name in term.unless)
    return facts or label_in(rulebook, "check", term.check, language)
