"""What can be stated by the general chapter: about the company, and about duties."""

from aftersign.chapters.general.facts.duties import DutyTaken
from aftersign.chapters.general.facts.people import (
    CalendarChanged,
    DepartmentChanged,
    DepartmentListed,
    PersonListed,
    PersonMoved,
    PostNamed,
)
from aftersign.chapters.general.facts.refusals import RefusalsCounted

__all__ = [
    "CalendarChanged",
    "DepartmentChanged",
    "DepartmentListed",
    "DutyTaken",
    "PersonListed",
    "PersonMoved",
    "PostNamed",
    "RefusalsCounted",
]
