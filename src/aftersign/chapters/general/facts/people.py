"""What can be stated about people, departments, posts and the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftersign.kernel.journal.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PersonListed(Fact, name="general.person_listed", unit="person", private=("name",), seen_by="everyone"):
    """Somebody works here."""

    name: str
    department: UUID | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Fact, name="general.person_moved", unit="person", private=("name",), seen_by="everyone"):
    """Somebody works elsewhere, or is called otherwise; what is left out stayed as it was."""

    name: str | None = None
    department: UUID | None = None
    language: str | None = None


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
class PostNamed(Fact, name="general.post_named", unit="company", seen_by="everyone"):
    """Somebody holds a post of the company."""

    post: str
    holder: UUID
    from_on: date


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Fact, name="general.calendar_changed", unit="company", seen_by="everyone"):
    """The holidays and make-up days of a year, as lists of days."""

    year: int
    holidays: list[date]
    workdays: list[date]
