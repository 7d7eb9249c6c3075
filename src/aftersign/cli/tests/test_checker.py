"""An exported journal is checked by `aftersign verify --file` and by the guide's checker, and they agree."""

import copy
import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aftersign.cli.tests.installation import COMMAND, Installation, installation
from aftersign.cli.verifying import of_file

pytestmark = pytest.mark.database
CHECKER = Path(__file__).resolve().parents[4] / "docs" / "guide" / "check_journal.py"
WHY = ("--by", "admin", "--reason", "decided")
Lines = list[str]


@pytest.fixture(scope="module")
def exported(pattern: Installation, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """A journal with an erased value, a second key, and checkpoints of both keys."""
    folder = tmp_path_factory.mktemp("exported")
    with installation(folder, like=pattern) as made:
        sequence, key = made.rows("SELECT sequence, key FROM journal_privatevalue ORDER BY id DESC LIMIT 1")[0]
        assert made.run("journal", "erase", str(sequence), key, *WHY).returncode == 0
        assert made.run("journal", "new-key", *WHY).returncode == 0
        file = folder / "journal.jsonl"
        assert made.run("export", "journal", str(file)).returncode == 0
        return file.read_text(encoding="utf-8").splitlines(keepends=True)


def checked(file: Path) -> subprocess.CompletedProcess[str]:
    """What the guide's checker says, in a Python that knows nothing of us."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), str(file)], capture_output=True, text=True, check=False, cwd="/"
    )


def verified(file: Path) -> dict[str, Any]:
    """What the command says, on a machine without an installation."""
    done = subprocess.run(
        [*COMMAND, "verify", "--file", str(file), "--json"],
        env={"AFTERSIGN_HOME": "/dev/null/nowhere", "DATABASE_URL": "mysql://nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if said["ok"] else 1)
    return said


def written(lines: Lines, tmp_path: Path) -> Path:
    """Lines as a file."""
    file = tmp_path / "journal.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    return file


def test_both_find_the_file_in_order(exported: Lines, tmp_path: Path) -> None:
    file = written(exported, tmp_path)
    said = verified(file)
    assert (said["ok"], said["facts"]) == (True, len(exported)), said["problems"]
    done = checked(file)
    assert (done.returncode, done.stderr) == (0, "")
    first = json.loads(exported[0])["proof"]["keys"][0]["public"]
    assert f"{len(exported)} facts are in order and signed; the first key is {first}" in done.stdout


def test_the_checker_has_a_hundred_lines_of_plain_python() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    assert text.count("\n") <= 100
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"json", "sys", "functools", "hashlib"}


def edited(lines: Lines, place: int, change: Callable[[dict[str, Any]], object]) -> Lines:
    """Lines of which one says something else, written as the export would write it."""
    said = json.loads(lines[place])
    change(said)
    line = json.dumps(said, ensure_ascii=False, sort_keys=True) + "\n"
    return [*lines[:place], line, *lines[place + 1 :]]


def without(lines: Lines, place: int) -> Lines:
    """Lines without one."""
    return [*lines[:place], *lines[place + 1 :]]


TAMPERED: dict[str, tuple[str, Callable[[Lines], Lines]]] = {
    "nothing": ("checkpoint_missing", lambda lines: []),
    "changed": ("row_changed", lambda lines: edited(lines, 2, lambda said: said.update(seen=77))),
    "deleted": ("row_missing", lambda lines: without(lines, 4)),
    "the first deleted": ("row_missing", lambda lines: lines[1:]),
    "inserted": ("row_misplaced", lambda lines: [*lines[:4], *lines[3:]]),
    "reordered": ("row_misplaced", lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]]),
    "cut off": ("lost", lambda lines: lines[:-1]),
    "no proof": ("checkpoint_missing", lambda lines: [edited(lines[:1], 0, lambda said: said.pop("proof"))[0]]),
    "no JSON": ("row_unreadable", lambda lines: [*lines[:5], "{\n", *lines[6:]]),
    "no fact": ("row_unreadable", lambda lines: [*lines[:5], "[]\n", *lines[6:]]),
    "texts": ("beside_changed", lambda lines: edited_where(lines, "texts", lambda said: said["texts"].update(a="b"))),
    "no texts": ("beside_changed", lambda lines: edited_where(lines, "texts", lambda said: said.pop("texts"))),
    "private": ("private_missing", lambda lines: edited_where(lines, "private", lambda said: said.pop("private"))),
}


def edited_where(lines: Lines, name: str, change: Callable[[dict[str, Any]], object]) -> Lines:
    """Lines of which the first that carries something says something else."""
    return edited(lines, next(place for place, line in enumerate(lines) if name in json.loads(line)), change)


@pytest.mark.parametrize(("kind", "tamper"), TAMPERED.values(), ids=TAMPERED)
def test_both_find_what_was_tampered_with(
    exported: Lines, tmp_path: Path, kind: str, tamper: Callable[[Lines], Lines]
) -> None:
    file = written(tamper(exported), tmp_path)
    said = verified(file)
    assert kind in {each["kind"] for each in said["problems"]}
    done = checked(file)
    assert done.returncode == 1
    assert done.stderr.startswith("NOT in order: ")


@pytest.mark.parametrize("seed", range(10))
def test_both_find_any_sign_that_is_another(exported: Lines, tmp_path: Path, seed: int) -> None:
    fate = random.Random(seed)
    place = fate.randrange(len(exported))
    line = exported[place]
    at = fate.randrange(len(line) - 1)
    other = fate.choice([sign for sign in 'abc019 {}",:' if sign != line[at]])
    file = written([*exported[:place], line[:at] + other + line[at + 1 :], *exported[place + 1 :]], tmp_path)
    assert verified(file)["ok"] is False
    assert checked(file).returncode == 1


def test_both_find_and_name_whatever_is_edited_on_the_first_line(exported: Lines, tmp_path: Path) -> None:
    """Each field, also of the keys and the newest checkpoint there: given another value, taken away, added to."""
    said, missed = json.loads(exported[0]), []
    assert {"keys", "newest", "signature"} <= said["proof"].keys()
    check = the_checker()
    for place, edited_line in edits_of(said):
        line = json.dumps(edited_line, ensure_ascii=False, sort_keys=True) + "\n"
        lines = [line, *exported[1:]]
        if line == exported[0]:
            continue
        found = of_file(written(lines, tmp_path)).problems
        if not any(each.sequence in (1, None) for each in found):
            missed.append(("verify", place, line))
        try:
            check(iter(lines))
            missed.append(("check_journal.py", place, line))
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            continue
    assert not missed


def the_checker() -> Callable[[Iterator[str]], str]:
    """What the guide's checker does with lines, called here: there are hundreds of files to check."""
    spec = importlib.util.spec_from_file_location("check_journal", CHECKER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check: Callable[[Iterator[str]], str] = module.check
    return check


def edits_of(said: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place within a line, with the line as it is once something is done there."""
    for place, value in places_in(said):
        for other in others(value):
            yield place, put(said, place, other)
        if place:
            yield place, taken_away(said, place)


def places_in(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place within a value of JSON, with what stands there."""
    yield at, value
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in within:
        yield from places_in(each, (*at, name))


def others(value: Any) -> list[Any]:
    """Other values in place of one: near ones, written otherwise, of another kind."""
    if isinstance(value, dict):
        return [{**value, "other": 1}, {**value, "zz": None}, {}, [], None]
    if isinstance(value, list):
        return [[*value, *value[-1:]], value[:-1], value[::-1], [*value, None], [], {}, None]
    if isinstance(value, int):
        return [value + 1, -value - 1, str(value), float(value), None]
    if isinstance(value, str):
        last = value[:-1] + ("2" if value[-1:] == "1" else "1")
        return [value + "0", value + " ", last, value.swapcase(), value.replace("Z", "+00:00"), "", 5, None]
    return ["", "0" * 16, 0, False]


def put(said: Any, place: tuple[Any, ...], other: Any) -> Any:
    """A line with another value in one place."""
    if not place:
        return other
    changed = copy.deepcopy(said)
    within(changed, place)[place[-1]] = other
    return changed


def taken_away(said: Any, place: tuple[Any, ...]) -> Any:
    """A line without what stands in one place."""
    changed = copy.deepcopy(said)
    del within(changed, place)[place[-1]]
    return changed


def within(value: Any, place: tuple[Any, ...]) -> Any:
    """What holds a place."""
    for name in place[:-1]:
        value = value[name]
    return value
