"""Holds a step of a case against what the engine answers, and says what differs so that anyone can read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from aftersign.policy.engine import runs
from aftersign.policy.figures import figure_from
from aftersign.policy.rulebook import Rulebook
from tests.rulebook.sentences import (
    Answer,
    DutySentence,
    ask_sentence,
    duty_sentence,
    moment,
    name_of,
    named,
    say,
    told_time,
)
from tests.rulebook.stories import CALENDAR, Journal, Step, Story, entry_of, journal, moment_of

BESIDE = ("extended", "waived", "void", "not_applicable")


def faults(story: Story, step: Step, rulebook: Rulebook) -> list[str]:
    """Every expectation of a step that the engine does not meet, expected beside came."""
    told = journal(story, rulebook, step.number)
    until = moment_of(step, told.lines)
    answer = runs.run(rulebook, told.lines, CALENDAR, until, story.rooms)
    expected_refusals = [line for earlier in story.steps[: step.number] for line in earlier.refused]
    return [
        *_duties(step, answer),
        *_absent(step, answer, rulebook),
        *_lists(step, answer),
        *_figures(step, answer),
        *_same("refused", expected_refusals, [_refusal(refusal) for refusal in answer["refused"]]),
        *_asks(story, step, rulebook, told, until),
    ]


def differs(expected: str, came: str) -> str:
    """A fault in two lines, one under the other."""
    return f"expected  {expected}\n    came      {came}"


def _duties(step: Step, answer: Answer) -> Iterator[str]:
    sentences = [duty_sentence(text.removeprefix("each ")) for text in step.duties]
    each = {sentence.name for sentence, text in zip(sentences, step.duties, strict=True) if text.startswith("each ")}
    for name, group in groupby(sorted(sentences, key=lambda one: str(one.name)), key=lambda one: one.name):
        wanted, came = list(group), named(answer["duties"], name)
        if name in each:
            wanted = wanted * max(len(came), 1)
        for sentence, duty in zip_longest(wanted, came):
            yield from _one(sentence, duty)
    if step.no_others:
        told_of = {sentence.name for sentence in sentences}
        others = [duty for duty in answer["duties"] if not {name_of(duty), (*name_of(duty)[:2], None)} & told_of]
        yield from (differs("no other duty", say(duty)) for duty in others)


def _one(sentence: DutySentence | None, duty: Answer | None) -> Iterator[str]:
    if sentence is None or duty is None:
        yield differs(sentence.text if sentence else "nothing more of that name", say(duty) if duty else "no such duty")
    elif wrong := sentence.faults(duty):
        yield differs(sentence.text, say(duty)) + f"\n    not true  {'; '.join(wrong)}"


def _absent(step: Step, answer: Answer, rulebook: Rulebook) -> Iterator[str]:
    for text in step.absent:
        term, unit, *rest = text.split()
        assert term in rulebook.terms, f"no such term: {text}"
        found = named(answer["duties"], (term, unit, rest[0] if len(rest) == 1 else None))
        if rest[:1] == ["from"]:
            found = [duty for duty in found if (name_of(duty)[2] or "") >= rest[1]]
        yield from (differs(f"no {text}", say(duty)) for duty in found)
    for order in step.no_duties_of:
        found = [duty for duty in answer["duties"] if duty["order"] == order]
        yield from (differs(f"no duty of {order}", say(duty)) for duty in found)


def _lists(step: Step, answer: Answer) -> Iterator[str]:
    stages = {f"{order['order']} {order['stage']}" for order in answer["orders"]}
    for stage in step.stages:
        if stage not in stages:
            yield differs(stage, ", ".join(sorted(stages)))
    inert = set(answer["inert"])
    yield from (differs(f"{term} inert", "living") for term in step.inert if term not in inert)
    yield from (differs(f"{term} living", "inert") for term in step.living if term in inert)
    if step.exceptions is not None:
        yield from _same(
            "exceptions", step.exceptions, [f"{one['term']} {one['unit']}" for one in answer["exceptions"]]
        )
    if step.breaches is not None:
        yield from _same("breaches", step.breaches, [f"{one['term']} {one['unit']}" for one in answer["breaches"]])


def _figures(step: Step, answer: Answer) -> Iterator[str]:
    for text in step.figures:
        of, _, said = text.partition(": ")
        counted = [duty for duty in answer["duties"] if f"{duty['term']} {duty['unit']} ".startswith(f"{of} ")]
        figure = figure_from((duty["state"], duty["extended"], 1) for duty in counted)
        beside = [f"{count} {word}" for word in BESIDE if (count := getattr(figure, word))]
        came = ", ".join([f"{figure.on_time} of {figure.denominator} on time", *beside])
        if came != said:
            yield differs(text, came)


def _same(what: str, expected: Sequence[str], came: Sequence[str]) -> Iterator[str]:
    if sorted(expected) != sorted(came):
        yield differs(f"{what}: {', '.join(expected) or 'nothing'}", ", ".join(came) or "nothing")


def _refusal(refusal: Answer) -> str:
    return f"{refusal['fact']} {told_time(refusal['at'])} {refusal['why']}"


def _asks(story: Story, step: Step, rulebook: Rulebook, told: Journal, until: str) -> Iterator[str]:
    for text in step.asks:
        sentence = ask_sentence(text)
        assert sentence.act in rulebook.acts, f"no such act: {text}"
        units = told.units_of_ask(sentence.units)
        answer = runs.ask(rulebook, told.lines, CALENDAR, until, story.rooms, sentence.act, units)
        if wrong := sentence.faults(answer):
            yield differs(text, "; ".join(wrong))


def until_is_before_later_facts(story: Story, step: Step, rulebook: Rulebook) -> bool:
    """Whether the whole journal of a story reads at this step like its beginning: nothing later was entered by then."""
    begun, whole = journal(story, rulebook, step.number), journal(story, rulebook)
    until = moment(moment_of(step, begun.lines))
    return all(moment(entry_of(line)) > until for line in whole.lines[len(begun.lines) :])
