"""What can be stated about people, departments, posts and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from aftersign.kernel.journal.facts import Fact

_OF_THEMSELVES = ("name", "title", "email")


@dataclass(frozen=True, kw_only=True)
class PersonListed(Fact, name="general.person_listed", unit="person", private=_OF_THEMSELVES, seen_by="everyone"):
    """Somebody works here."""

    name: str
    title: str | None = None
    email: str | None = None
    department: UUID | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Fact, name="general.person_moved", unit="person", private=_OF_THEMSELVES, seen_by="everyone"):
    """Somebody works elsewhere, or is called otherwise; what is left out stayed as it was."""

    name: str | None = None
    title: str | None = None
    email: str | None = None
    department: UUID | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Fact, name="general.person_left", unit="person", seen_by="department"):
    """Somebody no longer works here; `successor` is who took over what was not given to others."""

    left_on: date
    successor: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AccountChanged(Fact, name="general.account_changed", unit="person", seen_by="everyone"):
    """What an account may do, or whether it is open, has changed; what is left out stayed as it was."""

    administrator: bool | None = None
    auditor: bool | None = None
    enabled: bool | None = None


@dataclass(frozen=True, kw_only=True)
class PasswordGiven(Fact, name="general.password_given", unit="person", seen_by="everyone"):
    """Somebody was given a new password, to be replaced by one of their own."""


@dataclass(frozen=True, kw_only=True)
class DeputyNamed(Fact, name="general.deputy_named", unit="person", seen_by="everyone"):
    """Somebody may act on behalf of the person, from a day until the end of another."""

    deputy: UUID
    from_on: date
    until: date


@dataclass(frozen=True, kw_only=True)
class DeputyEnded(Fact, name="general.deputy_ended", unit="person", seen_by="everyone"):
    """Whatever was named of this deputy for the person before is over."""

    deputy: UUID


@dataclass(frozen=True, kw_only=True)
class DepartmentListed(
    Fact, name="general.department_listed", unit="department", private=("name",), seen_by="everyone"
):
    """There is a department."""

    name: str
    code: str | None = None
    head: UUID | None = None
    works_on_orders: bool | None = None
    above: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DepartmentChanged(
    Fact, name="general.department_changed", unit="department", private=("name",), seen_by="everyone"
):
    """A department has another name, head, code or place; what is left out stayed as it was."""

    name: str | None = None
    code: str | None = None
    head: UUID | None = None
    works_on_orders: bool | None = None
    above: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DepartmentClosed(
    Fact, name="general.department_closed", unit="department", private=("reason",), seen_by="everyone"
):
    """There is no such department any more."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(Fact, name="general.company_changed", unit="company", seen_by="everyone"):
    """The company is called otherwise, or speaks, counts or tells the time otherwise; what is left out stayed."""

    name: str | None = None
    language: str | None = None
    time_zone: str | None = None
    base_currency: str | None = None


@dataclass(frozen=True, kw_only=True)
class PostNamed(Fact, name="general.post_named", unit="company", seen_by="everyone"):
    """Somebody holds a post of the company."""

    post: str
    holder: UUID
    from_on: date


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Fact, name="general.calendar_changed", unit="company", seen_by="everyone"):
    """The holidays and make-up days of a year, as lists of days; one that has a name is a row with `day` and `name`."""

    year: int
    holidays: list[date | dict[str, Any]]
    workdays: list[date | dict[str, Any]]
