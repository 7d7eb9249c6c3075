"""`aftersign print handover`: a file that appears whole, or a sentence that says why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersign.cli.tests.installation import Installation, installation
from aftersign.kernel.print.tests.pages import pages_of, plain

pytestmark = pytest.mark.database
SUBMIT = """
import django
django.setup()
from aftersign.chapters.handover.tests.rig import content
from aftersign.chapters.handover.tests.policed import at, found_under_the_policy
from aftersign.chapters.handover import acts
from aftersign.kernel.clock import frozen, new_id
firm = found_under_the_policy()
with frozen(at(18)):
    acts.send_and_sign(
        firm.order,
        content=content(firm.order, requirement="采集数据😀"),
        departments=firm.recipients,
        responsibility="内容真实完整。",
        by=firm.actor("wumin"),
    )
second = firm.order
second.pk, second.number, second.contract_no, second._state.adding = new_id(), "SO-2026-0002", "HT-2026-0232", True
second.save()
"""


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with two orders; the form of the first has been submitted."""
    with installation(tmp_path_factory.mktemp("submitted")) as made:
        made.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        made.python(SUBMIT)
        yield made


@pytest.mark.parametrize("number", ["SO-2026-0001", "HO-2026-0001"])
def test_prints_the_form_of_an_order(submitted: Installation, tmp_path: Path, number: str) -> None:
    file = tmp_path / "form.pdf"
    done = submitted.run("print", "handover", number, str(file))
    assert done.returncode == 0, done.stderr
    assert number in done.stdout
    assert "U+1F600" in done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["form.pdf"]
    paper = plain(file.read_bytes())
    assert paper.startswith("恒信科技有限公司订单交接单")
    assert "HO-2026-0001" in paper
    assert "AfterSign" in pages_of(file.read_bytes())[0]


def test_an_order_that_is_not_there_is_said(submitted: Installation, tmp_path: Path) -> None:
    done = submitted.run("print", "handover", "SO-1999-0001", str(tmp_path / "form.pdf"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no order SO-1999-0001" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(submitted: Installation, tmp_path: Path) -> None:
    done = submitted.run("print", "handover", "SO-2026-0001", str(tmp_path / "no" / "form.pdf"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr


def test_a_form_that_was_not_submitted_is_said(submitted: Installation, tmp_path: Path) -> None:
    done = submitted.run("print", "handover", "SO-2026-0002", str(tmp_path / "form.pdf"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "the handover form of SO-2026-0002 has not been submitted yet" in done.stderr
    assert list(tmp_path.iterdir()) == []
