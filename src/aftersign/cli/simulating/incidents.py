"""What may happen while an order is worked on: each begins at a time of its own and runs to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aftersign.cli.simulating.story import Story

Incident = Callable[[Story], None]


def question(story: Story) -> None:
    """The customer asks."""
    asked = story.unit("question")
    story.state("care.question_received", "customer_service", asked, heard=True)
    story.due(1)
    story.state("care.question_answered", "customer_service", asked)


def complaint(story: Story) -> None:
    """The customer complains; sometimes they take it back."""
    made, level = story.unit("complaint"), story.chance.choice(("normal", "normal", "normal", "major", "urgent"))
    responsible = story.chance.choice(("quality", "project", "procurement"))
    story.state("care.complaint_received", "customer_service", made, level=level, matter="complaint")
    story.wait(0.1, 1.6)
    story.state("care.complaint_acknowledged", "customer_service", made)
    story.wait(0.2, 2.5)
    department = story.ground.desks[responsible].id
    story.state("care.complaint_routed", "customer_service", made, level=level, department=department)
    if story.happens(0.05):
        story.wait(2, 12)
        story.state("care.complaint_withdrawn", "customer_service", made)
        return
    story.due(0 if level == "urgent" else 3, late=0.12)
    story.state("care.complaint_resolved", _seat(responsible), made)
    story.due(1)
    story.state("care.complaint_replied", "customer_service", made, customer_accepts="yes")


def lag(story: Story) -> None:
    """The work falls behind, and is brought forward again."""
    found = story.unit("lag", **story.units.get("plan", {}))
    days = story.chance.randint(1, 6)
    story.state("planning.lag_found", "project_manager", found, days_late=days)
    if days == 1:
        return
    story.due(1)
    story.state("planning.lag_notified", "project_manager", found)
    story.due(1)
    story.state("planning.lag_answered", "project_manager", found)
    story.due(5)
    story.state("planning.lag_effect_checked", "project_head", found, effective=True)


def nonconformity(story: Story) -> None:
    """Something is not as it should be; now and then the first rectification does not help."""
    found, level = story.unit("nonconformity"), story.chance.choice(("critical", "major", "minor", "minor"))
    department = story.ground.desks["project"].id
    story.state("quality.nonconformity_raised", "quality", found, level=level, department=department)
    for attempt in (1, 2):
        story.due(1 if level == "critical" else 3, late=0.12)
        story.state("quality.rectified", "project_manager", found)
        story.due(2)
        passed = attempt == 2 or story.happens(0.85)
        result = "passed" if passed else "failed"
        story.state("quality.reinspected", "quality", found, result=result, attempt=attempt)
        if passed:
            break
    story.wait(0.5, 4)
    story.state("quality.nonconformity_closed", "quality_head", found, closed_by=story.cast["quality_head"].id)


def inspection(story: Story) -> None:
    """A point of inspection is reached."""
    point = story.unit("inspection")
    story.state("quality.point_reached", "project_manager", point, incoming=False, point="过程检验")
    story.due(2)
    story.state("quality.inspected", "quality", point, result="passed")
    story.wait(0.2, 3)
    story.state("quality.released", "quality", point, released_by=story.cast["quality"].id)


def purchase(story: Story) -> None:
    """Something is bought for the order, followed up and received."""
    need, supplier = story.unit("requisition"), story.cast["supplier"].id
    story.state("suppliers.need_approved", "project_head", need, category="部件", requester=_id(story))
    story.due(5)
    story.state("suppliers.chosen", "procurement", {**need, "supplier": supplier})
    story.due(5)
    contract = story.unit("purchase_contract", **need, supplier=supplier)
    story.state("suppliers.contract_signed", "procurement", contract, amount="20000.00", currency="CNY")
    for _week in range(story.chance.randint(1, 3)):
        story.due(4)
        story.state("suppliers.contract_tracked", "procurement", contract)
    story.wait(4, 20)
    delivery = story.unit("delivery", **contract)
    story.state("suppliers.delivered", "procurement", delivery, quantity=1, heard=True)
    story.due(2)
    inspected = story.unit("inspection", **delivery)
    story.state("quality.inspected", "quality", inspected, result="passed")
    story.state("suppliers.delivery_checked", "procurement", delivery, quantity_result="full", on_time=True)
    story.wait(1, 8)
    story.state("suppliers.contract_fulfilled", "procurement", contract, ended_how="fulfilled")


def risk(story: Story) -> None:
    """A risk is found, answered and followed until it has gone."""
    found, score = story.unit("risk"), story.chance.randint(2, 15)
    owner: dict[str, Any] = {"risk_owner": story.cast["project_manager"].id}
    kind = story.chance.choice(("technical", "quality_risk", "customer_risk"))
    story.state("risks.assessed", "project_manager", found, category=kind, score=score, has_response=False, **owner)
    if score <= 6:
        return
    story.due(5)
    story.state(
        "risks.response_planned", "project_manager", found, category=kind, strategy="reduce", residual_score=4, **owner
    )
    story.due(10)
    story.state("risks.category_action_taken", "quality", found, action_kind="quality_control")
    for _fortnight in range(story.chance.randint(1, 3)):
        story.wait(60, 85)
        story.state("risks.response_tracked", "project_manager", found, effective=True)
    story.wait(4, 20)
    story.state("risks.closed", "project_manager", found, reason="风险已消除")


def change(story: Story) -> None:
    """The customer wants something else; a large change needs everybody's word."""
    wish, large = story.unit("change"), story.happens(0.4)
    story.state("changes.requested", "project_manager", wish, heard=True)
    story.due(1)
    story.state("changes.clarified", "project_manager", wish)
    story.due(3)
    days, impact = (8, "large") if large else (1, "small")
    story.state("changes.assessed", "project_manager", wish, impact=impact, schedule_days=days)
    if large:
        _agree_on(story, wish)
    story.wait(1, 8)
    story.state("changes.approved", "project_head", wish, approver=story.cast["project_head"].id)
    story.due(6)
    story.state("changes.implemented", "project_manager", wish, cost_changes=large)
    story.due(2)
    story.state("planning.plan_revised", "project_manager", {**wish, **story.units.get("plan", {})}, plan_version=2)
    if large and "budget" in story.units:
        story.due(1)
        story.state("costs.budget_revised", "finance", {**wish, **story.units["budget"]}, version=2, total="12000.00")


