"""From the customer's acceptance to the closed order, and the ways in which an order stops before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from aftersign.cli.simulating.incidents import complaint
from aftersign.cli.simulating.office import DAY
from aftersign.cli.simulating.story import Over, Story

CONTACT = "客户信息中心主任"


def complete(story: Story) -> None:
    """The customer accepts; visited, filed and settled, the order is closed. Raises `Over`."""
    warranty = (story.today + timedelta(days=365)).isoformat()
    said: dict[str, Any] = {"accepted_by": CONTACT, "accepted_on": story.today.isoformat()}
    said |= {"warranty_until": warranty, "acceptance": story.ground.file}
    story.state("order.completed", "sales", None, **said)
    ends = [_visit(story.aside(story.time)), _file(story.aside(story.time)), _settle(story.aside(story.time))]
    if story.happens(0.1):
        return
    story.time = max(ends)
    story.wait(2, 30)
    story.state("order.closed", "project_head", closed_by=story.cast["project_head"].id)
    if story.happens(0.06):
        story.wait(60, 500)
        complaint(story)


def terminate(story: Story) -> None:
    """The order is given up, settled and closed. Raises `Over`."""
    story.state("order.terminated", "manager", reason="客户取消项目", settled_how="按已完成工作量结算")
    story.time = _settle(story.aside(story.time))
    story.wait(4, 40)
    story.state("order.closed", "project_head", closed_by=story.cast["project_head"].id)


def suspend(story: Story) -> None:
    """The order rests for some weeks. Raises `Over`."""
    story.state("order.suspended", "manager", reason="客户现场停工")
    story.time += story.chance.uniform(4, 30) * DAY
    story.wait(0, 1)
    story.state("order.resumed", "manager", reason="客户现场复工")


def _visit(aside: Story) -> float:
    """Customer care calls until somebody answers, or gives up."""
    try:
        visit = aside.unit("visit")
        attempts = aside.chance.choice((1, 1, 1, 2, 3))
        for attempt in range(1, attempts + 1):
            aside.due(1)
            aside.state("care.visit_attempted", "customer_service", visit, attempt=attempt)
        said: dict[str, Any] = {"visitor": aside.cast["customer_service"].id, "attempts": attempts}
        if attempts == 3 and aside.happens(0.4):
            aside.state("care.visit_not_reached", "customer_service", visit, **said)
            return aside.time
        issues, responsible = int(aside.happens(0.2)), aside.ground.desks["project"].id
        said |= {"issue_count": issues, "score": aside.chance.randint(3, 5), "department": responsible}
        aside.state("care.visit_done", "customer_service", visit, **said)
        done = aside.time
        if issues:
            aside.due(5)
            aside.state("care.visit_analysed", "project_manager", visit, department=responsible)
            aside.due(10)
            aside.state("care.visit_improved", "project_manager", visit)
    except Over:
        return aside.time
    return done


def _file(aside: Story) -> float:
    try:
        aside.due(10)
        aside.state("documents.checklist_done", "records")
    except Over:
        return aside.time
    return aside.time


def _settle(aside: Story) -> float:
    """The costs are settled and the differences explained."""
    try:
        aside.due(13)
        settled = aside.unit("settlement")
        aside.state("costs.settled", "finance", settled, actual_total="9800.00", ledger_total="9800.00")
        done = aside.time
        aside.due(10)
        aside.state("costs.variance_analysed", "finance", settled)
    except Over:
        return aside.time
    return done
