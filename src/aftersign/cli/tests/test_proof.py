"""`aftersign verify` and `journal`: what is proven of an installation; keys, erasures and restores are stated."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from aftersign.cli.tests.installation import ON_POSTGRES, PATIENCE, Installation, kill

pytestmark = pytest.mark.database
AS_JSON = "::jsonb" if ON_POSTGRES else ""
WHY = ("--by", "admin", "--reason", "decided by the board")


def verified(installation: Installation, *arguments: str) -> dict[str, Any]:
    """What a verification says; its status agrees with it."""
    done = installation.run("verify", "--json", *arguments)
    assert "Traceback" not in done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if said["ok"] else 1)
    assert said["ok"] == (not said["problems"])
    return said


def kinds(said: dict[str, Any], of: str = "problems") -> set[str]:
    """The kinds of what was found."""
    return {each["kind"] for each in said[of]}


def execute(installation: Installation, *statements: str) -> None:
    """Something done to the database past the program."""
    if installation.database:
        with psycopg.connect(installation.database, autocommit=True) as server:
            for statement in statements:
                server.execute(statement)
        return
    with closing(sqlite3.connect(installation.home / "aftersign.sqlite3")) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def untriggered(*statements: str) -> tuple[str, ...]:
    """Statements that the triggers of the journal would refuse, without these."""
    if ON_POSTGRES:
        return ("ALTER TABLE journal DISABLE TRIGGER USER", *statements, "ALTER TABLE journal ENABLE TRIGGER USER")
    return ("DROP TRIGGER journal_no_update", "DROP TRIGGER journal_no_delete", *statements)


def checkpoints(installation: Installation) -> list[dict[str, Any]]:
    """All checkpoints that were written, the oldest first."""
    return [json.loads(path.read_text()) for path in sorted(installation.home.glob("checkpoints/0*/*/*.json"))]


def size(installation: Installation) -> int:
    """The number of facts."""
    return int(installation.rows("SELECT count(*) FROM journal")[0][0])


def test_init_ends_with_a_checkpoint_and_a_key_that_only_its_owner_reads(founded: Installation) -> None:
    assert verified(founded) == {"ok": True, "facts": size(founded), "problems": [], "notes": []}
    (signed,) = checkpoints(founded)
    assert (signed["size"], signed["head"]) == founded.rows("SELECT sequence, hash FROM journal_tail")[0]
    (private,) = founded.home.glob("keys/*.key")
    assert private.stat().st_mode & 0o777 == 0o600
    assert private.stem == signed["key"]
    assert (founded.home / "checkpoints" / "keys" / f"{signed['key']}.json").exists()


def test_a_changed_row_is_named(founded: Installation) -> None:
    execute(founded, *untriggered("UPDATE journal SET payload = '{}' WHERE sequence = 3"))
    said = verified(founded)
    assert ("row_changed", 3) in {(each["kind"], each["sequence"]) for each in said["problems"]}
    shown = founded.run("verify")
    assert "row_changed" in shown.stdout
    assert "fact 3" in shown.stdout


def test_texts_of_an_edition_that_are_others_are_named(founded: Installation) -> None:
    execute(founded, "UPDATE policy_edition SET files = REPLACE(CAST(files AS text), '2', '3')" + AS_JSON)
    (drafted,) = founded.rows("SELECT sequence FROM journal WHERE fact = 'policy.drafted'")
    found = verified(founded)["problems"]
    assert [(each["kind"], each["sequence"]) for each in found] == [("texts_changed", *drafted)]


DAMAGE = {
    "no journal": (("DROP TABLE journal_privatevalue", "DROP TABLE journal"), {"table"}),
    "no end of the chain": (("DROP TABLE journal_tail",), {"table"}),
    "another table": (("DROP TABLE policy_toldstep",), {"table"}),
    "a column": (("ALTER TABLE journal RENAME COLUMN payload TO load",), {"column"}),
    "a column beside": (("ALTER TABLE journal_privatevalue RENAME COLUMN salt TO pepper",), {"column"}),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_a_damaged_database_lacks_is_named(
    founded: Installation, damage: tuple[tuple[str, ...], set[str]]
) -> None:
    statements, named = damage
    execute(founded, *statements)
    said = verified(founded)
    assert named <= kinds(said)
    assert all(each["what"] for each in said["problems"])


def test_a_file_that_is_no_database_is_said(founded: Installation) -> None:
    if founded.database:
        founded = Installation(founded.home, f"{founded.database}_gone", founded.port)
    else:
        for left in founded.home.glob("aftersign.sqlite3*"):
            left.write_bytes(b"no database" * 1000)
    assert kinds(verified(founded)) == {"database"}


def test_an_empty_home_is_said(bare: Installation) -> None:
    assert kinds(verified(bare)) == {"database"}


def test_an_old_copy_that_is_put_back_is_named_and_can_be_stated(founded: Installation, tmp_path: Path) -> None:
    copy_of(founded, tmp_path / "copy")
    before = size(founded)
    assert founded.run("journal", "new-key", *WHY).returncode == 0
    lost = size(founded)
    number = founded.rows("SELECT coalesce(max(last), 0) FROM numbers_counter")[0][0]
    put_back(founded, tmp_path / "copy")
    said = verified(founded)
    assert ("lost", before + 1) in {(each["kind"], each["sequence"]) for each in said["problems"]}
    refused = founded.run("journal", "checkpoint")
    assert refused.returncode == 1
    assert "older than the newest checkpoint" in refused.stderr
    stated = founded.run("journal", "restored", *WHY, "--json")
    assert json.loads(stated.stdout) == {"epoch": 1, "lost_from": before + 1, "lost_to": lost}, stated.stderr
    said = verified(founded)
    assert said["ok"], said["problems"]
    assert kinds(said, "notes") == {"restored"}
    assert (checkpoints(founded)[-1]["epoch"], checkpoints(founded)[-1]["size"]) == (1, before + 1)
    assert founded.rows("SELECT coalesce(max(last), 0) FROM numbers_counter")[0][0] >= number
    again = founded.run("journal", "restored", *WHY)
    assert (again.returncode, size(founded)) == (1, before + 1)
    assert "nothing was restored" in again.stderr
    file = tmp_path / "journal.jsonl"
    assert founded.run("export", "journal", str(file)).returncode == 0
    assert verified(founded, "--file", str(file))["ok"]


def copy_of(installation: Installation, to: Path) -> None:
    """A copy of the database alone."""
    if installation.database:
        name = name_of(installation)
        execute(Installation(to, server_of(installation)), f'CREATE DATABASE "{name}_copy" TEMPLATE "{name}"')
        return
    with (
        closing(sqlite3.connect(installation.home / "aftersign.sqlite3")) as source,
        closing(sqlite3.connect(to)) as into,
    ):
        source.backup(into)


def put_back(installation: Installation, copy: Path) -> None:
    """The copy in place of the database."""
    if installation.database:
        name = name_of(installation)
        execute(
            Installation(copy, server_of(installation)),
            f'DROP DATABASE "{name}" WITH (FORCE)',
            f'ALTER DATABASE "{name}_copy" RENAME TO "{name}"',
        )
        return
    for left in installation.home.glob("aftersign.sqlite3*"):
        left.unlink()
    shutil.copy(copy, installation.home / "aftersign.sqlite3")


def name_of(installation: Installation) -> str:
    """The name of its database."""
    return installation.database.rpartition("/")[2]


def server_of(installation: Installation) -> str:
    """The address of its server, with the database that is always there."""
    return f"{installation.database.rpartition('/')[0]}/postgres"


def test_what_was_signed_with_an_earlier_key_stays_checkable(founded: Installation, tmp_path: Path) -> None:
    first = json.loads(founded.run("init", "--json").stdout)["key"]
    for turn in range(1, 3):
        done = founded.run("journal", "new-key", *WHY, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["previous"] == checkpoints(founded)[turn - 1]["key"]
    assert len({each["key"] for each in checkpoints(founded)}) == 3
    assert json.loads(founded.run("init", "--json").stdout)["key"] == first
    assert founded.run("policy", "rebuild").returncode == 0
    assert verified(founded) == {"ok": True, "facts": size(founded), "problems": [], "notes": []}
    file = tmp_path / "journal.jsonl"
    assert founded.run("export", "journal", str(file)).returncode == 0
    assert verified(founded, "--file", str(file))["ok"]


def test_a_lost_key_is_said_and_a_new_one_is_stated(founded: Installation) -> None:
    (private,) = founded.home.glob("keys/*.key")
    private.unlink()
    assert kinds(verified(founded)) == {"key_missing"}
    refused = founded.run("journal", "new-key", *WHY)
    assert refused.returncode == 1
    assert "the company key is missing" in refused.stderr
    before = size(founded)
    assert founded.run("journal", "new-key", "--lost", *WHY).returncode == 0
    said = verified(founded)
    assert said["ok"], said["problems"]
    assert [(each["kind"], each["sequence"]) for each in said["notes"]] == [("key_changed", before + 1)]


def test_a_key_of_somebody_else_proves_nothing(founded: Installation, tmp_path: Path) -> None:
    shutil.rmtree(founded.home / "keys")
    assert {"key_missing", "checkpoint_key"} <= kinds(verified(founded))
    refused = founded.run("init")
    assert refused.returncode == 1
    assert "which is missing here" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list(founded.home.glob("keys/*.key"))


def test_an_erased_value_leaves_the_chain_whole_and_is_shown(founded: Installation, tmp_path: Path) -> None:
    longest = "SELECT sequence, key, value FROM journal_privatevalue ORDER BY length(value) DESC LIMIT 1"
    sequence, key, text = founded.rows(longest)[0]
    done = founded.run("journal", "erase", str(sequence), key, *WHY)
    assert done.returncode == 0, done.stderr
    place = f"FROM journal_privatevalue WHERE sequence = {sequence} AND key = '{key}'"
    assert founded.rows(f"SELECT value, salt {place}") == [(None, "")]
    said = verified(founded)
    assert said["ok"], said["problems"]
    (note,) = said["notes"]
    assert (note["kind"], note["sequence"]) == ("private_erased", sequence)
    assert "erased, commitment kept" in note["what"]
    before = size(founded)
    assert "was erased before" in founded.run("journal", "erase", str(sequence), key, *WHY).stdout
    assert founded.run("journal", "erase", str(sequence), "nothing", *WHY).returncode == 1
    assert size(founded) == before
    file = tmp_path / "journal.jsonl"
    assert founded.run("export", "journal", str(file)).returncode == 0
    assert text not in file.read_text(encoding="utf-8").splitlines()[sequence - 1]
    assert kinds(verified(founded, "--file", str(file)), "notes") == {"private_erased"}


ATTACH = """
from django.core.files.base import ContentFile
from aftersign.chapters.handover.models import Original
from aftersign.orders.papers import store
from aftersign.orders.models import Customer, Order, Paper
from aftersign.kernel.org.models import Person
kept = store(ContentFile(b"%PDF-1.7 what was signed", name="contract.pdf"))
who = Person.objects.first()
customer = Customer.objects.create(number="C-1", name="x")
order = Order.objects.create(number="SO-1", title="x", customer=customer, contract_no="x", kind="sales",
    signed_on="2026-01-01", sales_owner=who)
