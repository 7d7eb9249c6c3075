"""Orders as the edition treats them: time zone, grades, stages, limits, and what holds for all their duties."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from aftersign.policy.rulebook.draft import Draft
from aftersign.policy.rulebook.model import Fault
from aftersign.policy.rulebook.soundness.conditions import misfits_of_order, words_of

# The stages beside the sequence are known to the program by these names.
_BESIDE = ("suspended", "terminated", "warranty")


def faults(draft: Draft) -> Iterator[Fault]:
    """Faults of what `edition.toml` says about orders."""
    yield from _time_zone(draft)
    yield from _grades(draft)
    yield from _stages(draft)
    yield from _stages_beside(draft)
    yield from _limits(draft)
    yield from _order_wide(draft)


def _time_zone(draft: Draft) -> Iterator[Fault]:
    name = draft.rulebook.time_zone
    try:
        if name:
            ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # a zone that is not found is a KeyError
        yield draft.edition.fault(f"time_zone '{name}' does not exist", "time_zone")


def _words_of_fact(draft: Draft, fact: str, key: str) -> tuple[str, ...]:
    kind = draft.rulebook.facts.get(fact)
    return (words_of(draft, kind.payload.get(key, "")) or ()) if kind else ()


def _grades(draft: Draft) -> Iterator[Fault]:
    grades = draft.rulebook.grades
    words = _words_of_fact(draft, "order.signed", "grade")
    for index, grade in enumerate(grades):
        if grade.grade and grade.grade not in words:
            reason = f"grade {grade.grade} is not among the words of order.signed's grade"
            yield draft.edition.fault(reason, "grades", index, "grade")
        for reason, keys in misfits_of_order(draft, grade.when):
            yield draft.edition.fault(f"grade {grade.grade}: {reason}", "grades", index, "when", *keys)
    if grades and grades[-1].when:
        reason = "the last grade has no condition, so that every order gets one"
        yield draft.edition.fault(reason, "grades", len(grades) - 1, "when")


def _stages(draft: Draft) -> Iterator[Fault]:
    words = _words_of_fact(draft, "order.adopted", "stage")
    names: list[str] = []
    for index, stage in enumerate(draft.rulebook.stages):
        if stage.stage in names or stage.stage in _BESIDE:
            reason = f"stage {stage.stage} is there already, or the name of a stage beside the sequence"
            yield draft.edition.fault(reason, "stages", index, "stage")
        elif stage.stage and stage.stage not in words:
            reason = f"stage {stage.stage} is not among the words of order.adopted's stage"
            yield draft.edition.fault(reason, "stages", index, "stage")
        names.append(stage.stage)
        for key, facts in (("reached_by", stage.reached_by), ("facts", stage.facts)):
            for place, fact in enumerate(facts):
                if not draft.carries(fact, "order"):
                    reason = f"stage {stage.stage}: {fact} is no declared fact of an order"
                    yield draft.edition.fault(reason, "stages", index, key, place)


def _stages_beside(draft: Draft) -> Iterator[Fault]:
    days = {
        key
        for fact in draft.rulebook.facts.values()
        if "order" in fact.carries
        for key, payload_type in fact.payload.items()
        if payload_type == "date"
    }
    for index, stage in enumerate(draft.rulebook.stages_beside):
        if stage.stage and stage.stage not in _BESIDE:
            reason = f"stage {stage.stage} is unknown; beside the sequence there are {', '.join(_BESIDE)}"
            yield draft.edition.fault(reason, "stages_beside", index, "stage")
        for key, facts in (("from", stage.from_), ("to", stage.to)):
            for place, fact in enumerate(facts):
                if not draft.carries(fact, "order"):
                    reason = f"stage {stage.stage}: {fact} is no declared fact of an order"
                    yield draft.edition.fault(reason, "stages_beside", index, key, place)
        if stage.to_day and stage.to_day not in days:
            reason = f"stage {stage.stage}: {stage.to_day} is no date that a fact of an order carries"
            yield draft.edition.fault(reason, "stages_beside", index, "to_day")


def _limits(draft: Draft) -> Iterator[Fault]:
    rulebook = draft.rulebook
    stages = {stage.stage for stage in rulebook.stages} | {stage.stage for stage in rulebook.stages_beside}
    for index, limit in enumerate(rulebook.limits):
        if limit.stage and limit.stage not in stages:
            yield draft.edition.fault(f"limits name unknown stage {limit.stage}", "limits", index, "stage")
        for key, names in (("accepts", limit.accepts or ()), ("refuses", limit.refuses)):
            for place, name in enumerate(names):
                if name not in draft.spaces and name not in draft.facts_of_act:
                    reason = f"limits of {limit.stage}: {name} is neither a room nor an act"
                    yield draft.edition.fault(reason, "limits", index, key, place)


def _order_wide(draft: Draft) -> Iterator[Fault]:
    wide = draft.rulebook.order_wide
    for key, fact in (("pauses", wide.pauses), ("resumes", wide.resumes), ("voids", wide.voids)):
        if fact and not draft.carries(fact, "order"):
            reason = f"order_wide: {key} names {fact}, which is no declared fact of an order"
            yield draft.edition.fault(reason, "order_wide", key)
    kept = draft.edition.table("order_wide").names("kept_after_termination", filled=False, single=False)
    for index, term in enumerate(kept):
        if term not in draft.rulebook.terms:
            reason = f"order_wide: unknown term {term}"
            yield draft.edition.fault(reason, "order_wide", "kept_after_termination", index)
