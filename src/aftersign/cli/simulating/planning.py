"""From the accepted handover to the start of work: team, standards, plan and budget."""

from __future__ import annotations

from aftersign.cli.simulating.story import Over, Story

REVIEWERS = ("quality", "finance")


def plan(story: Story) -> None:
    """Everything up to the start of the work; raises `Over` where the history ends before."""
    _name_team(story.aside(story.time))
    if story.grade != "C":
        _set_standards(story.aside(story.time))
    story.due(2 if story.grade == "C" else 5)
    made = story.unit("plan")
    story.units["plan"] = made
    story.state("planning.plan_submitted", "project_manager", made, version=1)
    if story.grade != "C":
        _agree(story, made)
    story.wait(0.5, 6)
    story.marks["approved"] = story.time
    story.state("planning.plan_approved", "project_head", made, version=1, first=True)
    _begin(story.aside(story.time))
    _budget(story.aside(story.time), made)
    story.wait(1, 14)
    story.state("planning.started", "project_manager")


def _name_team(aside: Story) -> None:
    try:
        aside.due(2)
    except Over:
        return
    team = [{"post": post, "person": aside.cast[post].id} for post in ("sales", *POSTS)]
    deputies = [{"post": post, "person": aside.cast[f"{post}_deputy"].id} for post in POSTS]
    aside.state("order.team_named", "project_head", team=team, deputies=deputies)


POSTS = ("project_manager", "customer_service", "finance", "procurement", "quality")


def _set_standards(aside: Story) -> None:
    try:
        aside.due(5)
    except Over:
        return
    aside.state("quality.standards_set", "quality", sampling="GB/T 2828.1 一般检验水平 II")


def _agree(story: Story, made: dict[str, str]) -> None:
    """Departments review the plan, and the customer is asked until there is an answer."""
    asked = story.time
    for code in REVIEWERS:
        review = story.unit("review", **made)
        story.state("planning.review_asked", "project_manager", review, department=story.ground.desks[code].id)
        _review(story.aside(asked), "planning.reviewed", code, review)
    story.due(1)
    story.state("planning.customer_asked", "project_manager", made)
    patience = story.within(4, late=0.25)
    while patience - story.time > 3 * 540:
        story.due(3, late=0.1)
        story.state("planning.customer_chased", "project_manager", made)
    story.time = max(story.time, patience)
    story.wait(0, 1)
    story.state("planning.customer_reviewed", "project_manager", made, decision="agreed", heard=True)


def _review(aside: Story, fact: str, code: str, review: dict[str, str]) -> None:
    try:
        aside.due(5 if fact.startswith("planning") else 3)
    except Over:
        return
    aside.state(fact, code, review, decision="agreed", reviewer=aside.cast[code].id)


def _begin(aside: Story) -> None:
    """The plan goes to the records as a document."""
    try:
        document = aside.unit("document")
        aside.state("documents.created", "project_manager", document, author=aside.cast["project_manager"].id)
        aside.due(2)
        aside.state("documents.registered", "project_manager", document, version=1)
        aside.due(1)
        aside.state("documents.classified", "records", document)
    except Over:
        return


def _budget(aside: Story, made: dict[str, str]) -> None:
    try:
        aside.due(3)
        budget = aside.unit("budget", **made)
        aside.units["budget"] = budget
        aside.state("costs.budget_submitted", "finance", budget, plan_version=1)
        if aside.grade != "C":
            for code in ("project_manager", "quality"):
                review = aside.unit("review", **budget)
                desk = aside.ground.desks["project" if code == "project_manager" else code]
                aside.state("costs.review_asked", "finance", review, department=desk.id)
                _review(aside.aside(aside.time), "costs.reviewed", code, review)
            aside.due(4)
        aside.wait(0.5, 5)
        aside.state("costs.budget_approved", "manager", budget)
    except Over:
        return
