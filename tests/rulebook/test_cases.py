"""The worked cases of the default edition, read by the same code as `aftersign policy run`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from aftersign.policy.engine import grade_of, runs
from aftersign.policy.rulebook import DEFAULT, Rulebook, load
from tests.rulebook.checking import faults, until_is_before_later_facts
from tests.rulebook.stories import CALENDAR, Step, Story, journal, moment_of, stories

EXAMPLES = Path(__file__).parent / "EXAMPLES.md"
STORIES = stories()
STEPS = [pytest.param(story, step, id=f"{story.name}-{step.number}") for story in STORIES for step in story.steps]
GRADES = [pytest.param(dict(row), id=" ".join(map(str, row.values()))) for story in STORIES for row in story.grades]


@cache
def rulebook() -> Rulebook:
    """The default edition, read once."""
    return load(DEFAULT)


@pytest.mark.parametrize(("story", "step"), STEPS)
def test_step_of_a_case(story: Story, step: Step) -> None:
    """What a sentence of a case says is what the engine answers."""
    wrong = faults(story, step, rulebook())
    if wrong:
        sentence = " … ".join(step.says)
        pytest.fail(f"case {story.case}, {story.name}, step {step.number}: {sentence}\n  " + "\n  ".join(wrong), False)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_facts_entered_later_are_not_read(story: Story) -> None:
    """The whole journal, read until a step, answers like the journal as it stood at that step."""
    whole = journal(story, rulebook()).lines
    for step in story.steps:
        begun = journal(story, rulebook(), step.number).lines
        if begun and until_is_before_later_facts(story, step, rulebook()):
            until = moment_of(step, begun)
            as_it_stood = runs.run(rulebook(), begun, CALENDAR, until, story.rooms)
            assert runs.run(rulebook(), whole, CALENDAR, until, story.rooms) == as_it_stood


@pytest.mark.parametrize("row", GRADES)
def test_grade_of_an_order(row: dict[str, str]) -> None:
    """The grade that the act writes into `order.signed`."""
    grade = row.pop("grade")
    assert grade_of(rulebook(), row) == grade


@pytest.mark.parametrize("case", range(1, 24))
def test_every_sentence_of_a_case_is_told(case: int) -> None:
    """Each sentence of EXAMPLES.md stands, word for word, in the steps of its case."""
    title, text = _case(case)
    told = [story for story in STORIES if story.case == case]
    assert {story.title for story in told} == {title}
    for sentence in sorted({said for story in told for said in _sentences(story)}, key=len, reverse=True):
        assert _plain(sentence) in _plain(text), f"not in case {case}: {sentence}"
        text = _plain(text).replace(_plain(sentence), "")
    untold = re.sub(r"[^\w]+", " ", text.replace("Given:", "")).strip()
    assert not untold, f"case {case} also says: {_plain(text)}"


def _sentences(story: Story) -> list[str]:
    return [*story.given, *(said for step in story.steps for said in step.says)]


def _case(number: int) -> tuple[str, str]:
    found = re.search(rf"^## {number}\. (.+)\n((?:(?!## ).*\n?)*)", EXAMPLES.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1], found[2]


def _plain(text: str) -> str:
    return " ".join(text.split())
