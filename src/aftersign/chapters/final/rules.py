"""Who may draft, issue and withdraw editions and tell people of them, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from aftersign.kernel.access import capabilities
from aftersign.kernel.access.capabilities import holds_post, operating_account, themselves
from aftersign.kernel.acts.checks import Asking, check
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.policy.editions import store
from aftersign.policy.editions.differences import differences
from aftersign.policy.models import Edition
from aftersign.policy.rulebook import BrokenRulebook, Rulebook

DRAFTER, APPROVER = holds_post("policy_owner"), holds_post("general_manager")
capabilities.declare("policy.put_in_force", operating_account)
capabilities.declare("policy.install_rooms", operating_account)
capabilities.declare("policy.draft", DRAFTER)
capabilities.declare("policy.issue", APPROVER)
capabilities.declare("policy.withdraw_edition", DRAFTER | APPROVER)
capabilities.declare("policy.tell_staff", DRAFTER)
capabilities.declare("policy.acknowledge", themselves)


@check("approver_is_not_drafter")
def approver_is_not_drafter(asking: Asking) -> bool:
    """Nobody with a hand in the draft approves it, neither who wrote it nor for whom it was written."""
    drafted = [fact for fact in asking.facts if fact.name == "policy.drafted" and fact.unit_id == str(asking.unit.pk)]
    hands = {str(each) for each in asking.actor.hands}
    return all(hands.isdisjoint(_hands(fact)) for fact in drafted)


def _hands(fact: object) -> set[str]:
    payload = getattr(fact, "payload", {})
    named = (payload.get("drafter"), getattr(fact, "actor_id", None), getattr(fact, "on_behalf_of", None))
    return {str(each) for each in named if each}


def sound(read: Callable[[], Rulebook]) -> Rulebook:
    """A rulebook that holds; raises `Refused` with a sentence for each fault."""
    try:
        return read()
    except BrokenRulebook as broken:
        raise Refused(tuple(Refusal(str(fault)) for fault in broken.faults)) from None


def refuse_known(rulebook: Rulebook) -> None:
    """Refuse a version that is known already."""
    if Edition.objects.filter(version=rulebook.version).exists():
        said = _("Version %(version)s is known already; give it another.") % {"version": rulebook.version}
        raise Refused.because(said, missing=("version",))


def refuse_unless_new(rulebook: Rulebook) -> None:
    """Refuse a version that is known already, and a rulebook that says what the one in force says."""
    refuse_known(rulebook)
    before = store.current()
    if before is not None and not differences(store.rulebook_of(before.pk), rulebook):
        said = {"version": before.version}
        raise Refused.because(_("Nothing differs from edition %(version)s, which is in force.") % said)


def next_version(versions: list[str]) -> str:
    """The version after the highest number among those that are known."""
    numbers = [int(each) for each in versions if each.isdecimal()]
    return str(max(numbers, default=len(versions)) + 1)
