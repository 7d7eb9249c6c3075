"""Duties as an inbox and a mail say them: the act, the order, the clause, the due time, and who hears next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.notices.registry import Said
from aftersign.kernel.shell import dates
from aftersign.kernel.units.addresses import address_of
from aftersign.policy.cards import Card, cards
from aftersign.policy.labels import label_in
from aftersign.policy.models import UNFINISHED, Duty
from aftersign.policy.notices.owing import may_do

_RELATED = ("order__customer", "owner", "owner_department")


def duties(units: Sequence[Any]) -> Mapping[str, Said]:
    """Duties by id."""
    rows = list(Duty.objects.filter(pk__in=[each.pk for each in units]).select_related(*_RELATED))
    able = may_do(rows)
    return {str(card.duty.pk): _said(card, able.get(card.duty.pk)) for card in cards(rows)}


def most_urgent(kind: str, units: Iterable[Any]) -> Mapping[str, Said]:
    """Of units of an order, by id, the unfinished duty about each that is due first."""
    held = {str(each.pk): each for each in units}
    rows = Duty.objects.filter(
        order__in={each.order_id for each in held.values()}, state__in=UNFINISHED, unit=kind, unit_id__in=held
    )
    found: dict[str, Card] = {}
    for card in cards(rows.select_related(*_RELATED)):
        known = found.get(card.duty.unit_id)
        if known is None or _place(card) < _place(known):
            found[card.duty.unit_id] = card
    able = may_do(card.duty for card in found.values())
    return {unit: _said(card, able.get(card.duty.pk)) for unit, card in found.items()}


def _place(card: Card) -> tuple[bool, Any]:
    due = card.duty.due_at
    return due is None, due.timestamp() if due else 0


def _said(card: Card, able: Any) -> Said:
    duty, language = card.duty, get_language() or "zh-hans"
    due = duty.due_at if card.is_unfinished else None
    step, said = card.next_step, ""
    if step is not None and step.at is not None:
        role = label_in(card.rulebook, "role", step.role, language)
        said = _("%(role)s, %(day)s") % {"role": role, "day": dates.exact_day(step.at)}
    return Said(
        title=f"{card.title} {card.about}".strip(),
        page=address_of("duty", duty.pk),
        order=f"{duty.order.number} {duty.order.title}" if duty.order else "",
        clause=duty.clause,
        clause_title=label_in(card.rulebook, "clause", duty.clause, language),
        due=due,
        deadline=dates.exact_day(due) if due else "",
        next_step=said,
        action=card.title if card.is_unfinished else "",
        address=card.address if card.is_unfinished else "",
        actors=able,
    )
