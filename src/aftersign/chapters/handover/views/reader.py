"""What every reading page of the handover shows: the sealed form, its signatures, questions, and what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from aftersign.chapters.handover import labels, queries, reading, states
from aftersign.chapters.handover.content import Content, Difference, differences
from aftersign.chapters.handover.models import Explanation, FormVersion, HandoverCopy, Question, ReturnItem
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed

_GIVING = ("answer", "correct", "explain", "recall_copy", "resend_copy", "sign")


@dataclass(frozen=True)
class Reader:
    """One version of a form before a reader; `base` is the version with which it is compared."""

    actor: Actor
    standing: queries.Standing
    form: FormVersion
    base: FormVersion | None = None

    @cached_property
    def content(self) -> Content:
        """The form as it was submitted."""
        return self.form.content

    @cached_property
    def found(self) -> tuple[Difference, ...]:
        """Where this version differs from the one it is compared with."""
        return differences(self.base.content, self.content) if self.base else ()

    @property
    def changes(self) -> list[reading.Change]:
        """The differences in words, with the returns that asked for them."""
        compared = (self.content, self.base.content) if self.base else (self.content,)
        return reading.changes(self.found, self.answered, *compared)

    @property
    def answered(self) -> list[ReturnItem]:
        """What was returned on earlier versions."""
        return [row for row in self.standing.returned if row.form.number < self.form.number]

    @property
    def parts(self) -> list[reading.Part]:
        """The parts of the form, changes marked."""
        return reading.parts(self.content, self.found)

    @property
    def papers(self) -> list[reading.Paper]:
        """The list of papers, changes marked."""
        return reading.papers(self.content, self.found)

    @cached_property
    def points(self) -> list[reading.Line]:
        """The key points, numbered."""
        return reading.points(self.content)

    @property
    def papers_at(self) -> str:
        """The number before the title of the list of papers."""
        return reading.papers_ordinal(self.content)

    @property
    def is_latest(self) -> bool:
        """Whether this version is the one that counts."""
        return self.standing.form is not None and self.form.pk == self.standing.form.pk

    @property
    def questions(self) -> Sequence[tuple[Question, bool, bool]]:
        """Questions, each with whether the reader may answer it, and whether they may withdraw it."""
        return [(each, self._may_answer(each), self._may_withdraw(each)) for each in self.standing.questions]

    @property
    def answered_count(self) -> int:
        """How many questions have been answered."""
        return sum(each.state == "answered" for each in self.standing.questions)

    @property
    def asked_count(self) -> int:
        """How many questions wait for an answer."""
        return sum(each.state == "asked" for each in self.standing.questions)

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """What was corrected after acceptance, with the place in words."""
        return [{"label": labels.item(each.item), "correction": each} for each in self.standing.corrections]

    @property
    def explained(self) -> Sequence[Explanation]:
        """Meetings in which key points were explained."""
        return self.standing.explanations

    @cached_property
    def undoable(self) -> frozenset[UUID]:
        """The signatures that the reader may take back by one press now."""
        return queries.undoable(self.actor, self.standing.signatures)

    @cached_property
    def ways(self) -> frozenset[str]:
        """What the reader may do on the giving side, as far as the stage of the order still accepts it."""
        order = self.standing.order
        if not allowed(self.actor, "handover.submit", order):
            return frozenset()
        refused = (act for act in _GIVING if queries.refused_by_stage(order, f"handover.{act}", by=self.actor))
        return frozenset(_GIVING).difference(refused)

    @property
    def may_keep(self) -> bool:
        """Whether the reader may still take the original into keeping."""
        return self.standing.original is None and allowed(self.actor, "handover.receive_original", self.standing.order)

    @property
    def own_copies(self) -> list[HandoverCopy]:
        """The copies for which the reader may sign."""
        return [copy for copy in self.standing.live if allowed(self.actor, "handover.accept_copy", copy)]

    @cached_property
    def waiting(self) -> list[HandoverCopy]:
        """Those of them that wait for the reader's department, while the order still accepts signatures."""
        waiting = [copy for copy in self.own_copies if copy.state in states.WAITING]
        if waiting and queries.refused_by_stage(self.standing.order, queries.SIGNING, by=self.actor):
            return []
        return waiting

    def _may_answer(self, question: Question) -> bool:
        return question.state == "asked" and "answer" in self.ways

    def _may_withdraw(self, question: Question) -> bool:
        return question.state == "asked" and allowed(self.actor, "handover.withdraw_question", question)
