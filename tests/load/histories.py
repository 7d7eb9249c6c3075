"""Random but plausible histories of orders, as lines that `aftersign policy run` reads; the same for the same seed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from aftersign.policy.rulebook import DEFAULT, FactKind, Rulebook, load
from tests.rulebook.stories import PAYLOADS

START = datetime.fromisoformat("2026-01-05T09:00")
FOUNDED = datetime.fromisoformat("2026-01-01T00:00")
OFFSET = "+08:00"
GRADES, SHARES = ("C", "B", "A"), (60, 30, 10)


class Payloads:
    """Whole payloads of facts, so that none is refused for lack of evidence."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._params = rulebook.params
        self._usual = {name: self._whole(fact) for name, fact in rulebook.facts.items()}

    def of(self, name: str, said: dict[str, Any]) -> dict[str, Any]:
        """What a fact says, where it does not say otherwise."""
        return self._usual[name] | said

    def _whole(self, fact: FactKind) -> dict[str, Any]:
        usual = {key: self._of_type(type_) for key, type_ in fact.payload.items()}
        return usual | PAYLOADS["facts"].get(fact.name, {})

    def _of_type(self, type_: str) -> Any:
        kind, _colon, rest = type_.partition(":")
        if kind == "word":
            return rest.partition("|")[0]
        if kind in ("words", "parts"):
            words = self._params[rest.removeprefix("$")].value
            listed = words if isinstance(words, tuple) else ()
            return listed[0] if kind == "words" else dict.fromkeys(listed, "filled in")
        return PAYLOADS["by_type"][kind]


def company(rulebook: Rulebook, payloads: Payloads) -> Iterator[dict[str, Any]]:
    """The company before its first order: departments with heads and people, and who manages it."""

    def state(fact: str, units: dict[str, str], **said: Any) -> dict[str, Any]:
        line = {"fact": fact, "at": FOUNDED.isoformat() + OFFSET, "units": units}
        return {**line, "payload": payloads.of(fact, said)}

    yield state("policy.took_effect", {"edition": "e1"}, version=rulebook.version, first=True)
    yield state(
        "general.department_listed", {"department": "top"}, code="", head="G", above=None, works_on_orders=False
    )
    codes = rulebook.params["department_codes"].value
    for code in codes if isinstance(codes, tuple) else ():
        unit, head = {"department": f"d-{code}"}, f"head-{code}"
        yield state("general.department_listed", unit, code=code, head=head, above="top", works_on_orders=True)
        for person in (head, f"person-{code}"):
            yield state("general.person_listed", {"person": person}, department=unit["department"])
    yield state("general.post_named", {}, post="general_manager", holder="G")


