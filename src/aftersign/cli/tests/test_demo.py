"""`aftersign demo`: a sample company that has lived by its policy, once, and never in a company of somebody's own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from aftersign.cli.tests.installation import Installation, descendants, installation, kill, moment, wait_for
from aftersign.demo.cast import PASSWORD
from aftersign.demo.plots import PLOTS

STAGES = (
    *("signed", "handed_over", "planned", "executing", "completed", "closed"),
    *("suspended", "terminated", "warranty"),
)
pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, dict[str, Any]]]:
    """An installation with the sample company, and what the command said of it, after it was once killed at work."""
    with installation(tmp_path_factory.mktemp("shown")) as made:
        made.python("from aftersign.desk.setup.founding import prepare; prepare()")
        process = made.start("demo", "--no-serve")
        wait_for(made.home / "files", process)
        kill(process)
        assert made.rows("SELECT count(*) FROM orders_order") == [(0,)]
        done = made.run("demo", "--no-serve", "--json")
        assert done.returncode == 0, done.stderr
        yield made, json.loads(done.stdout)


MUST_CHANGE = "SELECT must_change_password FROM org_person WHERE NOT is_operating"


def test_every_sign_in_it_gives_is_one(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, said = shown
    assert {each["role"] for each in said["sign_ins"]} > {"admin", "general_manager", "sales", "finance", "auditor"}
    assert all(set(each) == {"role", "person", "password"} for each in said["sign_ins"])
    program = (
        "import json; from aftersign.kernel.org.models import Person; "
        f"given = {said['sign_ins']!r}; "
        "people = {each.account: each for each in Person.objects.all()}; "
        "print(json.dumps([each['person'] for each in given "
        "if people[each['person']].is_active and people[each['person']].check_password(each['password'])]))"
    )
    assert json.loads(made.python(program)) == [each["person"] for each in said["sign_ins"]]
    assert not any(must for (must,) in made.rows(MUST_CHANGE)), "everybody is told these"


def test_orders_stand_at_every_point_of_their_way(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, said = shown
    assert made.rows("SELECT count(*) FROM orders_order") == [(said["orders"],)] == [(len(PLOTS),)]
    stages = {stage for (stage,) in made.rows("SELECT DISTINCT stage FROM orders_order")}
    assert stages == set(STAGES)
    kinds = {kind for (kind,) in made.rows("SELECT DISTINCT kind FROM orders_order")}
    assert kinds == {"sales", "service", "project", "rental", "maintenance", "call_off", "other"}
    assert {grade for (grade,) in made.rows("SELECT DISTINCT grade FROM orders_order")} == {"A", "B", "C"}
    copies = {state for (state,) in made.rows("SELECT DISTINCT state FROM handover_handovercopy")}
    assert {"sent", "accepted", "returned"} <= copies
    duties = {state for (state,) in made.rows("SELECT DISTINCT state FROM policy_duty")}
    assert duties == {"open", "paused", "done", "done_late", "breached", "waived", "void", "not_applicable"}


def test_it_is_a_company_of_forty_in_ten_departments(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, said = shown
    here = "SELECT count(*) FROM org_person WHERE left_on IS NULL AND is_sample AND NOT is_operating"
    assert made.rows(here) == [(41,)]
    assert made.rows("SELECT count(*) FROM org_department WHERE closed_on IS NULL AND code <> ''") == [(10,)]
    assert made.rows("SELECT count(*) FROM org_person WHERE NOT is_sample AND NOT is_operating") == [(0,)]
    assert said["orders"] == 60
    first = made.rows("SELECT min(entered) FROM journal")[0][0]
    assert 250 < (datetime.now(UTC) - moment(first)).days < 300


def test_what_goes_wrong_anywhere_has_gone_wrong_here(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, _said = shown
    stated = {fact for (fact,) in made.rows("SELECT DISTINCT fact FROM journal")}
    assert stated >= {f"handover.{each}" for each in ("copy_returned", "copy_resent", "copy_recalled", "corrected")}
    assert stated >= {f"handover.{each}" for each in ("question_asked", "question_answered", "key_points_explained")}
    assert stated >= {
        f"general.{each}" for each in ("duty_waived", "duty_extended", "request_refused", "gate_released")
    }
    assert stated >= {f"general.{each}" for each in ("fact_withdrawn", "person_left", "deputy_named", "duty_taken")}
    assert stated >= {f"order.{each}" for each in ("adopted", "suspended", "resumed", "terminated", "closed")}


def test_nobodys_work_is_empty_or_too_much(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, _said = shown
    waiting = "policy_duty WHERE state IN ('open', 'breached')"
    by_owner = dict(made.rows(f"SELECT owner_id, count(*) FROM {waiting} AND owner_id IS NOT NULL GROUP BY owner_id"))
    assert by_owner
    assert max(by_owner.values()) <= 20
    late = made.rows("SELECT count(*) FROM policy_duty WHERE state IN ('done_late', 'breached')")[0][0]
    done = made.rows("SELECT count(*) FROM policy_duty WHERE state = 'done'")[0][0]
    assert 0.85 < done / (done + late) < 0.99


def test_it_was_lived_by_acts_and_nothing_lies_in_the_future(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, _said = shown
    assert made.whole()["wrong"] == []
    again = made.run("policy", "rebuild", "--json")
    assert (again.returncode, json.loads(again.stdout)["different"]) == (0, [])
    later = "SELECT count(*) FROM journal WHERE entered > CURRENT_TIMESTAMP OR at > entered"
    assert made.rows(later) == [(0,)]
    kinds = {kind for (kind,) in made.rows("SELECT DISTINCT actor_kind FROM journal")}
    assert kinds == {"setup", "person", "clock"}


def test_a_second_time_changes_nothing(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, said = shown
    before = made.rows("SELECT hash FROM journal_tail")
    done = made.run("demo", "--no-serve", "--json")
    assert (done.returncode, json.loads(done.stdout)) == (0, said)
    assert made.rows("SELECT hash FROM journal_tail") == before


def test_a_company_of_somebodys_own_is_left_alone(founded: Installation) -> None:
    before = founded.rows("SELECT hash FROM journal_tail")
    done = founded.run("demo", "--no-serve")
    assert (done.returncode, done.stdout) == (1, "")
    assert "AFTERSIGN_HOME" in done.stderr
    assert founded.rows("SELECT hash FROM journal_tail") == before


def test_it_is_removed_in_one_step_and_nothing_of_others_unasked(
    shown: tuple[Installation, dict[str, Any]], tmp_path: Path
) -> None:
    like, said = shown
    with installation(tmp_path, like=like) as made:
        made.python("from aftersign.kernel.org.models import Person; Person.objects.create(account='guo', name='郭靖')")
        head = "SELECT hash FROM journal_tail"
        before = made.rows(head)
        refused = made.run("demo", "--remove", "--json")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "not of the sample company" in refused.stderr
        assert made.rows(head) == before
        done = made.run("demo", "--remove", "--with-others", "--json")
        assert done.returncode == 0, done.stderr
        removed = json.loads(done.stdout)
        assert (removed["removed"]["orders"], removed["others"]) == (said["orders"], [{"person": "郭靖", "facts": 0}])
        assert removed["administrator"]["password"]
        assert [bool(must) for (must,) in made.rows(MUST_CHANGE)] == [True], "it stood in a terminal"
        assert made.rows("SELECT account FROM org_person WHERE NOT is_operating") == [("admin",)]
        assert made.rows("SELECT count(*) FROM orders_order") == [(0,)]
        assert made.run("verify").returncode == 0
        assert made.run("demo", "--remove").returncode == 1


def test_the_server_that_it_starts_at_once_prints(tmp_path: Path) -> None:
    """Whatever the command itself had printed would have left threads behind, without which a fork waits for ever."""
    with installation(tmp_path) as made:
        process = made.start("demo")
        try:
            assert process.stdout is not None
            assert any(line.startswith("http://") for line in process.stdout)
            assert printed(made, "fangzheng", "/compliance/paper/?format=pdf&grade=A").startswith(b"%PDF-")
        finally:
            kill(process, descendants(process.pid))


def printed(made: Installation, account: str, address: str) -> bytes:
    """A file that somebody of the sample company asks the server for."""
    jar, house = CookieJar(), f"http://127.0.0.1:{made.port}"
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.open(f"{house}/accounts/login/", timeout=20)
    token = next(each.value for each in jar if each.name == "csrftoken")
    said = {"login": account, "password": PASSWORD, "csrfmiddlewaretoken": token or ""}
    browser.open(f"{house}/accounts/login/", urlencode(said).encode(), timeout=20)
    content: bytes = browser.open(f"{house}{address}", timeout=60).read()
    return content
