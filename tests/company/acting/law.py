"""What the policy asks before some acts, read plainly from the facts of the order, beside what the gatekeeper says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from aftersign.kernel.acts.doing import Doing
from aftersign.kernel.acts.doorway import Act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.journal import queries
from aftersign.kernel.journal.corrections import standing
from aftersign.kernel.units import registry
from aftersign.orders.models import Order

SPENT = {
    "handover.sign": "handover.giver_signed",
    "handover.distribute": "handover.distributed",
    "handover.accept_copy": "handover.copy_accepted",
    "handover.resend_copy": "handover.copy_resent",
    "order.complete": "order.completed",
    "order.close": "order.closed",
    "order.suspend": "order.suspended",
    "order.terminate": "order.terminated",
}
"""The fact with which an act has used up a release."""
AFTER_COMPLETION = ("order.request_termination", "order.terminate")
NOT_TWICE = ("order.request_suspension", "order.suspend", "order.complete")
OVER = ("completed", "terminated", "closed", "warranty")


@dataclass(frozen=True)
class Reading:
    """An act about to be done, and the facts of its order that stand, in the order in which they were stated."""

    doing: Doing
    facts: list[Any]

    def stated(self, *names: str, unit: str = "") -> list[Any]:
        """The facts of these names, of one unit where it is named."""
        return [each for each in self.facts if each.name in names and unit in ("", str(each.unit_id))]

    def last(self, name: str, key: str) -> Any:
        """What the last fact of a name says under a key."""
        found = self.stated(name)
        return found[-1].payload.get(key) if found else None

    @property
    def unit(self) -> str:
        """The id of what the act is done on."""
        return str(self.doing.unit.pk)

    @property
    def is_by_another(self) -> bool:
        """Whether nobody with a hand in the request that is decided has one in the act."""
        request = self.doing.given["request"]
        return not {request.requester_id, request.on_behalf_of_id} & set(self.doing.actor.hands)

    def is_released(self, term: str) -> bool:
        """Whether the act may pass a gate once, and has not yet."""
        open_ = False
        for fact in self.facts:
            said = fact.payload
            if fact.name == "general.gate_released" and (said["term"], said["act"]) == (term, self.doing.act):
                open_ = open_ or said["unit"] in registry.ids_of(self.doing.unit).values()
            elif fact.name == SPENT.get(self.doing.act) and self.unit in (fact.unit_id, fact.units.get("order")):
                open_ = False
        return open_


def _giver_signed(reading: Reading) -> bool:
    signed = reading.last("handover.giver_signed", "check_value")
    return signed is not None and signed == reading.last("handover.submitted", "form")


def _is_read(reading: Reading) -> bool:
    return bool(reading.doing.given["check_value"] == reading.last("handover.submitted", "form"))


def _is_no_giver(reading: Reading) -> bool:
    signed = reading.stated("handover.giver_signed")
    hands = {str(each) for fact in signed for each in (fact.payload["signer"], fact.actor_id, fact.on_behalf_of)}
    paper = getattr(reading.doing.given.get("ceremony"), "paper", None)
    receivers = {*reading.doing.actor.hands, *([paper.signer.pk] if paper else ())}
    return bool(signed) and not hands & {str(each) for each in receivers}


def _points_are_clear(reading: Reading) -> bool:
    sent = reading.stated("handover.copy_sent", unit=reading.unit)
    confirmed = reading.stated("handover.key_points_confirmed", unit=reading.unit)
    return sent[-1].payload["key_points"] == 0 or bool(confirmed)


def _is_unfinished(reading: Reading) -> bool:
    return not reading.stated("handover.accepted")


def _has_accepted(reading: Reading) -> bool:
    adopted = reading.stated("order.adopted")
    return not _is_unfinished(reading) or (bool(adopted) and adopted[-1].payload["stage"] != "signed")


def _has_ended(reading: Reading) -> bool:
    adopted = reading.last("order.adopted", "stage") in ("completed", "closed")
    return adopted or bool(reading.stated("order.completed", "order.terminated"))


LAW: dict[str, dict[str, Callable[[Reading], bool]]] = {
    "handover.sign": {"2.1.3.f": lambda reading: bool(reading.stated("handover.submitted"))},
    "handover.submit": {"2.1.3.j": _is_unfinished},
    "handover.distribute": {"2.1.3.a": _giver_signed},
    "handover.accept_copy": {"2.1.3.d": _is_no_giver, "2.1.3.i": _is_read, "2.3.2.b": _points_are_clear},
    "handover.return_copy": {"2.1.3.i": _is_read, "2.1.3.j": _is_unfinished},
    "handover.resend_copy": {"2.1.3.g": _giver_signed, "2.1.3.j": _is_unfinished},
    "order.complete": {"2.1.3.e": _has_accepted},
    "order.close": {"1.3.3.f": _has_ended},
    "order.suspend": {"1.3.3.g": lambda reading: reading.is_by_another},
    "order.terminate": {"1.3.3.g": lambda reading: reading.is_by_another},
}
"""The terms of the default edition that hold an act up, each with when it lets the act pass."""


def limited(reading: Reading) -> bool:
    """Whether the stage of the order stands in the way of an act by which it would halt or be completed."""
    act, order = reading.doing.act, reading.doing.root
    stage = order.stage if isinstance(order, Order) else ""
    if stage == "suspended":
        return act in NOT_TWICE
    return stage in OVER and act in (*NOT_TWICE, *AFTER_COMPLETION)


def watched(gatekeep: Callable[[Doing, Act], None], found: list[str]) -> Callable[[Doing, Act], None]:
    """The gatekeeper, with everything that it says and the plain reading does not, or the other way round."""

    def gate(doing: Doing, act: Act) -> None:
        refused: set[str] = set()
        try:
            gatekeep(doing, act)
        except Refused as no:
            refused = {term for each in no.refusals for term in each.terms} or {"the stage"}
            raise
        finally:
            if doing.actor.kind == "person":
                found.extend(f"{act.name} on {doing.unit}: {each}" for each in _contradictions(doing, refused))

    return gate


def _contradictions(doing: Doing, refused: set[str]) -> Iterator[str]:
    order = registry.ids_of(doing.unit).get("order")
    if order is None:
        return
    facts = standing([*queries.of_order(order), *_stated(doing, order)])  # type: ignore[arg-type,type-var]
    reading = Reading(doing, facts)
    for term, passes in LAW.get(doing.act, {}).items():
        is_open = passes(reading) or reading.is_released(term)
        if is_open == (term in refused):
            yield f"{term} {'refuses' if is_open else 'lets pass'} what it must {'let pass' if is_open else 'refuse'}"
    if limited(reading) and not refused:
        yield f"it passes at the stage {doing.root.stage}"


def _stated(doing: Doing, order: str) -> Iterator[Any]:
    """What the passage has stated so far, as facts of its actor."""
    for fact in doing.passage.facts:
        if str(fact.order_id) == order:
            yield _Pending(fact, doing.actor.id, doing.actor.on_behalf_of.pk if doing.actor.on_behalf_of else None)


@dataclass(frozen=True)
class _Pending:
    """A fact that waits for its number, with who states it."""

    fact: Any
    actor_id: Any
    on_behalf_of: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.fact, name)
