"""What can be stated by the general chapter: about the company, duties, exceptions, and facts themselves."""

from aftersign.chapters.general.facts.corrections import FactWithdrawn, WithdrawalRequested
from aftersign.chapters.general.facts.duties import DutyHandedOn, DutyTaken
from aftersign.chapters.general.facts.exceptions import (
    DutyExtended,
    DutyWaived,
    ExtensionRequested,
    GateReleased,
    ReleaseAgreed,
    ReleaseRequested,
    RequestRefused,
    RequestWithdrawn,
    WaiverRequested,
)
from aftersign.chapters.general.facts.people import (
    AccountChanged,
    CalendarChanged,
    CompanyChanged,
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
    "CompanyChanged",
    "DepartmentChanged",
    "DepartmentClosed",
    "DepartmentListed",
    "DeputyEnded",
    "DeputyNamed",
    "DutyExtended",
    "DutyHandedOn",
    "DutyTaken",
    "DutyWaived",
    "ExtensionRequested",
    "FactWithdrawn",
    "GateReleased",
    "PasswordGiven",
    "PersonLeft",
    "PersonListed",
    "PersonMoved",
    "PostNamed",
    "RefusalsCounted",
    "ReleaseAgreed",
    "ReleaseRequested",
    "RequestRefused",
    "RequestWithdrawn",
    "WaiverRequested",
    "WithdrawalRequested",
]
