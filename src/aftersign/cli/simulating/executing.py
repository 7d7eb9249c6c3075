"""The weeks of work: meetings, progress, talks with the customer, and now and then something that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator

from aftersign.cli.simulating import incidents
from aftersign.cli.simulating.office import DAY, WEEK
from aftersign.cli.simulating.story import Over, Story

WEEKS = {"A": (7, 15), "B": (3, 8), "C": (1, 3)}
FORGOTTEN = 0.04
"""How often a meeting or a report is left out."""


def execute(story: Story) -> None:
    """All weeks up to the last, with whatever happens in them. Raises `Over` where the history ends before."""
    begun, busy = story.time, story.time
    weeks = story.chance.randint(*WEEKS[story.grade])
    for week in range(weeks):
        for incident, often in incidents.OFTEN[story.grade].items():
            if story.happens(often):
                busy = max(busy, _beside(story, incident, begun + week * WEEK))
    story.time = max(begun + weeks * WEEK, busy)
    _keep_up(story, story.time)
    story.wait(0, 4)


def _beside(story: Story, incident: incidents.Incident, week: float) -> float:
    """An incident of its own time; when it ended."""
    aside = story.aside(week + story.chance.uniform(0, 4.5) * DAY)
    try:
        if aside.now < aside.ground.end:
            incident(aside)
    except Over:
        return aside.time
    return aside.time


def _keep_up(story: Story, until: float) -> None:
    """What comes round again and again while an order is worked on, whatever else happens."""
    accepted, approved = story.marks["accepted"], story.marks["approved"]
    _each(story, _fortnights(story, accepted, until), "care.contacted", "customer_service")
    if story.grade == "C":
        return
    weeks = list(_weeks(story, approved, until))
    _each(story, weeks, "planning.progress_updated", "project_manager")
    _each(story, weeks, "planning.meeting_held", "project_manager")
    _each(story, _fortnights(story, approved, until), "care.progress_told", "customer_service")
    months = weeks[2::4]
    _each(story, months, "risks.round_held", "project_manager")
    _each(story, months, "costs.reported", "finance")


Stretch = tuple[float, float]


def _weeks(story: Story, since: float, until: float) -> Iterator[Stretch]:
    """The calendar's weeks that begin after a point of time, up to another."""
    office = story.ground.office
    monday = office.day(since) + 7 - (office.day(since) - 1) % 7
    while (begin := office.begin_of(monday)) < until:
        yield begin, min(office.begin_of(monday + 7), until)
        monday += 7


def _fortnights(story: Story, since: float, until: float) -> Iterator[Stretch]:
    """Fourteen days each, counted from the day of a point of time, up to another."""
    office, day = story.ground.office, story.ground.office.day(since)
    begin = since
    while begin < until:
        day += 14
        yield begin, min(office.begin_of(day), until)
        begin = office.begin_of(day)


def _each(story: Story, stretches: Iterator[Stretch] | list[Stretch], name: str, by: str) -> None:
    """Once in every stretch of time, unless it is forgotten."""
    for begin, end in stretches:
        if end - begin < DAY or story.happens(FORGOTTEN):
            continue
        aside = story.aside(story.chance.uniform(begin + 20, end - 60))
        if aside.now >= aside.ground.end:
            return
        aside.state(name, by, aside.unit("meeting") if name == "planning.meeting_held" else None, heard=True)
