"""The tour of the interface for programs holds: its commands run one after another and answer what the page says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation, kill

pytestmark = pytest.mark.database
GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide" / "api.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_tour_run(staffed: Installation) -> None:
    bash = shutil.which("bash")
    if not bash or not shutil.which("curl"):
        pytest.skip("curl is not on this machine")
    tour = "\n".join(BLOCK.findall(GUIDE.read_text(encoding="utf-8")))
    here = Path(sys.executable).parent
    environment = {**staffed.environment, "PATH": f"{here}:{staffed.environment['PATH']}"}
    process = staffed.start("serve", "--workers", "1")
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        script = "set -euo pipefail\n" + tour.replace("http://127.0.0.1:8000", address)
        done = subprocess.run([bash, "-c", script], env=environment, capture_output=True, text=True, check=False)
    finally:
        kill(process)
    assert done.returncode == 0, done.stderr + done.stdout
    assert re.search(r"registered once: SO-\d{4}-0001", done.stdout)
    assert '"name": "ERP"' in done.stdout
    assert '"order.registered"' in done.stdout
    assert '"delivery_on": "2037-03-31"' in done.stdout
    assert re.search(r'"urn:aftersign:problem:stale".* too late', done.stdout, re.DOTALL)
    assert "<html" not in done.stdout