Paper.objects.create(order=order, kind="contract", name="contract.pdf", file=kept.file, size=kept.size,
    sha256=kept.sha256, stated_by=who, stated_at="2026-01-01T00:00:00Z")
print(kept.file, end="")
"""


def test_a_file_that_is_another_or_gone_is_named(founded: Installation) -> None:
    file = founded.home / "files" / founded.python(ATTACH)
    assert verified(founded)["ok"]
    file.write_bytes(b"%PDF-1.7 something else")
    assert kinds(verified(founded)) == {"file_changed"}
    file.unlink()
    assert kinds(verified(founded)) == {"file_missing"}


WITHDRAWN = """
from django.core.files.base import ContentFile
from aftersign.chapters.handover.models import Original
from aftersign.kernel.clock import now
from aftersign.kernel.vault.taking import take
from aftersign.orders.models import Order
kept = take(ContentFile(b"%PDF-1.7 a receipt", name="receipt.pdf"))
order = Order.objects.get()
Original.objects.create(order=order, keeper=order.sales_owner, place="A", receipt=kept.file, receipt_name=kept.name,
    sha256=kept.sha256, received_at=now(), withdrawn_at=now())
print(kept.file, end="")
"""


def test_a_file_of_what_was_withdrawn_is_looked_at_as_well(founded: Installation) -> None:
    founded.python(ATTACH)
    file = founded.home / "files" / founded.python(WITHDRAWN)
    assert verified(founded)["ok"]
    file.write_bytes(b"%PDF-1.7 another receipt")
    assert kinds(verified(founded)) == {"file_changed"}


def test_a_file_that_a_fact_names_and_nothing_keeps_is_missed(founded: Installation) -> None:
    founded.python("from aftersign.cli.tests import facts\nfacts.naming('ab' * 32)")
    said = verified(founded)
    (problem,) = said["problems"]

    assert (problem["kind"], problem["sequence"]) == ("file_missing", size(founded))
    assert "ab" * 32 in problem["what"]


def test_a_place_that_takes_no_checkpoint_is_said(founded: Installation) -> None:
    outside = founded.home / "checkpoints"
    shutil.rmtree(outside)
    outside.write_text("a file in its place")
    for command in (["journal", "checkpoint"], ["init"], ["export", "journal", str(founded.home / "file")]):
        done = founded.run(*command)
        assert done.returncode == 1, command
        assert "no checkpoint was written" in done.stderr
        assert str(outside) in done.stderr
        assert "Traceback" not in done.stderr
    assert not (founded.home / "file").exists()
    assert "checkpoint_missing" in kinds(verified(founded))


def test_what_is_stated_meanwhile_disturbs_nothing(founded: Installation) -> None:
    program = "import django; django.setup(); from aftersign.cli.tests import facts\nwhile True: facts.one()"
    with subprocess.Popen([sys.executable, "-c", program], env=founded.environment) as process:
        try:
            seen = [verified(founded)["facts"] for _turn in range(4)]
            assert founded.run("journal", "checkpoint").returncode == 0
            assert verified(founded)["ok"]
        finally:
            process.kill()
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert verified(founded)["ok"]


def test_a_worker_signs_by_itself_and_once_more_at_its_end(founded: Installation) -> None:
    before = len(checkpoints(founded))
    founded.python("from aftersign.cli.tests import facts; facts.one()")
    process = founded.start("worker")
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and len(checkpoints(founded)) == before:
            time.sleep(0.1)
        assert len(checkpoints(founded)) == before + 1
        founded.python("from aftersign.cli.tests import facts; facts.one()")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        kill(process)
    assert checkpoints(founded)[-1]["size"] == size(founded)
    assert verified(founded)["ok"]
