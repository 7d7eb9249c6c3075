"""Acts: each that states a fact or is banned has a label, and no two labels are alike."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.policy.rulebook.draft import NOBODY, Draft
from aftersign.policy.rulebook.model import Fault


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of acts."""
    labelled = draft.rulebook.acts
    known = (draft.facts_of_act.keys() - NOBODY) | draft.banned_acts
    for act in sorted(known - labelled.keys()):
        yield draft.tables["acts.toml"].fault(f"act {act} ({_where_named(draft, act)}) has no label", "acts")
    for act in labelled:
        if act in draft.rulebook.facts:
            yield draft.fault(f"is also the name of a fact ({draft.where_is('fact', act)})", "act", act)
        if act not in known:
            yield draft.fault("states no fact and is not banned", "act", act)
    yield from _alike(draft)


def _where_named(draft: Draft, act: str) -> str:
    """The fact that the act states, or the term that bans it."""
    if act in draft.facts_of_act:
        fact = draft.rulebook.facts[draft.facts_of_act[act][0]]
        place = draft.shelf["fact", fact.name].place("stated_by", fact.stated_by.index(act))
        return f"{place.file}:{place.line}"
    return next(draft.where_is("term", term.id) for term in draft.rulebook.terms.values() if act in term.act)


def _alike(draft: Draft) -> Iterator[Fault]:
    for key in ("zh_hans", "zh_hant", "en"):
        first: dict[str, str] = {}
        for act, labels in draft.rulebook.acts.items():
            label = getattr(labels, key)
            other = first.setdefault(label, act)
            if label and other != act:
                yield draft.fault(f"has the same label {key} as {other}: {label}", "act", act, key)
