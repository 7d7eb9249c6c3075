"""Acts on people: listing them, and changing where they work and how they are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.chapters.general.acts.accounts import Secret, let_in_with
from aftersign.chapters.general.acts.anew import anew
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Department, Language, Person

ALIKE = ("name", "title", "email", "language")


@act("general.list_person", capability="general.list_person")
def list_person(
    company: Company,
    *,
    account: str,
    name: str,
    department: Department | None = None,
    language: str = Language.ZH_HANS,
    title: str = "",
    email: str = "",
    is_administrator: bool = False,
    is_auditor: bool = False,
    password: Secret | None = None,
    by: Actor,
) -> Person:
    """Somebody is listed, who may sign in once they have a password; raises `Refused` when the account is taken."""
    if not name.strip() or not account.strip():
        raise Refused.because(_("Write the name and the account."), missing=("name", "account"))
    if Person.objects.filter(account__iexact=account.strip()).exists():
        raise Refused.because(_("The account %(account)s is taken.") % {"account": account}, missing=("account",))
    _refuse_closed(department)
    person = Person(
        account=account.strip().lower(),
        name=name.strip(),
        department=department,
        language=language,
        title=title.strip(),
        email=email.strip(),
        is_administrator=is_administrator,
        is_auditor=is_auditor,
    )
    person.set_unusable_password()
    let_in_with(person, password)
    person.save(force_insert=True)
    _tell_of(person)
    return person


@act("general.move_person", capability="general.move_person")
def move_person(
    person: Person,
    *,
    department: Department | None = None,
    name: str | None = None,
    language: str | None = None,
    title: str | None = None,
    email: str | None = None,
    by: Actor,
) -> Person:
    """Somebody works in another department, or is called, reached or spoken to otherwise; None stays as it was.

    Duties and posts stay with the person. Raises `Refused` for somebody who has left.
    """
    if person.left_on is not None:
        raise Refused.because(_("%(name)s no longer works here.") % {"name": person.name})
    _refuse_closed(department)
    changed: dict[str, Any] = {}
    if department is not None and department.pk != person.department_id:
        person.department, changed["department"] = department, department.pk
    given = {"name": name, "title": title, "email": email, "language": language}
    for field, value in given.items():
        told = None if value is None else value.strip()
        if told is not None and told != getattr(person, field) and (told or field not in ("name", "language")):
            setattr(person, field, told)
            changed[field] = told.replace("-", "_") if field == "language" else told
    if changed:
        person.save()
        state(facts.PersonMoved(about=person, **changed))
    return person


def state_listed(person: Person) -> None:
    """State that somebody works here."""
    state(
        facts.PersonListed(
            about=person,
            name=person.name,
            title=person.title or None,
            email=person.email or None,
            department=person.department_id,
            language=person.language.replace("-", "_"),
        )
    )


def _tell_of(person: Person) -> None:
    """State that somebody works here, and what their account may do beside their work."""
    state_listed(person)
    rights = {"administrator": person.is_administrator or None, "auditor": person.is_auditor or None}
    if any(rights.values()):
        state(facts.AccountChanged(about=person, administrator=rights["administrator"], auditor=rights["auditor"]))


def _refuse_closed(department: Department | None) -> None:
    department = anew(department) if department else None
    if department is not None and department.closed_on is not None:
        sentence = _("%(name)s is closed; choose another department.") % {"name": department.name}
        raise Refused.because(sentence, missing=("department",))
