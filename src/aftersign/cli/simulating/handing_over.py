"""From the signature to the accepted handover, as it usually goes: some copies come back first, some come late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aftersign.cli.simulating.book import RECEIVED, RESPONSIBILITY, Book, Copy
from aftersign.cli.simulating.sheet import CRITERIA, WISHES, Sheet
from aftersign.cli.simulating.story import Over, Someone, Story
from aftersign.policy.moments import moment

RECEIVERS = {"project": "project_manager", "customer_service": "customer_service", "finance": "finance"}
RETURNED = {"A": 0.2, "B": 0.12, "C": 0.06}
EXPLAINED = {"A": 0.6, "B": 0.3, "C": 0.08}
UNCLEAR = "验收准则没有可核对的指标"


@dataclass
class HandingOver:
    """The handover of one order; `sheets` makes a version of the form from its number and what the customer wants."""

    story: Story
    book: Book
    sheets: Callable[[int, int, int], Sheet]
    file: tuple[str, str]

    def tell(self) -> None:
        """Up to the acceptance by every department; raises `Over` where the history ends before."""
        story = self.story
        points = story.chance.randint(1, 2) if story.happens(EXPLAINED[story.grade]) else 0
        wish = story.chance.randrange(len(WISHES) * len(CRITERIA))
        sheet = self.sheets(1, points, wish)
        self._submit(sheet, 1)
        copies = [self._send(sheet, code) for code in RECEIVERS]
        self._distribute(sheet, copies)
        self._beside(lambda aside: self._explain(aside, sheet, copies) if points else None)
        self._beside(lambda aside: self._ask(aside, copies[0]) if aside.happens(0.06) else None)
        returned = story.chance.choice(copies) if story.happens(RETURNED[story.grade]) else None
        times = sorted(((story.within(2), number) for number in range(len(copies))), key=lambda pair: pair[0])
        if returned is not None:
            sheet = self._correct(returned, [(time, copies[number]) for time, number in times], points, wish)
            times = sorted((story.within(2), number) for number in range(len(copies)))
        for time, number in times:
            story.time = max(story.time + 1, time)
            story.wait(0, 0.05)
            self._accept(copies[number], sheet)
        last = copies[times[-1][1]]
        story.marks["accepted"] = story.time
        story.state("handover.accepted", last.word, last_department=last.department, then=self.book.complete)

    def _beside(self, what: Callable[[Story], None], time: float | None = None) -> None:
        try:
            what(self.story.aside(self.story.time if time is None else time))
        except Over:
            return

    def _submit(self, sheet: Sheet, version: int) -> None:
        story, giver = self.story, self.story.cast["sales"]
        story.state(
            "handover.submitted",
            "sales",
            form=sheet.check_value,
            version=version,
            sections=dict(sheet.sections),
            requirement_documents={"requirement_statement": self.file[1]},
            key_points=len(sheet.points),
            files=(self.file[1],),
            then=lambda at: self.book.submit(sheet, giver, at),
        )
        story.state(
            "handover.giver_signed",
            "sales",
            signer=giver.id,
            check_value=sheet.check_value,
            responsibility=RESPONSIBILITY,
            then=lambda at: self.book.sign(giver, story.ground.desks["sales"].id, at),
        )

    def _send(self, sheet: Sheet, code: str) -> Copy:
        story, desk = self.story, self.story.ground.desks[code]
        copy = Copy(story.new_id(story.now), desk.id, f"{code}_department", story.cast[RECEIVERS[code]])
        story.cast[copy.word] = copy.receiver
        story.state(
            "handover.copy_sent",
            "sales",
            {"handover_copy": copy.id},
            department=desk.id,
            documents=[self.file[1]],
            check_value=sheet.check_value,
            key_points=len(sheet.points),
            then=lambda at: self.book.send(copy, at),
        )
        return copy

    def _distribute(self, sheet: Sheet, copies: list[Copy]) -> None:
        self.story.state(
            "handover.distributed",
            "sales",
            recipients={copy.word: copy.department for copy in copies},
            documents=[self.file[1]],
            contract_copy=self.file[1],
            other_documents=dict(sheet.other_documents),
            files=(self.file[1],),
        )

    def _explain(self, aside: Story, sheet: Sheet, copies: list[Copy]) -> None:
        """The giver explains the key points to everybody in one meeting."""
        aside.due(2)
        giver, there = aside.cast["sales"], [copy.receiver for copy in copies]
        said: dict[str, Any] = {
            "explainer": giver.id,
            "attendees": [each.id for each in there],
            "points": list(sheet.points),
        }
        for number, copy in enumerate(copies):
            then = None if number else lambda at: self.book.explain(giver, there, sheet.points, at)
            aside.state("handover.key_points_explained", "sales", {"handover_copy": copy.id}, then=then, **said)

    def _ask(self, aside: Story, copy: Copy) -> None:
        """A receiver asks, and sales answers."""
        aside.wait(0.5, 6)
        question, text = aside.unit("question", handover_copy=copy.id), "付款节点以到货还是验收为准？"
        rows: list[dict[str, object]] = []
        aside.state(
            "handover.question_asked",
            copy.word,
            question,
            text=text,
            asked_by=copy.receiver.id,
            then=lambda at: rows.append(self.book.ask(question["question"], copy, text, at)),
        )
        aside.due(1)
        giver, answer = aside.cast["sales"], "以验收为准，见合同第 6 条"
        aside.state(
            "handover.question_answered",
            "sales",
            question,
            answer=answer,
            answered_by=giver.id,
            then=lambda at: rows[0].update(_answered(answer, giver, at)),
        )

    def _correct(self, returned: Copy, signing: list[tuple[float, Copy]], points: int, wish: int) -> Sheet:
        """A department returns its copy; sales corrects the form and sends the new version to everybody."""
        story, old = self.story, self.sheets(1, points, wish)
        time = next(time for time, copy in signing if copy is returned)
        signed = [copy for when, copy in signing if when < time]
        for when, copy in signing:
            if copy in signed:
                story.time = max(story.time, when)
                self._accept(copy, old)
        story.time = max(story.time, time)
        story.wait(0, 0.05)
        items = [{"item": "customer_requirements.R1", "reason": "unclear", "text": UNCLEAR}]
        story.state(
            "handover.copy_returned",
            returned.word,
            {"handover_copy": returned.id},
            reasons=UNCLEAR,
            items=items,
            then=lambda at: self.book.send_back(returned, UNCLEAR, at),
        )
        story.due(1, late=0.12)
        sheet = self.sheets(2, points, (wish + len(WISHES)) % (len(WISHES) * len(CRITERIA)))
        self._submit(sheet, 2)
        for copy in self._copies(signing):
            self._resend(copy, sheet, accepted_before=copy in signed)
        return sheet

    @staticmethod
    def _copies(signing: list[tuple[float, Copy]]) -> list[Copy]:
        return sorted((copy for _time, copy in signing), key=lambda copy: copy.id)

    def _resend(self, copy: Copy, sheet: Sheet, *, accepted_before: bool) -> None:
        difference = {"item": "customer_requirements.R1", "field": "criterion", "old": CRITERIA[0], "new": CRITERIA[1]}

        def then(at: int) -> None:
            self.book.resend(copy, at)
            self.book.answer_returns("已与客户确认，写入需求书第 15 页")

        self.story.state(
            "handover.copy_resent",
            "sales",
            {"handover_copy": copy.id},
            check_value=sheet.check_value,
            answers="已与客户确认，写入需求书第 15 页",
            version=2,
            differences=[difference],
            accepted_before=accepted_before,
            then=then,
        )

    def _accept(self, copy: Copy, sheet: Sheet) -> None:
        units = {"handover_copy": copy.id}
        if sheet.points:
            self.story.state(
                "handover.key_points_confirmed",
                copy.word,
                units,
                confirmed_by=copy.receiver.id,
                points=list(sheet.points),
            )
        self.story.state(
            "handover.copy_accepted",
            copy.word,
            units,
            signer=copy.receiver.id,
            check_value=sheet.check_value,
            responsibility=RECEIVED,
            then=lambda at: self.book.accept(copy, at),
        )


def _answered(answer: str, by: Someone, at: int) -> dict[str, object]:
    return {"state": "answered", "answer": answer, "answered_by_id": by.id, "answered_at": moment(at)}
