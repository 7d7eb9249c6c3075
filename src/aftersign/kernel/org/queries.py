"""Readers of the organisation: who works where, who heads what, who holds a post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from aftersign.kernel.org.models import COMPANY_ID, Company, Department, Deputyship, Person, Post
from aftersign.kernel.org.prepared import Prepared
from aftersign.kernel.org.remembering import remembered


def company() -> Company:
    """The company of this database; raises `Company.DoesNotExist` before `aftersign init`."""
    return remembered("company", _read_company)


def _read_company() -> Company:
    found: list[Company] = _company.rows(COMPANY_ID)
    if not found:
        raise Company.DoesNotExist
    return found[0]


_company = Prepared(lambda pk: Company.objects.filter(pk=pk))


def people() -> QuerySet[Person]:
    """Everybody who works here now, with their departments, by name."""
    here = Person.objects.filter(is_active=True, left_on=None, is_operating=False)
    return here.select_related("department").order_by("name", "account")


def departments() -> QuerySet[Department]:
    """The open departments with their heads, by name."""
    return Department.objects.filter(closed_on=None).select_related("head", "above").order_by("name")


def department_of_code(code: str) -> Department | None:
    """The open department that is listed with a code of the policy, if there is one."""
    rows = department_tree().values() if code else ()
    return next((row for row in rows if row.code == code and row.closed_on is None), None)


def department_tree() -> dict[UUID, Department]:
    """All departments by id, also those that are closed."""
    return remembered("departments", lambda: {row.pk: row for row in _departments.rows()})


_departments = Prepared(Department.objects.all)


def heads_of(department: Department | None) -> list[UUID]:
    """Ids of the head of a department and of the heads above, nearest first."""
    found: list[UUID] = []
    tree = dict(department_tree())
    row = tree.get(department.pk) if department else None
    while row is not None and len(found) < len(tree):
        if row.head_id and row.head_id not in found:
            found.append(row.head_id)
        row = tree.pop(row.above_id, None) if row.above_id else None
    return found


def departments_under(person: Person) -> frozenset[UUID]:
    """Ids of the departments that a person heads, and of all below these."""
    rows = department_tree().values()
    found = {row.pk for row in rows if row.head_id == person.pk}
    grown = bool(found)
    while grown:
        below = {row.pk for row in rows if row.above_id in found} - found
        found |= below
        grown = bool(below)
    return frozenset(found)


def holder_of(post: str) -> Person | None:
    """Who holds a post of the company now."""
    row = Post.objects.filter(pk=post).select_related("holder").first()
    return row.holder if row else None


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of people by id, also of those who have left."""
    return dict(Person.objects.filter(pk__in=set(ids)).values_list("id", "name"))


def matching(text: str) -> QuerySet[Person]:
    """People whose name or account contains a text."""
    return people().filter(Q(name__icontains=text) | Q(account__icontains=text))


def named(text: str) -> list[Person]:
    """Whoever works here and is meant by a name, an account, or both with a space between; several of one name."""
    typed = text.strip()
    _before, _space, last = typed.rpartition(" ")
    by_account = people().filter(account__iexact=last)
    found = [each for each in by_account if typed.lower() in (each.account, f"{each.name} {each.account}".lower())]
    return found or list(people().filter(name__iexact=typed)[:10])


def other_administrators(person: Person) -> QuerySet[Person]:
    """Everybody else who can sign in and administer."""
    return people().filter(is_administrator=True).exclude(pk=person.pk)


def running_deputyships(day: date) -> QuerySet[Deputyship]:
    """The deputyships under which somebody may act on a day: not ended, and both people work here."""
    here = Q(person__is_active=True, person__left_on=None, deputy__is_active=True, deputy__left_on=None)
    return Deputyship.objects.filter(here, from_on__lte=day, until__gte=day, ended_at=None)
