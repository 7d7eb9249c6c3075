"""The catalogues hold the sentences of the code: `make messages` would find nothing new."""

import subprocess
import sys
from pathlib import Path

import polib
import pytest

from .house import House

ROOT = Path(__file__).resolve().parents[2]


def sentences(root: Path) -> set[tuple[str, str]]:
    """Every sentence in every catalogue below a root."""
    found = set()
    for path in root.glob("src/aftersign/**/locale/*/LC_MESSAGES/*.po"):
        found |= {(str(path.relative_to(root)), entry.msgid) for entry in polib.pofile(str(path)) if not entry.obsolete}
    return found


@pytest.mark.gettext
def test_catalogues_are_up_to_date(tmp_path: Path) -> None:
    """Collecting again, in a copy of the checkout, adds no sentence and drops none."""
    for path in House(ROOT).tracked:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / path).read_bytes())
    collecting = [sys.executable, ".ci/messages.py"]
    answer = subprocess.run(collecting, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "catalogues" in answer.stdout, answer.stderr
    collected, kept = sentences(tmp_path), sentences(ROOT)
    assert sorted(collected - kept) == [], "run `make messages` and translate"
    assert sorted(kept - collected) == [], "run `make messages`: nobody says these any more"
