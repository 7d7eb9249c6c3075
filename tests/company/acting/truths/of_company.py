"""People, departments, posts, deputies and editions."""

from __future__ import annotations

from typing import Any

from aftersign.kernel.org.models import Department, Deputyship, Person, Post
from aftersign.policy.models import Edition
from tests.company.acting.truths.told import Compared, Told, counted
from tests.firm import SHANGHAI

OF_PERSON = ("general.person_listed", "general.person_moved")
RIGHTS = {"administrator": "is_administrator", "auditor": "is_auditor", "enabled": "is_active"}
OF_DEPARTMENT = ("general.department_listed", "general.department_changed")
EDITION = {
    "policy.drafted": "draft",
    "policy.issued": "issued",
    "policy.edition_withdrawn": "withdrawn",
    "policy.took_effect": "in_force",
    "policy.was_replaced": "replaced",
}


def compared(told: Told) -> Compared:
    """Everything of the company."""
    people = [(str(each.pk), each) for each in Person.objects.filter(is_operating=False)]
    yield "people", {pk: (each.name, _text(each.department_id)) for pk, each in people}, _people(told)
    left = {pk: each.left_on.isoformat() for pk, each in people if each.left_on}
    yield "left", left, {each.unit_id: each.payload["left_on"] for each in told.of("general.person_left")}
    rights = {(pk, name): getattr(each, field) for pk, each in people for name, field in RIGHTS.items()}
    yield "rights", rights, {(pk, name): name == "enabled" for pk, _each in people for name in RIGHTS} | _rights(told)
    yield "departments", _departments(), _departments_told(told)
    closed = {str(pk): "" for pk in Department.objects.exclude(closed_on=None).values_list("pk", flat=True)}
    yield "closed", closed, {each.unit_id: "" for each in told.of("general.department_closed")}
    posts = {name: str(holder) for name, holder in Post.objects.exclude(holder=None).values_list("name", "holder")}
    yield "posts", posts, {each.payload["post"]: each.payload["holder"] for each in told.of("general.post_named")}
    running = Deputyship.objects.filter(ended_at=None).values_list("person_id", "deputy_id", "from_on", "until")
    yield "deputies", counted(tuple(map(str, each)) for each in running), counted(_deputies(told))
    editions = {str(each.pk): str(each.state) for each in Edition.objects.all()}
    yield "editions", editions, told.last(EDITION)


def _text(pk: Any) -> str | None:
    return str(pk) if pk else None


def _people(told: Told) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for fact in told.of(*OF_PERSON):
        name, department = found.get(fact.unit_id, ("", None))
        found[fact.unit_id] = fact.payload.get("name") or name, fact.payload.get("department") or department
    return found


def _rights(told: Told) -> dict[Any, Any]:
    changes = told.of("general.account_changed")
    return {
        (each.unit_id, name): each.payload[name]
        for each in changes
        for name in RIGHTS
        if each.payload.get(name) is not None
    }


def _departments() -> dict[Any, Any]:
    names = ("name", "code", "head_id", "above_id", "works_on_orders")
    return {(str(each.pk), name): str(getattr(each, name) or "") for each in Department.objects.all() for name in names}


def _departments_told(told: Told) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for fact in told.of(*OF_DEPARTMENT):
        for name in ("name", "code", "head", "above", "works_on_orders"):
            value = fact.payload.get(name)
            key = fact.unit_id, f"{name}_id" if name in ("head", "above") else name
            if value is not None or key not in found:
                found[key] = str(value or "")
    return found


def _deputies(told: Told) -> list[Any]:
    running: list[Any] = []
    for fact in told.of("general.deputy_named", "general.deputy_ended"):
        said, pair = fact.payload, (fact.unit_id, fact.payload["deputy"])
        if fact.name == "general.deputy_named":
            running.append((*pair, said["from_on"], said["until"]))
        else:
            day = fact.entered.astimezone(SHANGHAI).date().isoformat()
            running = [each for each in running if each[:2] != pair or each[3] < day]
    return running
