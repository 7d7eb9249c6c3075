"""What can be stated by the general chapter: about the company, and about duties."""

from aftersign.chapters.general.facts.duties import DutyHandedOn, DutyTaken
from aftersign.chapters.general.facts.people import (
    AccountChanged,
    CalendarChanged,
    DepartmentChanged,
    DepartmentClosed,
    DepartmentListed,
    DeputyEnded,
    DeputyNamed,
    PasswordGiven,
    PersonLeft,
    PersonListed,
    PersonMoved,
    PostNamed,
)
from aftersign.chapters.general.facts.refusals import RefusalsCounted

__all__ = [
    "AccountChanged",
    "CalendarChanged",
    "DepartmentChanged",
    "DepartmentClosed",
    "DepartmentListed",
    "DeputyEnded",
    "DeputyNamed",
    "DutyHandedOn",
    "DutyTaken",
    "PasswordGiven",
    "PersonLeft",
    "PersonListed",
    "PersonMoved",
    "PostNamed",
    "RefusalsCounted",
]
