"""A place for keys and checkpoints of each test."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, settings: Any) -> Path:
    """Where the checkpoints of this test go; its keys lie beside them."""
    settings.KEYS = tmp_path / "keys"
    settings.CHECKPOINTS = [str(tmp_path / "outside")]
    return tmp_path / "outside"
