"""`aftersign export journal`: a file that appears whole, that anybody can read, and from which all duties follow."""

import hashlib
import json
from pathlib import Path

import pytest
import rfc8785

from aftersign.cli.tests.installation import Installation, installation

pytestmark = pytest.mark.database


def test_anybody_can_check_the_chain_in_the_file(founded: Installation, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    done = founded.run("export", "journal", str(file), "--json")
    assert done.returncode == 0, done.stderr
    facts = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    said = json.loads(done.stdout)
    assert (said["facts"], said["file"]) == (len(facts), str(file))
    assert [(fact["sequence"], fact["hash"]) for fact in facts] == founded.rows(
        "SELECT sequence, hash FROM journal ORDER BY sequence"
    )
    previous = "0" * 64
    for fact in facts:
        assert fact["previous_hash"] == previous
        previous = fact.pop("hash")
        fact.pop("private", None)
        fact.pop("proof", None)
        texts = fact.pop("texts", None)
        assert (texts is not None) == (fact["fact"] == "policy.drafted")
        times = {key: fact[key].replace("+00:00", "Z") for key in ("at", "entered")}
        assert hashlib.sha256(rfc8785.dumps({**fact, **times})).hexdigest() == previous


def test_another_installation_comes_to_the_same_duties(founded: Installation, tmp_path: Path) -> None:
    file, other = tmp_path / "journal.jsonl", tmp_path / "other"
    assert founded.run("export", "journal", str(file)).returncode == 0
    with installation(other) as empty:
        done = empty.run("policy", "rebuild", "--from", str(file), "--json")
        assert done.returncode == 0, done.stderr
        duties = "SELECT id, state, due_at FROM policy_duty ORDER BY id"
        assert empty.rows(duties) == founded.rows(duties)
        assert empty.rows("SELECT hash FROM journal_tail") == founded.rows("SELECT hash FROM journal_tail")
        verified = empty.run("verify")
        assert verified.returncode == 0, verified.stdout


REVISE = """
import django
django.setup()
from datetime import date, timedelta
from aftersign.chapters.final import acts
from aftersign.chapters.general.acts import list_person, name_post
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.org.queries import company
from aftersign.policy.rulebook import DEFAULT, load
from aftersign.policy.editions.editing import NewValue, with_values, with_version

def holder(post):
    person = list_person(company(), account=post, name=post, by=operating())
    name_post(company(), post=post, holder=person, from_on=date.today(), by=operating())
    return Actor("person", person=person)

owner, manager = holder("policy_owner"), holder("general_manager")
for version in ("3", "4"):
    files = with_version(with_values(load(DEFAULT), {"handover_form_days": NewValue(version + "bd")}), version)
    edition = acts.draft(company(), files=files, reason="revised", by=owner)
    if version == "3":
        acts.issue(edition, effective_on=date.today() + timedelta(days=3), by=manager)
    else:
        acts.withdraw_edition(edition, reason="wrong", by=owner)
"""


def test_another_installation_comes_to_the_same_editions(founded: Installation, tmp_path: Path) -> None:
    file, other = tmp_path / "journal.jsonl", tmp_path / "other"
    founded.python(REVISE)
    assert founded.run("export", "journal", str(file)).returncode == 0
    with installation(other) as empty:
        done = empty.run("policy", "rebuild", "--from", str(file), "--json")
        assert done.returncode == 0, done.stderr
        whole = "id, version, digest, drafter_id, reason, approver_id, effective_on, issued_at, withdrawn_at, changes"
        editions = f"SELECT {whole}, in_force_from, replaced_at, drafted_at FROM policy_edition ORDER BY version"
        assert len(founded.rows(editions)) == 3
        private = [row[:4] + row[5:9] + row[10:] for row in empty.rows(editions)]
        assert private == [row[:4] + row[5:9] + row[10:] for row in founded.rows(editions)]


@pytest.mark.parametrize(
    ("before", "after"),
    [('"texts"', '"text"'), ("version = ", "version =  "), ('"at"', '"an"')],
)
def test_a_file_in_which_something_was_changed_is_refused(
    founded: Installation, tmp_path: Path, before: str, after: str
) -> None:
    file, other = tmp_path / "journal.jsonl", tmp_path / "other"
    assert founded.run("export", "journal", str(file)).returncode == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with installation(other) as empty:
        done = empty.run("policy", "rebuild", "--from", str(file))
        assert (done.returncode, empty.rows("SELECT count(*) FROM journal")) == (1, [(0,)])
        assert "line " in done.stderr
        assert "Traceback" not in done.stderr


def test_only_its_owner_reads_it_and_it_takes_the_place_of_an_older_one(founded: Installation, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text("older")
    file.chmod(0o644)
    assert founded.run("export", "journal", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert not file.read_text(encoding="utf-8").startswith("older")
    assert [each.name for each in tmp_path.iterdir() if "jsonl" in each.name] == ["journal.jsonl"]


@pytest.mark.parametrize("place", ["missing/journal.jsonl", "."])
def test_a_place_that_takes_no_file_is_said(founded: Installation, tmp_path: Path, place: str) -> None:
    done = founded.run("export", "journal", str(tmp_path / place))
    assert done.returncode in (1, 2)
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
