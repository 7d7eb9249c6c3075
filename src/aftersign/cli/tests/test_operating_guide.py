"""The page for whoever runs an installation holds: its commands run one after another and leave two sound companies."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation
from aftersign.cli.tests.test_proof import verified

pytestmark = pytest.mark.database
GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide" / "operating.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_page_run(bare: Installation, empty: Installation, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = "set -euo pipefail\n" + "\n".join(BLOCK.findall(GUIDE.read_text(encoding="utf-8")))
    places = {"BACKUPS": str(tmp_path), "ELSEWHERE": str(empty.home), "EMPTY_DATABASE": empty.database}
    path = f"{Path(sys.executable).parent}:{bare.environment['PATH']}"
    secret = {"AFTERSIGN_SECRET_KEY": "as long as a key should be, which that of the tests is not"}
    environment = {**bare.environment, **places, **secret, "PATH": path}
    done = subprocess.run([bash, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    assert done.stdout.count("read back and in order") == 2
    assert done.stdout.count("0 at fault") == 3
    assert "verified: all in order" in done.stdout
    assert verified(bare)["facts"] == verified(empty)["facts"]
