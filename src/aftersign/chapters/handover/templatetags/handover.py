"""Tags of the handover's pages: the clause whose duty an act ends, and how far the seal of a form is."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from aftersign.chapters.handover import queries
from aftersign.kernel.shell import marks
from aftersign.policy.editions import store

register = template.Library()


@register.simple_tag
def act_clause(act: str) -> SafeString:
    """The first clause of the edition in force with a duty that this act ends; nothing when no clause asks for it."""
    rulebook = store.shown()
    if rulebook is None:
        return SafeString()
    ends = {name for name, fact in rulebook.facts.items() if act in fact.stated_by}
    asked = (term.clause for term in rulebook.terms.values() if term.kind == "duty" and ends.intersection(term.closes))
    return marks.clauses([clause for clause in [next(asked, "")] if clause])


@register.inclusion_tag("handover/seal.html")
def seal_card(standing: queries.Standing) -> dict[str, Any]:
    """The sealing of the form that everybody has accepted; nothing while somebody has not."""
    sealing = queries.sealing_of(standing.order) if standing.is_complete else None
    return {"order": standing.order, "form": standing.form, "sealing": sealing}
