"""`aftersign init`: everything that a company needs before its first order, once, whatever happens meanwhile."""

import json
import time
from zoneinfo import ZoneInfo

import pytest

from aftersign.cli.tests.installation import Installation, kill, moment

pytestmark = pytest.mark.database


def test_init_makes_a_company_and_says_its_password_once(bare: Installation) -> None:
    first = bare.run("init", "--json")
    assert first.returncode == 0, first.stderr
    said = json.loads(first.stdout)
    assert {"edition in force", "rooms", "departments", "posts", "calendar"} <= set(said["done"])
    assert len(said["administrator"]["password"]) >= 12
    assert bare.rows("SELECT must_change_password FROM org_person WHERE account = 'admin'") in ([(True,)], [(1,)])
    before = bare.rows("SELECT count(*), max(hash) FROM journal")
    second = bare.run("init", "--json")
    again = json.loads(second.stdout)
    assert (second.returncode, again["done"], again["administrator"]["password"]) == (0, [], None)
    assert bare.rows("SELECT count(*), max(hash) FROM journal") == before
    assert bare.whole() == {"wrong": [], "orders": 0, "without_duties": 0}


def test_the_password_that_was_shown_is_replaced_at_the_first_sign_in(bare: Installation) -> None:
    password = json.loads(bare.run("init", "--json").stdout)["administrator"]["password"]
    assert json.loads(bare.python(FIRST_SIGN_IN.format(password=password))) == {
        "with it": "/accounts/password/change/",
        "said": True,
        "with another": "/orders/",
        "again": None,
    }


FIRST_SIGN_IN = """
import json
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
browser, answers = Client(), {{}}
browser.post("/accounts/login/", {{"login": "admin", "password": "{password}"}})
led = browser.get("/orders/", follow=True)
answers["with it"] = led.request["PATH_INFO"]
answers["said"] = 'class="note"' in led.content.decode()
own = "my very own password"
browser.post("/accounts/password/change/", {{"oldpassword": "{password}", "password1": own, "password2": own}})
answers["with another"] = browser.get("/orders/", follow=True).request["PATH_INFO"]
from aftersign.desk.setup import founding
from aftersign.kernel.org.queries import company
answers["again"] = founding.administrator(company()).password
print(json.dumps(answers))
"""


def test_init_lists_what_the_roles_name(founded: Installation) -> None:
    departments = dict(founded.rows("SELECT code, name FROM org_department"))
    assert len(departments) == 11
    assert (departments["sales"], departments["records"]) == ("销售部门", "文档管理部门")
    assert dict(founded.rows("SELECT name, holder_id FROM org_post")) == dict.fromkeys(
        ("general_manager", "coordinator", "policy_owner")
    )
    rooms = founded.rows("SELECT payload FROM journal WHERE fact = 'policy.room_installed' ORDER BY sequence")
    assert {json.loads(payload)["room"] for (payload,) in rooms} >= {"final", "general", "handover"}


def test_init_knows_the_calendar_of_two_years(founded: Installation) -> None:
    said = "SELECT payload, entered FROM journal WHERE fact = 'general.calendar_changed' ORDER BY sequence"
    rows = founded.rows(said)
    years = [json.loads(payload) for payload, _entered in rows]
    this_year = moment(rows[0][1]).astimezone(ZoneInfo("Asia/Shanghai")).year
    assert [year["year"] for year in years] == [this_year, this_year + 1]
    named = [{row["day"]: row["name"] for row in year["holidays"]} for year in years]
    october = {name for day, name in named[0].items() if day.startswith(f"{this_year}-10-")}
    assert "国庆节" in october
    days = [(str(year["year"]), row["day"]) for year in years for row in (*year["holidays"], *year["workdays"])]
    assert all(day.startswith(year) for year, day in days)


@pytest.mark.parametrize("after", [1.2, 1.9, 2.3])
def test_init_killed_in_the_middle_is_finished_by_the_next(bare: Installation, after: float) -> None:
    process = bare.start("init")
    time.sleep(after)
    kill(process)
    done = bare.run("init", "--json")
    assert done.returncode == 0, done.stderr
    assert bare.whole()["wrong"] == []
    assert bare.rows("SELECT count(*) FROM org_department") == [(11,)]
    assert bare.rows("SELECT count(*) FROM journal WHERE fact = 'policy.took_effect'") == [(1,)]


BEGUN = """
from django.core.management import call_command
from django.db import connection
import django
django.setup()
call_command("migrate", "auth", "0001", verbosity=0)
connection.cursor().execute("DELETE FROM django_migrations WHERE app = 'auth'")
print("begun")
"""
STRANGE = BEGUN.replace("DELETE FROM django_migrations", "UPDATE django_migrations SET app = 'shop'")


def test_what_was_made_and_not_noted_is_taken_for_what_it_is(bare: Installation) -> None:
    assert bare.python(BEGUN).strip() == "begun"
    done = bare.run("init", "--json")
    assert done.returncode == 0, done.stderr
    assert bare.whole() == {"wrong": [], "orders": 0, "without_duties": 0}


def test_tables_of_another_program_are_not_taken_for_ones_own(bare: Installation) -> None:
    assert bare.python(STRANGE).strip() == "begun"
    done = bare.run("init", "--json")
    assert done.returncode == 1
    assert "auth_permission" in done.stderr
    assert bare.rows("SELECT app FROM django_migrations WHERE app = 'auth'") == []


def test_two_at_once_make_one_company(bare: Installation) -> None:
    both = [bare.start("init", "--json") for _each in range(2)]
    said = [json.loads(each.communicate()[0]) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sorted(bool(each["administrator"]["password"]) for each in said) == [False, True]
    assert bare.whole() == {"wrong": [], "orders": 0, "without_duties": 0}


def test_commands_without_a_company_say_so_in_one_sentence(bare: Installation) -> None:
    for command in (["worker"], ["serve"], ["policy", "adopt", "."]):
        done = bare.run(*command)
        assert (done.returncode, done.stdout) == (1, ""), command
        assert "Traceback" not in done.stderr
        assert "aftersign init" in done.stderr
