"""What the spine's own facts say beyond their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.shell.money import formatted
from aftersign.kernel.units import words
from aftersign.orders.queries.activity import Names


def details(facts: Sequence[Recorded], names: Names) -> Mapping[int, str]:
    """A line for each fact that has more to say, by sequence; asks the database for nothing."""
    known = ((fact.sequence, _LINES[fact.name](fact.payload)) for fact in facts if fact.name in _LINES)
    return {sequence: line for sequence, line in known if line}


def _signed(said: Mapping[str, Any]) -> str:
    amount = formatted(Decimal(said["amount"]), said.get("currency", "")) if said.get("amount") else ""
    return " · ".join(filter(None, (said.get("customer"), said.get("contract_no"), amount)))


def _registered(said: Mapping[str, Any]) -> str:
    reason = said.get("repeat_reason")
    return _("The contract number is used again: %(reason)s") % {"reason": reason} if reason else ""


def _adopted(said: Mapping[str, Any]) -> str:
    stage = words.label("stage", str(said.get("stage", "")), get_language() or "zh-hans")
    line = [_("At the stage %(stage)s") % {"stage": stage}]
    if accepted := said.get("accepted_on"):
        line.append(_("accepted by the customer on %(day)s") % {"day": accepted})
    return " · ".join(filter(None, (*line, _reasoned(said))))


def _completed(said: Mapping[str, Any]) -> str:
    line = []
    if day := said.get("accepted_on"):
        line.append(_("Accepted by %(name)s on %(day)s") % {"name": said.get("accepted_by", ""), "day": day})
    if until := said.get("warranty_until"):
        line.append(_("warranty until %(day)s") % {"day": until})
    return " · ".join(line)


def _reasoned(said: Mapping[str, Any]) -> str:
    """Why, and how things are settled, where a fact says so; a value that has been erased stays away."""
    return " · ".join(text for key in ("reason", "settled_how") if isinstance(text := said.get(key), str))


_LINES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "order.signed": _signed,
    "order.registered": _registered,
    "order.adopted": _adopted,
    "order.completed": _completed,
    **dict.fromkeys(
        (
            "order.suspension_requested",
            "order.termination_requested",
            "order.request_rejected",
            "order.suspended",
            "order.resumed",
            "order.terminated",
        ),
        _reasoned,
    ),
}
