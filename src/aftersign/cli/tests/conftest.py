"""Installations for the tests of the command."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation, installation


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Installation]:
    """An installation in which nothing has been done."""
    with installation(tmp_path) as made:
        yield made


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """Another installation in which nothing has been done, beside the one of the test."""
    with installation(tmp_path / "elsewhere") as made:
        yield made


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation right after `aftersign init`, to be copied."""
    with installation(tmp_path_factory.mktemp("pattern")) as made:
        done = made.run("init")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def founded(pattern: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own right after `aftersign init`."""
    with installation(tmp_path, like=pattern) as made:
        yield made


@pytest.fixture(scope="session")
def staffed_pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with people and customers, to be copied."""
    with installation(tmp_path_factory.mktemp("staffed")) as made:
        made.python("from aftersign.cli.tests import mortals; mortals.staff()")
        yield made


@pytest.fixture
def staffed(staffed_pattern: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own with people in every department, some weeks after the policy came into force."""
    with installation(tmp_path, like=staffed_pattern) as made:
        yield made
