"""`aftersign backup` and `restore`: the same company in another place, taken at work; nothing half, nothing by half."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from aftersign.cli.keeping import crypt, reading
from aftersign.cli.keeping.faults import NoArchive
from aftersign.cli.tests.installation import COMMAND, Installation, installation, kill, wait_for
from aftersign.cli.tests.test_proof import ATTACH, WHY, kinds, verified

pytestmark = pytest.mark.database
PASSPHRASE = "correct horse battery staple"
PASSING = {"sign_in", "cache"}


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AFTERSIGN_BACKUP_PASSPHRASE", PASSPHRASE)


@pytest.fixture(scope="module")
def archive(pattern: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of an installation right after `aftersign init`."""
    folder = tmp_path_factory.mktemp("archive")
    file = folder / "backup.asb"
    with installation(folder, like=pattern) as made:
        environment = {**made.environment, "AFTERSIGN_BACKUP_PASSPHRASE": PASSPHRASE}
        subprocess.run([*COMMAND, "backup", str(file)], env=environment, check=True, capture_output=True)
    return file


def said(done: subprocess.CompletedProcess[str], status: int = 0) -> dict[str, Any]:
    """What a command says as JSON, having ended with a status."""
    assert done.returncode == status, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence with which a command refuses."""
    assert (done.returncode, done.stdout) == (1, ""), done.stdout
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def counted(made: Installation, tables: list[str]) -> dict[str, int]:
    """Rows by table."""
    return {table: made.rows(f'SELECT count(*) FROM "{table}"')[0][0] for table in tables}


def left_in(made: Installation) -> set[str]:
    """What lies in a home folder, but for what every command makes."""
    always = {"secret.key", ".keeping", ".keeping/lock"}
    return {str(each.relative_to(made.home)) for each in made.home.rglob("*")} - always


def is_untouched(made: Installation) -> bool:
    """Whether neither the home folder nor the database has anything that was not there before."""
    tables = made.rows("SELECT 1 FROM pg_tables WHERE schemaname = 'public'") if made.database else []
    return not left_in(made) and not tables


@contextmanager
def busy(made: Installation) -> Iterator[None]:
    """Somebody who states facts and attaches files, without an end."""
    program = (
        "import django; django.setup(); from aftersign.cli.tests import facts\nwhile True: facts.one(); facts.file()"
    )
    with subprocess.Popen([sys.executable, "-c", program], env=made.environment) as process:
        try:
            until, before = time.monotonic() + 60, size(made)
            while size(made) < before + 3 and time.monotonic() < until:
                time.sleep(0.1)
            yield
            assert process.poll() is None
        finally:
            process.kill()


def size(made: Installation) -> int:
    """The number of facts."""
    return int(made.rows("SELECT count(*) FROM journal")[0][0])


def secrets_in(made: Installation) -> dict[str, str]:
    """The key of sessions and links, unless it comes from the environment."""
    return {each.name: each.read_text() for each in made.home.glob("secret.key")}


def test_what_is_taken_at_work_is_whole_elsewhere(founded: Installation, empty: Installation, tmp_path: Path) -> None:
    founded.python(ATTACH)
    file = tmp_path / "backup.asb"
    with busy(founded):
        taken = said(founded.run("backup", str(file), "--json"))
    assert (taken["verified"], taken["lacking"], taken["keys"]) == (True, [], "same")
    assert file.stat().st_mode & 0o777 == 0o600
    assert taken["facts"] < size(founded)
    back = said(empty.run("restore", str(file), "--json"))
    assert (back["ok"], back["problems"], back["lost"], back["facts"]) == (True, [], None, taken["facts"])
    assert verified(empty)["ok"]
    assert (taken["facts"], taken["head"]) == empty.rows("SELECT sequence, hash FROM journal_tail")[0]
    assert counted(empty, [name for name in taken["tables"] if name != "org_mark"]) == {
        name: count for name, count in taken["tables"].items() if name != "org_mark"
    }
    assert not PASSING & set(taken["tables"])
    assert {each.name for each in founded.home.glob("keys/*.*")} == {each.name for each in empty.home.glob("keys/*.*")}
    assert secrets_in(empty) == secrets_in(founded)
    (private,) = empty.home.glob("keys/*.key")
    assert private.stat().st_mode & 0o777 == 0o600
    empty.python("from aftersign.cli.tests import facts; facts.one()")
    assert said(empty.run("journal", "checkpoint", "--json"))["checkpoint"]["size"] == taken["facts"] + 1


def test_a_second_backup_takes_the_place_of_the_first_and_of_nothing_else(
    founded: Installation, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.asb"
    shutil.copy(archive, file)
    before = file.read_bytes()
    said(founded.run("backup", str(file), "--json"))
    assert file.read_bytes() != before
    assert [each.name for each in tmp_path.glob("*.asb*")] == [file.name]
    assert not list(tmp_path.glob(".*.part"))
    assert not (founded.home / ".keeping" / "work").exists()
    letter = tmp_path / "letter.txt"
    letter.write_text("what somebody wrote")
    assert "is no archive" in refused(founded.run("backup", str(letter)))
    assert letter.read_text() == "what somebody wrote"


def test_facts_that_checkpoints_outside_know_of_are_stated_as_lost(
    founded: Installation, empty: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "backup.asb"
    assert founded.run("backup", str(file)).returncode == 0
    before = size(founded)
    founded.python("from aftersign.cli.tests import facts; facts.one(); facts.one()")
    assert founded.run("journal", "checkpoint").returncode == 0
    shutil.copytree(founded.home / "checkpoints", empty.home / "checkpoints")
    assert "is not empty" in refused(empty.run("restore", str(file)))
    (empty.home / "checkpoints").rename(tmp_path / "outside")
    os.environ["AFTERSIGN_CHECKPOINTS"] = str(tmp_path / "outside")
    try:
        back = said(empty.run("restore", str(file), "--json", "--by", "admin", "--reason", "the disk failed"))
        assert back["lost"] == {"epoch": 1, "from": before + 1, "to": before + 2}
        assert any(f"facts {before + 1} to {before + 2}" in step for step in back["by_hand"])
        found = verified(empty)
    finally:
        del os.environ["AFTERSIGN_CHECKPOINTS"]
    assert (found["ok"], kinds(found, "notes")) == (True, {"restored"})
    assert empty.rows("SELECT fact FROM journal ORDER BY sequence DESC LIMIT 1") == [("journal.restored",)]


def test_keys_have_a_passphrase_of_their_own_or_stay_away(
    founded: Installation, empty: Installation, tmp_path: Path
) -> None:
    file, phrase = tmp_path / "backup.asb", tmp_path / "phrase"
    phrase.write_text("another passphrase for the keys\n")
    taken = said(founded.run("backup", str(file), "--json", "--keys-passphrase-file", str(phrase)))
    assert taken["keys"] == "own"
    assert "does not open the keys" in refused(empty.run("restore", str(file)))
    assert is_untouched(empty)
    back = said(empty.run("restore", str(file), "--json", "--without-keys"), status=1)
    assert {each["kind"] for each in back["problems"]} == {"key_missing"}
    assert any("new-key --lost" in step for step in back["by_hand"])
    assert not list(empty.home.glob("keys/*.key"))
    assert empty.run("journal", "new-key", "--lost", *WHY).returncode == 0
    assert verified(empty)["ok"]


def test_keys_come_back_with_their_passphrase_and_what_lies_beside_them(
    founded: Installation, empty: Installation, tmp_path: Path
) -> None:
    file, phrase = tmp_path / "backup.asb", tmp_path / "phrase"
    phrase.write_text("another passphrase for the keys\n")
    seal = founded.home / "keys" / "seal"
    beside = {each.name: each.read_bytes() for each in seal.iterdir()}
    said(founded.run("backup", str(file), "--json", "--keys-passphrase-file", str(phrase)))
    assert said(empty.run("restore", str(file), "--json", "--keys-passphrase-file", str(phrase)))["ok"]
    assert {each.name: each.read_bytes() for each in (empty.home / "keys" / "seal").iterdir()} == beside != {}


def test_thirty_flipped_bits_are_found_by_reading(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, chance, file = archive.read_bytes(), random.Random(20261129), tmp_path / "damaged.asb"
    with archive.open("rb") as source:
        lock = crypt.lock_of(source, PASSPHRASE)
    monkeypatch.setattr(crypt, "_derived", lambda *_said: (lock.key, bytes.fromhex(json.loads(lock.header)["check"])))
    for place in chance.sample(range(len(whole)), 30):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        file.write_bytes(changed)
        with pytest.raises(NoArchive):
            reading.inspect(file, PASSPHRASE, PASSPHRASE)


def test_a_damaged_archive_is_refused_before_anything_is_touched(
    archive: Path, empty: Installation, tmp_path: Path
) -> None:
    whole, file = archive.read_bytes(), tmp_path / "damaged.asb"
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for damaged in (bytes(flipped), whole[:-1], whole[: len(whole) // 2]):
        file.write_bytes(damaged)
        assert "archive" in refused(empty.run("restore", str(file)))
    assert is_untouched(empty)


def test_a_wrong_passphrase_or_none_is_refused(
    archive: Path, empty: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AFTERSIGN_BACKUP_PASSPHRASE", "something else")
    assert "the passphrase does not open" in refused(empty.run("restore", str(archive)))
    monkeypatch.delenv("AFTERSIGN_BACKUP_PASSPHRASE")
    assert "AFTERSIGN_BACKUP_PASSPHRASE" in refused(empty.run("restore", str(archive)))
    assert is_untouched(empty)
    phrase = tmp_path / "phrase"
    phrase.write_text(f"{PASSPHRASE}\r\nand a second line\n")
    assert said(empty.run("restore", str(archive), "--json", "--passphrase-file", str(phrase)))["ok"]


def test_nobodys_work_is_written_over(archive: Path, founded: Installation, empty: Installation) -> None:
    before = founded.rows("SELECT hash FROM journal_tail")
    assert "not empty" in refused(founded.run("restore", str(archive)))
    assert founded.rows("SELECT hash FROM journal_tail") == before
    (empty.home / "files" / "papers").mkdir(parents=True)
    (empty.home / "files" / "papers" / "contract.pdf").write_bytes(b"%PDF")
    assert str(empty.home / "files") in refused(empty.run("restore", str(archive)))
    assert (empty.home / "files" / "papers" / "contract.pdf").exists()


LATER = """
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("orders", "9999_later")
"""


def test_an_archive_of_a_later_program_is_refused(founded: Installation, empty: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.asb"
    founded.python(f"exec({LATER!r})")
    assert founded.run("backup", str(file)).returncode == 0
    assert "orders.9999_later" in refused(empty.run("restore", str(file)))
    assert left_in(empty) == set()


def test_a_file_that_is_gone_is_named_and_the_rest_is_kept(
    founded: Installation, empty: Installation, tmp_path: Path
) -> None:
    file, lost = tmp_path / "backup.asb", founded.python(ATTACH)
    (founded.home / "files" / lost).unlink()
    taken = said(founded.run("backup", str(file), "--json"), status=1)
    assert taken["lacking"] == [f"{lost} is not in the storage"]
    back = said(empty.run("restore", str(file), "--json"), status=1)
    assert {each["kind"] for each in back["problems"]} == {"file_missing"}


def test_a_full_disk_is_said_and_leaves_nothing(founded: Installation, tmp_path: Path) -> None:
    limited = f"ulimit -f 64; exec {' '.join(COMMAND)} backup {tmp_path / 'backup.asb'}"
    done = subprocess.run(["bash", "-c", limited], env=founded.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert "nothing was kept" in done.stderr
    assert "Traceback" not in done.stderr
    assert [each for each in tmp_path.iterdir() if "backup" in each.name] == []


@pytest.mark.parametrize("pause", [0.0, 0.3, 1.0])
def test_a_killed_restore_leaves_nothing_half(archive: Path, empty: Installation, pause: float) -> None:
    process = empty.start("restore", str(archive))
    wait_for(empty.home / ".keeping" / "restoring.json", process)
    time.sleep(pause)
    kill(process)
    again = empty.run("restore", str(archive), "--json")
    if again.returncode:
        assert "not empty" in again.stderr or "interrupted after the database was back" in again.stderr
        assert empty.run("init").returncode == 0
    assert verified(empty)["ok"]
    assert not (empty.home / ".keeping" / "restoring.json").exists()


def test_what_an_interrupted_restore_has_put_beside_an_empty_database_is_cleared(
    archive: Path, empty: Installation
) -> None:
    for name in (".keeping/restoring.json", "keys/0000000000000000.json", "files/papers/00/half"):
        (empty.home / name).parent.mkdir(parents=True, exist_ok=True)
        (empty.home / name).write_text('{"archive": "an earlier one"}')
    assert "run `aftersign restore` again" in refused(empty.run("init"))
    assert said(empty.run("restore", str(archive), "--json"))["ok"]
    assert not (empty.home / "files" / "papers" / "00" / "half").exists()
    assert len(list(empty.home.glob("keys/*.json"))) == 1


def test_a_killed_backup_leaves_no_archive_and_the_next_one_clears_up(founded: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.asb"
    process = founded.start("backup", str(file))
    wait_for(tmp_path / ".backup.asb.part", process)
    kill(process)
    assert not file.exists()
    said(founded.run("backup", str(file), "--json"))
    assert [each.name for each in tmp_path.iterdir() if "backup" in each.name] == [file.name]