class History:
    """One order from its signature to its end, week by week."""

    def __init__(self, name: str, chance: random.Random, weeks: int, payloads: Payloads) -> None:
        self.name, self.chance, self.weeks, self.payloads = name, chance, weeks, payloads
        self.moment = START + timedelta(hours=chance.randrange(0, 24 * 120))
        self.lines: list[dict[str, Any]] = []
        self.made = 0

    def state(self, fact: str, pause: float = 1.0, units: dict[str, str] | None = None, **said: Any) -> None:
        """The next fact, some hours after the one before."""
        self.moment += timedelta(minutes=int(60 * pause * self.chance.uniform(0.3, 1.7)) + 1)
        line = {"fact": fact, "at": self.moment.isoformat() + OFFSET, "units": {"order": self.name, **(units or {})}}
        self.lines.append({**line, "payload": self.payloads.of(fact, said)})

    def unit(self, kind: str, **above: str) -> dict[str, str]:
        """A new unit of a kind."""
        self.made += 1
        return {kind: f"{self.name}-{kind}-{self.made}", **above}

    def tell(self) -> list[dict[str, Any]]:
        """The whole history."""
        grade = self.chance.choices(GRADES, SHARES)[0]
        self.state("order.signed", 1, contract_no=self.name, grade=grade, sales_owner="person-sales")
        self.state("order.registered", 2, contract_no=self.name)
        self.hand_over()
        self.plan()
        for week in range(self.weeks):
            self.week(week)
        self.finish()
        return self.lines

    def hand_over(self) -> None:
        """Form, signature, copies, acceptances; some are returned first."""
        self.state("handover.submitted", 5)
        self.state("handover.giver_signed", 0.2)
        copies = [self.unit("handover_copy") for _department in range(3)]
        for code, copy in zip(("project", "customer_service", "finance"), copies, strict=True):
            self.state("handover.copy_sent", 0.1, copy, department=code)
        self.state("handover.distributed", 0.1)
        for copy in copies:
            if self.chance.random() < 0.2:
                self.state("handover.copy_returned", 12, copy)
                self.state("handover.copy_resent", 9, copy, version=2, accepted_before=False)
            self.state("handover.copy_accepted", 10, copy)
        self.state("handover.accepted", 0.1)
        self.state("handover.original_received", 5)
        team = [{"post": post, "person": f"person-{code}"} for post, code in (("project_manager", "project"),)]
        self.state("order.team_named", 10, team=team)

    def plan(self) -> None:
        """A plan, reviewed and approved; the work starts."""
        plan = self.unit("plan")
        self.state("planning.plan_submitted", 30, plan)
        self.state("planning.customer_asked", 3, plan)
        self.state("planning.customer_reviewed", 40, plan)
        self.state("planning.plan_approved", 8, plan, version=1)
        budget = self.unit("budget", **plan)
        self.state("costs.budget_submitted", 4, budget)
        self.state("costs.budget_approved", 4, budget)
        self.state("planning.started", 4)

    def week(self, week: int) -> None:
        """Meetings, progress, hours, and now and then something that goes wrong."""
        self.state("planning.meeting_held", 30, self.unit("meeting"))
        for _day in range(3):
            self.state("planning.progress_updated", 18)
            self.state("planning.time_booked", 3)
        if week % 2:
            self.state("care.contacted", 2)
        if week % 4 == 3:
            self.state("costs.reported", 2)
        for happening, often in _HAPPENINGS.items():
            if self.chance.random() < often:
                happening(self)

    def lag(self) -> None:
        """The work lags behind."""
        lag = self.unit("lag")
        self.state("planning.lag_found", 5, lag, days_late=self.chance.randrange(1, 5))
        self.state("planning.lag_notified", 9, lag)
        self.state("planning.lag_answered", 20, lag)
        self.state("planning.lag_effect_checked", 60, lag, effective=True)

    def question(self) -> None:
        """The customer asks."""
        question = self.unit("question")
        self.state("care.question_received", 4, question)
        self.state("care.question_answered", 9, question)

    def complaint(self) -> None:
        """The customer complains."""
        complaint, level = self.unit("complaint"), self.chance.choice(("normal", "major", "urgent"))
        self.state("care.complaint_received", 4, complaint, level=level)
        self.state("care.complaint_acknowledged", 1, complaint)
        self.state("care.complaint_routed", 2, complaint, level=level, department="quality")
        self.state("care.complaint_resolved", 30, complaint)
        self.state("care.complaint_replied", 8, complaint)

    def change(self) -> None:
        """Something is to be done otherwise."""
        change = self.unit("change")
        self.state("changes.requested", 4, change)
        self.state("changes.clarified", 9, change)
        self.state("changes.assessed", 9, change, impact="large")
        self.state("changes.plan_submitted", 20, change)
        reviews = [self.unit("review", **change) for _department in range(2)]
        for code, review in zip(("quality", "finance"), reviews, strict=True):
            self.state("changes.review_asked", 0.1, review, department=code)
        for review in reviews:
            self.state("changes.reviewed", 12, review)
        self.state("changes.customer_asked", 2, change)
        self.state("changes.customer_decided", 40, change)
        self.state("changes.approved", 5, change)
        self.state("changes.implemented", 30, change, cost_changes=False)

    def nonconformity(self) -> None:
        """Something is not as it should be."""
        found = self.unit("nonconformity")
        self.state("quality.nonconformity_raised", 4, found, level=self.chance.choice(("critical", "minor")))
        self.state("quality.rectified", 20, found)
        self.state("quality.reinspected", 15, found, result="passed", attempt=1)
        self.state("quality.nonconformity_closed", 3, found)

    def purchase(self) -> None:
        """Something is bought for the order."""
        need = self.unit("requisition")
        self.state("suppliers.need_approved", 5, need)
        self.state("suppliers.chosen", 40, {**need, "supplier": "s1"})
        contract = self.unit("purchase_contract", **need, supplier="s1")
        self.state("suppliers.contract_signed", 30, contract)
        delivery = self.unit("delivery", **contract)
        self.state("suppliers.delivered", 60, delivery)
        self.state("suppliers.contract_fulfilled", 9, contract)

    def finish(self) -> None:
        """Completion."""
        self.state("order.completed", 30, warranty_until="2028-01-01")


_HAPPENINGS = {
    History.lag: 0.2,
    History.question: 0.2,
    History.complaint: 0.1,
    History.change: 0.05,
    History.nonconformity: 0.1,
    History.purchase: 0.05,
}


def histories(orders: int, weeks: int, seed: int = 1) -> Iterator[str]:
    """Lines of the company, then of so many orders, each over so many weeks, one order after another."""
    chance, rulebook = random.Random(seed), load(DEFAULT)
    payloads = Payloads(rulebook)
    for line in company(rulebook, payloads):
        yield json.dumps(line, ensure_ascii=False)
    for number in range(orders):
        for line in History(f"o{number}", chance, weeks, payloads).tell():
            yield json.dumps(line, ensure_ascii=False)


if __name__ == "__main__":
    for text in histories(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20):
        sys.stdout.write(text + "\n")
