"""`aftersign token`: shown once, kept as a digest, and gone when it is revoked."""

from __future__ import annotations

import json

import pytest

from aftersign.cli.tests.installation import Installation

pytestmark = pytest.mark.database


def test_a_token_is_shown_once_and_never_kept(founded: Installation) -> None:
    made = founded.run("token", "create", "--person", "admin", "--scopes", "facts:read,orders:read", "--json")
    assert made.returncode == 0, made.stderr
    said = json.loads(made.stdout)
    assert said["token"].startswith("aftersign_")
    assert (said["person"], said["scopes"]) == ("admin", ["facts:read", "orders:read"])
    assert said["token"] not in made.stderr
    [[digest]] = founded.rows("SELECT digest FROM org_token")
    assert said["token"] not in digest
    listed = founded.run("token", "list", "--json")
    assert [each["id"] for each in json.loads(listed.stdout)["tokens"]] == [said["id"]]
    assert said["token"] not in listed.stdout
    assert founded.run("token", "revoke", said["id"]).returncode == 0
    assert json.loads(founded.run("token", "list", "--json").stdout) == {"tokens": []}
    written = founded.rows("SELECT event, subject FROM audit_log WHERE event LIKE 'token%' ORDER BY at, id")
    assert [tuple(each) for each in written] == [
        ("token_made", f"{said['id']} facts:read orders:read"),
        ("token_revoked", said["id"]),
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("create", "--person", "nobody"), 1, "nobody called nobody works here"),
        (("create", "--person", "admin", "--scopes", "orders:burn"), 2, "there is no scope orders:burn"),
        (("create",), 2, "--person"),
        (("revoke", "unknown"), 1, "there is no token unknown"),
    ],
)
def test_what_cannot_be_done_is_said(founded: Installation, arguments: tuple[str, ...], status: int, said: str) -> None:
    done = founded.run("token", *arguments)
    assert (done.returncode, founded.rows("SELECT count(*) FROM org_token")) == (status, [(0,)])
    assert said in done.stderr
    assert "Traceback" not in done.stderr
