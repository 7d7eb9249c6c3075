"""What people decide about duties and facts afterwards: extended, waived, taken, withdrawn."""

from __future__ import annotations

from aftersign.cli.simulating.story import Story, Told, iso
from aftersign.kernel.clock.zone import MINUTE
from aftersign.policy.engine import Case, Duty

HOUR = 60 * MINUTE
DAY = 24 * HOUR
CHANCES = (("extend", 0.12), ("waive", 0.2), ("take", 0.3), ("withdraw", 0.31))
"""How often each is decided on an order, summed up."""
WITHDRAWN = ("care.contacted", "planning.meeting_held")


def ruling(story: Story, case: Case) -> list[Told]:
    """What is decided on an order, seeing how its duties have gone; mostly nothing."""
    draw = story.chance.random()
    chosen = next((name for name, up_to in CHANCES if draw < up_to), "")
    return _RULINGS[chosen](story, case) if chosen else []


def _extend(story: Story, case: Case) -> list[Told]:
    """Somebody who would be late asks in time for more of it."""
    found = [each for each in case.duties if each.breached and each.known_from + 2 * HOUR < each.breached]
    if not found:
        return []
    duty = story.chance.choice(found)
    due = duty.breached or 0
    asked = due - min(due - duty.known_from, 6 * HOUR) // 2
    new_due = iso(due + story.chance.randint(1, 5) * DAY)
    who, why = _owner(story, duty), "客户推迟了现场时间"
    given = {"old_due": iso(due), "new_due": new_due, "reason": why, "approver": story.ground.manager.id}
    return [
        _of(story, duty, "general.extension_requested", asked, new_due=new_due, reason=why, requester=who),
        _of(story, duty, "general.duty_extended", asked + HOUR // 2, **given),
    ]


def _waive(story: Story, case: Case) -> list[Told]:
    """What has become pointless is waived, mostly once it is overdue."""
    end = story.ground.end
    found = [each for each in case.duties if each.breached and (each.closed or end) > each.breached + 30 * HOUR]
    if not found:
        return []
    duty = story.chance.choice(found)
    asked = (duty.breached or 0) + 10 * HOUR
    said = {"reason": "客户书面表示不需要", "until": iso(asked + 30 * DAY)[:10]}
    return [
        _of(story, duty, "general.waiver_requested", asked, requester=_owner(story, duty), **said),
        _of(story, duty, "general.duty_waived", asked + HOUR, approver=story.ground.manager.id, **said),
    ]


def _take(story: Story, case: Case) -> list[Told]:
    """Somebody makes a duty of their department their own."""
    desks = {desk.id: desk for desk in story.ground.desks.values()}
    found = [each for each in case.duties if each.owner_department in desks and each.closed and not each.period]
    if not found:
        return []
    duty = story.chance.choice(found)
    who = story.chance.choice(desks[duty.owner_department or ""].people).id
    at = duty.known_from + ((duty.closed or 0) - duty.known_from) // 2
    taken = _of(story, duty, "general.duty_taken", at, person=who)
    taken.by = who
    return [taken] if at > duty.known_from else []


def _withdraw(story: Story, case: Case) -> list[Told]:
    """Somebody has put down something on the wrong order, and takes it back within the hour."""
    found = [each for each in story.told if each.name in WITHDRAWN and each.entered + HOUR < story.ground.end]
    if not found:
        return []
    wrong = story.chance.choice(found)
    at = wrong.entered + HOUR // 2
    said = {"what": wrong.name, "reason": "记错了订单"}
    units = {"fact": wrong.id, "order": story.order}
    return [Told(story.new_id(at), "general.fact_withdrawn", at, at, "fact", wrong.id, units, said, wrong.by)]


def _of(story: Story, duty: Duty, name: str, at: int, **said: str | None) -> Told:
    """A fact about a duty, stated by its owner or by whoever approves."""
    units = {"duty": duty.key, "order": story.order}
    by = said.get("approver") or said.get("requester")
    return Told(story.new_id(at), name, at, at, "duty", duty.key, units, dict(said), by)


def _owner(story: Story, duty: Duty) -> str:
    """Whoever owes a duty; what a department owes is asked for by sales."""
    return duty.owner or story.cast["sales"].id


_RULINGS = {"extend": _extend, "waive": _waive, "take": _take, "withdraw": _withdraw}
