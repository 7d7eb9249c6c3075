"""The wheel holds all that runs, compiled catalogues included, and nothing that only tests."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.shape.house import House

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a clean copy of the checkout, and unpacked."""
    checkout, built, unpacked = (tmp_path_factory.mktemp(name) for name in ("checkout", "built", "unpacked"))
    for path in House(ROOT).tracked:
        target = checkout / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(unpacked)
    return unpacked


def installed(folder: Path) -> set[PurePosixPath]:
    """Files of the package in the unpacked wheel."""
    return {PurePosixPath(path.relative_to(folder)) for path in (folder / "aftersign").rglob("*") if path.is_file()}


def test_holds_everything_but_tests(unpacked: Path) -> None:
    """Templates, static files, editions, migrations and modules: what is tracked is installed."""
    tracked = {PurePosixPath(*path.parts[1:]) for path in House(ROOT).tracked if path.parts[0] == "src"}
    wanted = {path for path in tracked if "tests" not in path.parts and path.name != "conftest.py"}
    assert wanted - installed(unpacked) == set()


def test_holds_no_tests(unpacked: Path) -> None:
    """Nobody needs them where it runs."""
    assert [path for path in installed(unpacked) if "tests" in path.parts or path.name == "conftest.py"] == []


def test_holds_the_guide(unpacked: Path) -> None:
    """What the help shows lies beside the program."""
    written = {PurePosixPath(*path.parts[2:]) for path in House(ROOT).tracked if path.parts[:2] == ("docs", "guide")}
    lying = {PurePosixPath("aftersign/desk/help/texts") / path for path in written}
    assert lying - installed(unpacked) == set()


def test_catalogues_are_compiled(unpacked: Path) -> None:
    """Beside every catalogue lies what Django reads."""
    catalogues = {path for path in installed(unpacked) if path.suffix == ".po"}
    assert {path.with_suffix(".mo") for path in catalogues} - installed(unpacked) == set()


def test_command_answers(unpacked: Path) -> None:
    """The command runs from the unpacked wheel and not from this checkout."""
    script = "import sys, aftersign; print(aftersign.__file__); from aftersign.cli.main import main; main(['--help'])"
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(unpacked)!r}); {script}"]
    without_tests = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    answer = subprocess.run(command, cwd=unpacked, env=without_tests, check=True, capture_output=True, text=True)
    assert answer.stdout.startswith(str(unpacked))
    assert "policy" in answer.stdout
