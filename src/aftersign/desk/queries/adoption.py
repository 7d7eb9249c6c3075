"""What adopting an order at a stage stands for, and what opens with it, while the order is still being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.kernel.shell.dates import today
from aftersign.policy.cards import act_of
from aftersign.policy.editions import store
from aftersign.policy.engine import Duty
from aftersign.policy.labels import label_in
from aftersign.policy.moments import moment_or_none
from aftersign.policy.newcomers import reading_of, stood_for
from aftersign.policy.rulebook import Rulebook


@dataclass(frozen=True)
class Opening:
    """A duty that opens with the adoption: the act that ends it, its clause, who owes it and by when."""

    title: str
    clause: str
    owner: str
    due: datetime | None


@dataclass(frozen=True)
class Outlook:
    """What an adoption at a stage stands for beyond the stage before, in words, and what it opens."""

    stands_for: str
    is_first: bool
    opens: list[Opening]


def outlook_of(sketch: Mapping[str, Any], stage: str) -> Outlook | None:
    """What becomes of an order that is adopted now at a stage; None before an edition is in force."""
    rulebook = store.shown()
    signed_on = min(sketch.get("signed_on") or today(), today())
    case = reading_of(sketch, _morning(signed_on), stage=stage)
    if rulebook is None or case is None:
        return None
    language = get_language() or "zh-hans"
    stages = [each.stage for each in rulebook.stages]
    before = stood_for(rulebook, stages[stages.index(stage) - 1]) if stage in stages[1:] else ()
    facts = [label_in(rulebook, "fact", name, language) for name in stood_for(rulebook, stage) if name not in before]
    opens = [_opening(rulebook, duty, language) for duty in case.duties if duty.state == "open"]
    return Outlook(
        _(", ").join(facts), not before, sorted(opens, key=lambda each: (each.due is None, each.due, each.clause))
    )


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _opening(rulebook: Rulebook, duty: Duty, language: str) -> Opening:
    term = rulebook.terms[duty.term]
    return Opening(
        title=label_in(rulebook, "act", act_of(rulebook, term), language),
        clause=term.clause,
        owner=label_in(rulebook, "role", term.owner, language),
        due=moment_or_none(duty.due),
    )
