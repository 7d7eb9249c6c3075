"""Whatever lies in a folder, it is read or refused with file, line and reason."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersign.policy.rulebook import DEFAULT, BrokenRulebook, Fault, check, load
from aftersign.policy.rulebook.tests.mutants import copy_edition

FILES = sorted(path.name for path in DEFAULT.iterdir() if path.suffix in (".md", ".toml"))
LITERALS = (
    *(
        '""',
        '"x"',
        "[]",
        "{}",
        "0",
        "-1",
        "1e400",
        "nan",
        "true",
        "2026-01-01",
        "[[1]]",
        '["x", 1]',
        '[""]',
        "{ x = {} }",
    ),
    *(
        '"$x"',
        '["$x"]',
        '"0bd"',
        '"99999999bd"',
        '"order"',
        '"company"',
        '"order.signed"',
        "[{}]",
        '"\\u0000"',
        '"["',
        '"|:$"',
    ),
    *('{ "" = "" }', "{ grade = [] }", '{ grade = ["A", 1] }', '{ amount_base = ">= $amount_base" }', "'''\n'''"),
)
LINES = (
    *(
        "",
        "```",
        "```terms",
        "```params",
        "## 1.1.1 x",
        "## 99.1.1 x",
        "# x",
        "room: x",
        "completed_by_us: true",
        "{x}",
        "{",
        "}",
    ),
    *("[x]", "[[x]]", "x = 1", "[facts]", '[facts."order.signed"]', "\x00", "\u2028", "\ufeff", "```\n```", "[" * 3000),
)


def test_an_empty_folder(tmp_path: Path) -> None:
    assert Fault("edition.toml", 1, "file is missing") in check(tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BrokenRulebook) as refusal:
        load(tmp_path / "nowhere")
    assert Fault("facts.toml", 1, "file is missing") in refusal.value.faults


@pytest.mark.parametrize("file", ["facts.toml", "handover.zh-Hans.md", "handover.en.md"])
def test_a_file_that_is_no_text(file: str, tmp_path: Path) -> None:
    copy_edition(tmp_path)
    (tmp_path / file).write_bytes(b"first\nsecond\n\xff\xfe\x00")
    assert check(tmp_path) == (Fault(file, 3, "is no text in UTF-8"),)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    (tmp_path / "roles.toml").unlink()
    (tmp_path / "roles.toml").mkdir()
    (fault,) = check(tmp_path)
    assert (fault.file, fault.line) == ("roles.toml", 1)
    assert fault.reason.startswith("cannot be read")


def test_a_byte_order_mark(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    path = tmp_path / "words.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (fault,) = check(tmp_path)
    assert (fault.file, fault.line) == ("words.toml", 1)


def test_line_ends_of_another_system(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    for file in FILES:
        path = tmp_path / file
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check(tmp_path) == ()


def test_tables_within_tables_without_end(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    (tmp_path / "words.toml").write_text(f"x = {'[' * 5000}", encoding="utf-8")
    (fault,) = check(tmp_path)
    assert (fault.file, fault.reason) == ("words.toml", "not valid TOML: is nested too deeply")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    copy_edition(tmp_path)
    for file, old, new in (
        ("facts.toml", 'seen_by = "everyone"', 'seen_by = "nobody"'),
        ("roles.toml", '"department:it"', '"department:its"'),
        ("handover.zh-Hans.md", 'owner     = "sales"', 'owner     = "seller"'),
    ):
        path = tmp_path / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert [fault.file for fault in check(tmp_path)] == ["facts.toml", "handover.zh-Hans.md", "roles.toml"]


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the edition and its text after one to four mistakes."""
    file = draw(st.sampled_from(FILES))
    lines = (DEFAULT / file).read_text(encoding="utf-8").split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = _mangle(draw, lines[at])
    return file, "\n".join(lines)


def _mangle(draw: st.DrawFn, line: str) -> list[str]:
    """What stands in place of a line."""
    how = draw(st.sampled_from(("drop", "repeat", "insert", "value", "string", "cut")))
    literal = draw(st.sampled_from(LITERALS))
    if how == "insert":
        return [draw(st.sampled_from(LINES) | st.text(max_size=20)), line]
    if how == "value":
        return [re.sub(r"= .*", lambda _match: f"= {literal}", line)]
    if how == "string":
        return [re.sub(r'"[^"]*"', lambda _match: literal, line, count=draw(st.integers(1, 3)))]
    return {"drop": [""], "repeat": [line, line]}.get(how, [line[: draw(st.integers(0, 30))]])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changed=mangled())
def test_no_mistake_is_met_with_anything_but_faults(changed: tuple[str, str], tmp_path: Path) -> None:
    file, text = changed
    copy_edition(tmp_path)
    (tmp_path / file).write_bytes(text.encode("utf-8", "surrogatepass"))
    for fault in _faults_of_loading(tmp_path):
        path = tmp_path / fault.file
        lines = path.read_bytes().count(b"\n") + 1 if path.is_file() else 1
        assert 1 <= fault.line <= lines, fault
        assert "\n" not in str(fault)


def _faults_of_loading(folder: Path) -> tuple[Fault, ...]:
    """The faults for which the edition is refused; none when it is loaded."""
    try:
        load(folder)
    except BrokenRulebook as refusal:
        return refusal.faults
    return ()
