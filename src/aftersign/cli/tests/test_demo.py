"""`aftersign demo`: a sample company that has lived by its policy, once, and never in a company of somebody's own."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from aftersign.cli.tests.installation import Installation, installation, kill
from aftersign.demo.script import PLOTS

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, dict[str, Any]]]:
    """An installation with the sample company, and what the command said of it."""
    with installation(tmp_path_factory.mktemp("shown")) as made:
        done = made.run("demo", "--no-serve", "--json")
        assert done.returncode == 0, done.stderr
        yield made, json.loads(done.stdout)


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


def test_orders_stand_at_every_point_of_their_way(shown: tuple[Installation, dict[str, Any]]) -> None:
    made, said = shown
    assert made.rows("SELECT count(*) FROM orders_order") == [(said["orders"],)] == [(len(PLOTS),)]
    stages = {stage for (stage,) in made.rows("SELECT DISTINCT stage FROM orders_order")}
    assert {"signed", "handed_over", "completed", "suspended", "terminated", "warranty"} <= stages
    assert {grade for (grade,) in made.rows("SELECT DISTINCT grade FROM orders_order")} == {"A", "B", "C"}
    copies = {state for (state,) in made.rows("SELECT DISTINCT state FROM handover_handovercopy")}
    assert {"sent", "accepted", "returned"} <= copies
    duties = {state for (state,) in made.rows("SELECT DISTINCT state FROM policy_duty")}
    assert {"open", "paused", "done", "done_late", "breached"} <= duties


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


def test_half_a_sample_company_is_never_kept(bare: Installation) -> None:
    bare.python("from aftersign.cli.founding import prepare; prepare()")
    process = bare.start("demo", "--no-serve")
    time.sleep(4)
    kill(process)
    assert bare.rows("SELECT count(*) FROM orders_order") in ([(0,)], [(len(PLOTS),)])
    done = bare.run("demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert bare.rows("SELECT count(*) FROM orders_order") == [(len(PLOTS),)]
    assert bare.whole()["wrong"] == []