def _agree_on(story: Story, wish: dict[str, str]) -> None:
    story.due(3)
    story.state("changes.plan_submitted", "project_manager", wish)
    reviews = {code: story.unit("review", **wish) for code in ("quality", "finance")}
    for code, review in reviews.items():
        story.state("changes.review_asked", "project_manager", review, department=story.ground.desks[code].id)
    story.wait(1, 6)
    story.state("changes.customer_asked", "project_manager", wish)
    for code, review in reviews.items():
        story.due(1)
        story.state("changes.reviewed", code, review, decision="agreed", reviewer=story.cast[code].id)
    story.due(1)
    story.state("changes.customer_decided", "project_manager", wish, decision="agreed", heard=True)


def overrun(story: Story) -> None:
    """The costs run over."""
    if "budget" not in story.units:
        return
    found = story.unit("overrun", **story.units["budget"])
    story.state("costs.overrun_found", "finance", found, percent="8%", amount="4000.00", element="material")
    story.due(2)
    story.state("costs.overrun_answered", "finance", found)
    story.due(10)
    story.state("costs.overrun_effect_checked", "finance", found, effective=True)


def access(story: Story) -> None:
    """Somebody wants to read a document of the order."""
    asked, reader = story.unit("access_request"), story.cast["quality"].id
    said: dict[str, Any] = {"requester": reader, "reader": reader, "confidential": False, "manner": "view"}
    story.state("documents.access_requested", "quality", asked, **said)
    story.due(1)
    story.state("documents.access_granted", "quality_head", asked, approver=story.cast["quality_head"].id)
    story.wait(1, 10)
    story.state("documents.opened_on_request", "quality", asked, reader=reader)


def request(story: Story) -> None:
    """A department asks another for something."""
    sent, asked = story.unit("request"), story.ground.desks["procurement"].id
    story.state("teamwork.request_sent", "project_manager", sent, department=asked, text="请提前到货")
    story.due(2)
    story.state("teamwork.request_answered", "procurement", sent)


def _seat(code: str) -> str:
    return "project_manager" if code == "project" else code


def _id(story: Story) -> str:
    return story.cast["project_manager"].id


_MUCH: dict[Incident, float] = {
    question: 0.12,
    complaint: 0.05,
    lag: 0.1,
    nonconformity: 0.05,
    inspection: 0.25,
    purchase: 0.07,
    risk: 0.06,
    change: 0.04,
    overrun: 0.03,
    access: 0.03,
    request: 0.05,
}
OFTEN: dict[str, dict[Incident, float]] = {
    "A": _MUCH,
    "B": {each: often * 0.8 for each, often in _MUCH.items()},
    "C": {question: 0.06, complaint: 0.03, purchase: 0.04, nonconformity: 0.01, request: 0.02},
}
"""How likely each is in a week of an order's work, by its grade."""
