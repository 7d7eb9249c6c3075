"""A story written to a file and read by `aftersign policy run` comes to the same as in the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aftersign.cli.main import main
from aftersign.policy.engine import runs
from aftersign.policy.rulebook import DEFAULT, Rulebook, load
from tests.rulebook.stories import CALENDAR, CASES, Story, journal, moment_of, read, write_lines

CALENDAR_FILE = CASES / "calendar.json"
TOLD = ["01_long_holiday", "03_quarter_with_grace", "15_adopted", "16_order_withdrawn", "18_release", "21_three_rooms"]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The default edition."""
    return load(DEFAULT)


@pytest.fixture(params=TOLD)
def story(request: pytest.FixtureRequest) -> Story:
    """Some of the cases."""
    return read(CASES / f"{request.param}.toml")


def answer_of(story: Story, facts: Path, until: str, *more: str) -> Any:
    """What the command prints, as data."""
    rooms = ["--rooms", ",".join(story.rooms)] if story.rooms else []
    asked = ["policy", "run", str(DEFAULT), "--facts", str(facts), "--calendar", str(CALENDAR_FILE), "--until", until]
    result = CliRunner().invoke(main, [*asked, *rooms, *more], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_command_answers_like_the_engine(story: Story, rulebook: Rulebook, tmp_path: Path) -> None:
    """One document of JSON, equal to what the cases are held against, at every step."""
    facts = write_lines(journal(story, rulebook).lines, tmp_path / "facts.jsonl")
    for step in story.steps:
        until = moment_of(step, journal(story, rulebook, step.number).lines)
        expected = runs.run(rulebook, journal(story, rulebook).lines, CALENDAR, until, story.rooms)
        assert answer_of(story, facts, until, "--json") == json.loads(json.dumps(expected))


def test_the_command_asks_like_the_engine(rulebook: Rulebook, tmp_path: Path) -> None:
    """`--ask` with the units as JSON."""
    story = read(CASES / "01_long_holiday.toml")
    facts = write_lines(journal(story, rulebook).lines, tmp_path / "facts.jsonl")
    answer = answer_of(
        story, facts, "2026-10-05T12:00", "--ask", "handover.sign", "--units", '{"order": "o1"}', "--json"
    )
    assert [refusal["term"] for refusal in answer["refused_by"]] == ["2.1.3.f"]


def test_the_command_counts(rulebook: Rulebook, tmp_path: Path) -> None:
    """`--stats` names the lines of the file and the seconds of the engine."""
    story = read(CASES / "01_long_holiday.toml")
    lines = journal(story, rulebook).lines
    stats = answer_of(story, write_lines(lines, tmp_path / "facts.jsonl"), "2026-10-20T00:00", "--stats")
    assert stats["facts"] == len(lines)
    assert stats["engine_seconds"] >= 0


@pytest.mark.parametrize("moment", ["xx", "0001-01-01T00:00:00+08:00", "9999-12-31", "2026-02-30"])
@pytest.mark.parametrize("key", ["at", "entered"])
def test_a_moment_that_is_none_is_named_with_its_line(tmp_path: Path, key: str, moment: str) -> None:
    file = tmp_path / "facts.jsonl"
    line = {"fact": "order.signed", "at": "2026-10-08T10:00", "units": {"order": "o1"}, key: moment}
    file.write_text("\n" + json.dumps(line), encoding="utf-8")
    asked = ["policy", "run", str(DEFAULT), "--facts", str(file), "--calendar", str(CALENDAR_FILE)]
    result = CliRunner().invoke(main, [*asked, "--until", "2026-10-09"], catch_exceptions=False)
    assert (result.exit_code, f"{file}:2: no fact:" in result.stderr) == (1, True)
