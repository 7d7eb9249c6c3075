"""Random but plausible histories of orders, as lines for `aftersign policy run`; the same for the same seed."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

START = datetime(2026, 1, 5, 9, 0, tzinfo=timezone(timedelta(hours=8)))


class History:
    """One order from its signature to its end, week by week."""

    def __init__(self, name: str, chance: random.Random, weeks: int) -> None:
        self.name, self.chance, self.weeks = name, chance, weeks
        self.moment = START + timedelta(hours=chance.randrange(0, 24 * 120))
        self.lines: list[dict[str, Any]] = []
        self.made = 0

    def state(self, fact: str, pause: float = 1.0, units: dict[str, str] | None = None, **payload: Any) -> None:
        """The next fact, some hours after the one before."""
        self.moment += timedelta(minutes=int(60 * pause * self.chance.uniform(0.3, 1.7)) + 1)
        line = {"fact": fact, "at": self.moment.isoformat(), "units": {"order": self.name, **(units or {})}}
        self.lines.append({**line, "payload": payload})

    def unit(self, kind: str) -> dict[str, str]:
        """A new unit of a kind."""
        self.made += 1
        return {kind: f"{self.name}-{kind}-{self.made}"}

    def tell(self) -> list[dict[str, Any]]:
        """The whole history."""
        grade = self.chance.choices(["C", "B", "A"], [60, 30, 10])[0]
        signed = {
            "customer": "c",
            "contract_no": self.name,
            "order_kind": "sales",
            "signed_on": self.moment.date().isoformat(),
        }
        self.state("order.signed", 1, **signed, grade=grade, amount_base=60000)
        self.state("order.registered", 2, **signed)
        self.hand_over()
        self.plan()
        for _week in range(self.weeks):
            self.week()
        self.finish()
        return self.lines

    def hand_over(self) -> None:
        """Form, signature, copies, acceptances; some are returned first."""
        self.state("handover.submitted", 5, form="f", version=1, sections={}, requirement_documents={}, key_points=0)
        self.state("handover.giver_signed", 0.2, signer="s", check_value="x", responsibility="r")
        copies = [self.unit("handover_copy") for _department in range(3)]
        for place, copy in enumerate(copies):
            self.state(
                "handover.copy_sent", 0.1, copy, department=f"d{place}", documents=["a"], check_value="x", key_points=0
            )
        self.state("handover.distributed", 0.1, recipients={}, documents=["a"], contract_copy="c")
        for copy in copies:
            if self.chance.random() < 0.2:
                self.state("handover.copy_returned", 12, copy, reasons="r", items=[])
                self.state(
                    "handover.copy_resent",
                    9,
                    copy,
                    check_value="y",
                    answers="a",
                    version=2,
                    differences=[],
                    accepted_before=False,
                )
            self.state("handover.copy_accepted", 10, copy, signer="t", check_value="x", responsibility="r")
        self.state("handover.accepted", 0.1, last_department="d2")
        self.state("handover.original_received", 5, keeper="k", place="p", receipt="r")
        self.state("order.team_named", 10, team=[], deputies=[])

    def plan(self) -> None:
        """A plan, reviewed and approved; the work starts."""
        plan = self.unit("plan")
        self.state(
            "planning.plan_submitted", 30, plan, plan="p", version=1, parts={}, requirement_trace=[], reviewers=[]
        )
        self.state("planning.customer_asked", 3, plan, sent_to="c", sent_at="x")
        self.state("planning.customer_reviewed", 40, plan, decision="agreed", person="c", proof="d")
        self.state("planning.plan_approved", 8, plan, version=1, check_value="x", first=True)
        self.state("planning.started", 4, started_on="x")

    def week(self) -> None:
        """Meetings, progress, hours, and now and then a lag, a question, a change."""
        self.state(
            "planning.meeting_held",
            30,
            self.unit("meeting"),
            held_at="x",
            progress_report="r",
            problems=[],
            actions=[],
            attendees=[],
        )
        for _day in range(3):
            self.state("planning.progress_updated", 18, status_date="x", tasks=[])
            self.state("planning.time_booked", 3, week="x", hours=8, tasks=[])
        if self.chance.random() < 0.3:
            lag = self.unit("lag")
            self.state(
                "planning.lag_found", 5, lag, days_late=self.chance.randrange(1, 5), milestone="m", critical=True
            )
            self.state("planning.lag_notified", 9, lag, departments_told=["d"], customer_told_at="x", content="c")
            self.state("planning.lag_answered", 20, lag, cause="c", measures=[{}])
        if self.chance.random() < 0.3:
            question = self.unit("question")
            self.state("care.question_received", 4, question, text="t")
            self.state("care.question_answered", 9, question, answer="a")

    def finish(self) -> None:
        """Completion."""
        self.state("order.completed", 30, acceptance="d", accepted_by="c", accepted_on="x", warranty_until="2028-01-01")


def histories(orders: int, weeks: int, seed: int = 1) -> Iterator[str]:
    """Lines of so many orders, each over so many weeks, one order after another."""
    chance = random.Random(seed)
    for number in range(orders):
        for line in History(f"o{number}", chance, weeks).tell():
            yield json.dumps(line, ensure_ascii=False)


if __name__ == "__main__":
    for text in histories(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20):
        sys.stdout.write(text + "\n")
