"""`aftersign check`: a fresh installation is fit for use, and each thing that is wrong is named with what to do."""

from __future__ import annotations

import json
import os
import subprocess
import time
from hashlib import sha256
from typing import Any

import pytest

from aftersign.cli.checking import around, running
from aftersign.cli.tests.installation import Installation
from aftersign.cli.tests.test_proof import execute, untriggered
from aftersign.demo.cast import PASSWORD
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org import marks
from aftersign.kernel.org.models import Person

IN_ORDER = {"database", "home", "disk", "keys", "triggers", "clock", "checkpoints", "addresses", "fonts", "pages"}


def looked(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What is said of each thing; the exit code agrees with it."""
    assert "Traceback" not in done.stderr
    document = json.loads(done.stdout)
    assert all(set(each) == {"check", "state", "what", "do"} for each in document["checks"])
    assert all(bool(each["do"]) == (each["state"] != "ok") for each in document["checks"])
    faults = [each for each in document["checks"] if each["state"] == "fault"]
    assert (document["ok"], done.returncode) == ((False, 1) if faults else (True, 0)), faults
    return {each["check"]: each for each in document["checks"]}


@pytest.mark.database
def test_a_fresh_installation_is_fit_for_use(founded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSIGN_SECRET_KEY", "as long as a key should be, which that of the tests is not")
    found = looked(founded.run("check", "--json"))
    assert {name for name in IN_ORDER if found[name]["state"] != "ok"} == set()
    assert {name for name, each in found.items() if each["state"] == "warning"} >= {"worker", "backup", "scanner"}
    shown = founded.run("check")
    assert shown.returncode == 0
    assert "0 at fault" in shown.stdout


BREAK = """
from datetime import timedelta
from django.core.cache import cache
from aftersign.cli.tests import facts
from aftersign.kernel.clock import frozen, now
from aftersign.kernel.org.models import Person
with frozen(now() + timedelta(hours=1)):
    facts.one()
cache.set("heartbeat.worker", (now() - timedelta(hours=1)).isoformat(), timeout=None)
person = Person.objects.get(is_administrator=True)
person.set_password("qianhou-demo")
person.save()
"""


@pytest.mark.database
def test_what_is_wrong_is_named(founded: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    founded.python(f"exec({BREAK!r})")
    execute(founded, *untriggered()[:2] if not founded.database else untriggered()[:1])
    (private,) = founded.home.glob("keys/*.key")
    private.chmod(0o644)
    founded.home.chmod(0o755)
    (founded.home / "checkpoints").rename(founded.home / "elsewhere")
    monkeypatch.setenv("AFTERSIGN_HOSTS", "127.0.0.1,orders.example.com")
    monkeypatch.setenv("AFTERSIGN_SECRET_KEY", "short")
    monkeypatch.setenv("AFTERSIGN_CLAMD", "127.0.0.1:9")
    found = looked(founded.run("check", "--json"))
    faults = {name for name, each in found.items() if each["state"] == "fault"}
    wrong = {"worker", "clock", "sign-ins", "triggers", "keys", "checkpoints", "addresses", "secret", "scanner"}
    assert (wrong - faults, faults - wrong) == (set(), set())
    assert found["home"]["state"] == "warning"
    assert str(private) in found["keys"]["do"]


def test_style_sheets_of_another_program_are_told(founded: Installation) -> None:
    (sheet,) = founded.home.glob("static/shell/aftersign.*.css")
    sheet.unlink()
    said = looked(founded.run("check", "--json"))["pages"]
    assert (said["state"], "shell/aftersign.css" in said["what"]) == ("fault", True)
    assert "aftersign init" in said["do"]
    assert founded.run("init").returncode == 0
    assert looked(founded.run("check", "--json"))["pages"]["state"] == "ok"


@pytest.mark.database
def test_a_mail_server_that_is_down_is_something_to_look_at(
    founded: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AFTERSIGN_MAIL_URL", "smtp://127.0.0.1:9")
    said = looked(founded.run("check", "--json"))["mail"]
    assert said["state"] == "warning"
    assert said["what"].startswith("127.0.0.1:9 takes none")


@pytest.mark.database
def test_a_place_without_a_company_is_said(bare: Installation) -> None:
    found = looked(bare.run("check", "--json"))
    assert (found["database"]["state"], "init" in found["database"]["do"]) == ("fault", True)
    assert "triggers" not in found


@pytest.mark.database
def test_a_database_that_does_not_answer_is_said(bare: Installation) -> None:
    gone = Installation(bare.home, "postgres://somebody:a-pass-word@127.0.0.1:9/aftersign", bare.port)
    done = gone.run("check", "--json")
    assert looked(done)["database"]["state"] == "fault"
    assert "a-pass-word" not in done.stdout + done.stderr


@pytest.mark.django_db
def test_people_of_the_sample_company_are_named() -> None:
    who = Person(account="wumin", name="吴敏", is_sample=True)
    who.set_password(PASSWORD)
    who.save()
    assert around.sign_ins().state == "warning"
    assert "cannot sign in" in around.sign_ins().what
    marks.put(marks.DEMO, now())
    assert "this is the sample company" in around.sign_ins().what


@pytest.mark.django_db
def test_an_old_backup_is_told() -> None:
    marks.put(marks.BACKUP, now())
    states = {each.check: each.state for each in running.look()}
    assert states["backup"] == "ok"
    with frozen(now() + 2 * running.OLD):
        assert {each.check: each.state for each in running.look()}["backup"] == "warning"


def test_hosts_beyond_this_machine_need_https(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.HTTPS = ["orders.example.com"], True
    states = {each.check: each.state for each in around.look()}
    assert states["addresses"] == "ok"
    settings.CSRF_TRUSTED_ORIGINS = ["http://orders.example.com"]
    assert {each.check: each.state for each in around.look()}["addresses"] == "warning"
    settings.ALLOWED_HOSTS = ["*"]
    assert {each.check: each.state for each in around.look()}["addresses"] == "fault"


SWEEP = "from aftersign.cli import chores; chores.STRAYS(); chores.STRAYS._process.join()"


@pytest.mark.database
def test_files_that_nothing_names_are_told_alike_and_go(founded: Installation) -> None:
    content = b"%PDF-1.7 of an act that was refused"
    digest = sha256(content).hexdigest()
    stray = founded.home / "files" / "papers" / digest[:2] / digest[2:]
    stray.parent.mkdir(parents=True)
    stray.write_bytes(content)
    found = looked(founded.run("check", "--json"))["files"]
    assert (found["state"], found["what"]) == ("ok", "0 are named by no fact and no row, to be removed"), "too young"
    old = time.time() - 3 * 24 * 60 * 60
    os.utime(stray, (old, old))
    found = looked(founded.run("check", "--json"))["files"]
    assert (found["state"], found["what"][:7]) == ("warning", "1 files")
    told = json.loads(founded.run("verify", "--json").stdout)
    assert (told["ok"], [each["kind"] for each in told["notes"]]) == (True, ["files_unnamed"])
    founded.python(SWEEP)
    assert not stray.exists()
    assert looked(founded.run("check", "--json"))["files"]["state"] == "ok"
    assert json.loads(founded.run("verify", "--json").stdout)["notes"] == []
