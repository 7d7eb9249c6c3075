"""Which pages of the guide are about whoever reads them, and which is about a page of the program."""

from __future__ import annotations

from aftersign.kernel.org.models import Person

BY_DEPARTMENT = {
    "sales": "salesperson",
    "project": "project-manager",
    "customer_service": "customer-service",
    "finance": "finance",
    "procurement": "purchasing",
    "records": "document-controller",
}
"""The page of the people of a department, by the code by which the policy means it."""
BY_POST = {"general_manager": "management", "policy_owner": "management"}
BY_PATH = (
    ("/orders/", "/handover/", "handover"),
    ("/handover/", "", "handover"),
    ("/orders/", "/duties/", "duties"),
    ("/orders/", "", "orders"),
    ("/notices/", "", "notices"),
    ("/me/notices/", "", "notices"),
    ("/settings/notices/", "", "notices"),
    ("/settings/calendar/", "", "calendar"),
    ("/settings/people/", "", "people"),
    ("/settings/editions/", "", "editions"),
    ("/settings/audit/", "", "operating"),
    ("/compliance/", "", "compliance"),
    ("/clauses/", "", "policy"),
    ("/search/", "", "search"),
    ("/duties/batch/", "", "my-work"),
    ("/duties/", "", "duties"),
    ("/requests/", "", "duties"),
    ("/refusals/", "", "duties"),
    ("/facts/", "", "duties"),
)
"""With what the address of a page begins, what it has within, and which page of the guide is about it."""
HOME, MY_WORK = "/", "my-work"


def about(person: Person) -> list[str]:
    """Names of the pages about what somebody is in the company, the nearest first; empty when none is."""
    said = ["auditor"] if person.is_auditor else []
    said += [BY_POST[post] for post in sorted(person.held_posts) if post in BY_POST]
    if person.heads.exists():
        said.append("department-head")
    code = person.department.code if person.department else ""
    said += [BY_DEPARTMENT[code]] if code in BY_DEPARTMENT else []
    said += ["administrator"] if person.is_administrator else []
    return list(dict.fromkeys(said))


def of_path(path: str) -> str:
    """The name of the guide's page about a page of the program; empty when none is written."""
    if path == HOME:
        return MY_WORK
    return next((name for begin, within, name in BY_PATH if path.startswith(begin) and within in path), "")
