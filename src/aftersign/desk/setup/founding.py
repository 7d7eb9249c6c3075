"""What an installation must have before anybody can work: repeatable, every step says whether it did something."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from aftersign.chapters.final.acts import install_rooms, put_in_force
from aftersign.chapters.final.queries import installed_rooms
from aftersign.chapters.general.acts import change_calendar, list_department, list_person
from aftersign.chapters.general.queries.calendar import public
from aftersign.kernel.access.actor import Actor, operating
from aftersign.kernel.journal import queries
from aftersign.kernel.org.models import COMPANY_ID, Company, Department, Person, Post
from aftersign.kernel.seal import certificates
from aftersign.orders.queries.days import today
from aftersign.policy.editions import store
from aftersign.policy.rulebook import DEFAULT, Rulebook
from aftersign.policy.steps import run_due

YEARS = 2
UNNAMED = "我的公司"
"""What a company is called until somebody gives it its name."""


@dataclass(frozen=True)
class Step:
    """One thing that was done, or was there already."""

    what: str
    done: bool


@dataclass(frozen=True)
class Administrator:
    """The administrator; `password` is known only to the run that made them."""

    account: str
    password: str | None


def prepare() -> None:
    """Bring the database and the static files to the state of this program."""
    call_command("migrate", verbosity=0, interactive=False, fake_initial=_was_begun())
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)


def _was_begun() -> bool:
    """Whether nobody but this program has made tables here.

    Whoever ends it between the tables of a step and the note that the step is done leaves tables without a note; of
    this program's own they are taken for what they are.
    """
    recorder = MigrationRecorder(connection)
    made = {app for app, _name in recorder.applied_migrations()}
    return recorder.has_table() and made <= {each.label for each in apps.get_app_configs()}


def found(name: str) -> Iterator[Step]:
    """Found the company and put the default edition in force; what is there already stays as it is."""
    company, made = Company.objects.get_or_create(pk=COMPANY_ID, defaults={"name": name})
    yield Step("company", made)
    _operator, made = Person.objects.get_or_create(
        is_operating=True, defaults={"account": "operating", "name": "AfterSign", "is_active": False}
    )
    yield Step("operating account", made)
    by = operating("setup")
    yield Step("rooms", _rooms(company, by))
    yield Step("edition in force", _edition(company, by))
    rulebook = _rulebook()
    yield Step("departments", _made(_department(company, rulebook, code, by) for code in _codes(rulebook)))
    yield Step("posts", _made(_post(name) for name, role in rulebook.roles.items() if role.resolved == "post"))
    yield Step("calendar", _made(_calendar(company, today(company).year + ahead, by) for ahead in range(YEARS)))
    run_due()


def _made(parts: Iterator[bool]) -> bool:
    """Whether any of the parts was made; every one is asked."""
    return sum(parts) > 0


def certificate(company: Company) -> Step:
    """The certificate with which the company seals its forms, made by itself; one that is there stays."""
    return Step("certificate", certificates.first(company.name))


def administrator(company: Company, password: str = "") -> Administrator:
    """The first administrator, with the password given, unless they have one already.

    Without one a password is made; whoever reads it where it is shown replaces it at the first sign-in.
    """
    person = Person.objects.filter(is_administrator=True).order_by("id").first()
    if person is None:
        person = list_person(company, account="admin", name="管理员", is_administrator=True, by=operating("setup"))
    if person.has_usable_password():
        return Administrator(person.account, None)
    person.must_change_password = not password
    password = password or secrets.token_urlsafe(12)
    person.set_password(password)
    person.save(update_fields=["password", "must_change_password"])
    return Administrator(person.account, password)


def said_of(who: Administrator) -> str:
    """The line of a command that shows a password which was made."""
    return f"administrator {who.account}, password {who.password} (shown only now; the first sign-in asks for another)"


def _rulebook() -> Rulebook:
    edition = store.current()
    if edition is None:
        raise RuntimeError("no edition is in force")
    return store.rulebook_of(edition.pk)


def _edition(company: Company, by: Actor) -> bool:
    if store.current() is not None:
        return False
    put_in_force(company, folder=DEFAULT, by=by)
    return True


def _rooms(company: Company, by: Actor) -> bool:
    here = {config.name.rpartition(".")[2] for config in apps.get_app_configs() if ".chapters." in config.name}
    fresh = here - installed_rooms()
    if fresh:
        install_rooms(company, rooms=fresh, by=by)
    return bool(fresh)


def _codes(rulebook: Rulebook) -> tuple[str, ...]:
    kind = rulebook.facts["general.department_listed"].payload["code"]
    codes = rulebook.params[kind.removeprefix("words:$")].value
    return codes if isinstance(codes, tuple) else ()


def _department(company: Company, rulebook: Rulebook, code: str, by: Actor) -> bool:
    if Department.objects.filter(code=code).exists():
        return False
    list_department(company, name=_department_name(rulebook, code, company.language), code=code, by=by)
    return True


def _department_name(rulebook: Rulebook, code: str, language: str) -> str:
    """The label of the word `x_department`, else of the role that means this department, else of its code."""
    roles = (role.labels for role in rulebook.roles.values() if role.resolved == f"department:{code}")
    labels = rulebook.word(f"{code}_department") or next(roles, None) or rulebook.word(code)
    return labels.say(language) if labels else code


def _post(name: str) -> bool:
    return Post.objects.get_or_create(name=name)[1]


def _calendar(company: Company, year: int, by: Actor) -> bool:
    """A year of the Chinese calendar: holidays on weekdays, and weekends that are worked instead."""
    if any(fact.payload["year"] == year for fact in queries.all_of(None, "general.calendar_changed")):
        return False
    known = public(year, company.language)
    names = {**known.holidays, **known.workdays}
    off, on = list(known.holidays), list(known.workdays)
    change_calendar(company, year=year, holidays=off, workdays=on, names=names, by=by)
    return True


def free_days(year: int) -> tuple[list[date], list[date]]:
    """The holidays of a year that fall on weekdays, and the weekend days that are worked to make up for one."""
    known = public(year, "zh-hans")
    return list(known.holidays), list(known.workdays)


def engine_name() -> str:
    """Which database this is, to say so."""
    return {"postgresql": "PostgreSQL"}.get(connection.vendor, "SQLite")
