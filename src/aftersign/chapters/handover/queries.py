"""The readers of the handover: what a page shows, for whoever may see it."""

from __future__ import annotations

from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import FormVersion
from aftersign.kernel.org.models import Department
from aftersign.kernel.org.queries import departments
from aftersign.kernel.units import words
from aftersign.orders.models import Order


def latest_content(order: Order) -> Content | None:
    """The form as it was submitted last, None while it has not been."""
    found = FormVersion.objects.filter(handover__order=order).order_by("-number").first()
    return found.content if found else None


def demanded_departments() -> dict[str, Department | None]:
    """The departments that must receive a copy, by the policy's word; None where no department has that code."""
    by_code = {each.code: each for each in departments() if each.code}
    return {word: by_code.get(word.removesuffix("_department")) for word in words.members("handover_recipients")}
