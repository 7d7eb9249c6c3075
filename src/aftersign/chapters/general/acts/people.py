"""Acts on people and the posts they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aftersign.chapters.general import facts
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.org.models import Company, Department, Language, Person, Post


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
    by: Actor,
) -> Person:
    """Somebody is listed, who may sign in once they have a password; raises `Refused` when the account is taken."""
    if not name.strip() or not account.strip():
        raise Refused.because(_("Write the name and the account."), missing=("name", "account"))
    if Person.objects.filter(account__iexact=account.strip()).exists():
        raise Refused.because(_("The account %(account)s is taken.") % {"account": account}, missing=("account",))
    person = Person(
        account=account.strip().lower(),
        name=name.strip(),
        department=department,
        language=language,
        title=title,
        email=email,
        is_administrator=is_administrator,
        is_auditor=is_auditor,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    state(
        facts.PersonListed(
            about=person,
            name=person.name,
            department=department.pk if department else None,
            language=language.replace("-", "_"),
        )
    )
    return person


@act("general.move_person", capability="general.move_person")
def move_person(person: Person, *, department: Department | None = None, name: str | None = None, by: Actor) -> Person:
    """Somebody works in another department or is called otherwise."""
    changed: dict[str, Any] = {}
    if department is not None and department.pk != person.department_id:
        person.department, changed["department"] = department, department.pk
    if name is not None and name.strip() and name != person.name:
        person.name = changed["name"] = name.strip()
    if changed:
        person.save()
        state(facts.PersonMoved(about=person, **changed))
    return person


@act("general.name_post", capability="general.name_post")
def name_post(company: Company, *, post: str, holder: Person, from_on: date, by: Actor) -> Post:
    """Somebody takes a post of the company; raises `Refused` for somebody who has left."""
    if holder.left_on is not None or not holder.is_active:
        raise Refused.because(_("%(name)s no longer works here.") % {"name": holder.name}, missing=("holder",))
    named, _created = Post.objects.update_or_create(name=post, defaults={"holder": holder, "from_on": from_on})
    state(
        facts.PostNamed(about=company, carries={"person": str(holder.pk)}, post=post, holder=holder.pk, from_on=from_on)
    )
    return named
