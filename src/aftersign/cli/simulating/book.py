"""The rows of one simulated handover, as its acts would leave them: form, versions, copies, signatures, returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from aftersign.chapters.handover.models import (
    Explanation,
    FormVersion,
    Handover,
    HandoverCopy,
    Original,
    Question,
    ReturnItem,
    Signature,
)
from aftersign.cli.simulating.sheet import Sheet
from aftersign.cli.simulating.story import Someone
from aftersign.policy.moments import moment

Row = tuple[type[Model], dict[str, Any]]
RESPONSIBILITY = "内容属实，材料齐全"
RECEIVED = "自签收起，按本版负责计划、执行和交付"


@dataclass
class Copy:
    """The copy of a department."""

    id: str
    department: str
    word: str
    receiver: Someone
    said: dict[str, Any] = field(default_factory=dict)


@dataclass
class Book:
    """One handover; every method is what an act does to its rows at a moment (microseconds)."""

    order: str
    number: str
    id: str
    new_id: Callable[[int], str]
    said: dict[str, Any] = field(default_factory=dict)
    versions: list[dict[str, Any]] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)

    def submit(self, sheet: Sheet, giver: Someone, at: int) -> None:
        """A version is submitted."""
        self.said |= {"state": "submitted", "latest": len(self.versions) + 1}
        self.versions.append(
            {
                "id": self.new_id(at),
                "number": len(self.versions) + 1,
                "text": sheet.text,
                "check_value": sheet.check_value,
                "submitted_by_id": giver.id,
                "submitted_at": moment(at),
            }
        )

    def sign(self, giver: Someone, department: str, at: int, copy: Copy | None = None) -> None:
        """The giver signs the latest version, or a receiver the one that their copy holds."""
        form = self.versions[-1]
        self.beside.append(
            (
                Signature,
                {
                    "id": self.new_id(at),
                    "form_id": form["id"],
                    "copy_id": copy.id if copy else None,
                    "role": "receiver" if copy else "giver",
                    "person_id": giver.id,
                    "department_id": department,
                    "check_value": form["check_value"],
                    "responsibility": RECEIVED if copy else RESPONSIBILITY,
                    "signed_at": moment(at),
                    "handover_id": self.id,
                },
            )
        )
        if copy is None:
            self.said["state"] = "signed"

    def send(self, copy: Copy, at: int) -> None:
        """A copy goes out."""
        self.said["state"] = "distributed"
        self.copies.append(copy)
        copy.said |= {"state": "sent", "sent_at": moment(at), "received_at": moment(at), "version": 1}
        copy.said["form_id"] = self.versions[-1]["id"]

    def resend(self, copy: Copy, at: int) -> None:
        """The latest version goes out for the one that a department holds."""
        self.said["state"] = "distributed"
        if copy.said["state"] in ("accepted", "returned"):
            copy.said["since_id"] = copy.said["form_id"]
        copy.said |= {"state": "resent", "form_id": self.versions[-1]["id"], "received_at": moment(at)}
        copy.said |= {"answered_at": None, "version": copy.said["version"] + 1}

    def accept(self, copy: Copy, at: int) -> None:
        """A department signs for its copy."""
        copy.said |= {"state": "accepted", "answered_at": moment(at)}
        self.sign(copy.receiver, copy.department, at, copy)

    def complete(self, at: int) -> None:
        """Every department has signed for the latest version."""
        self.said |= {"state": "accepted", "accepted_at": moment(at)}

    def send_back(self, copy: Copy, text: str, at: int) -> None:
        """A department returns its copy."""
        copy.said |= {"state": "returned", "answered_at": moment(at)}
        said = {"id": self.new_id(at), "copy_id": copy.id, "form_id": copy.said["form_id"], "at": moment(at)}
        said |= {"item": "customer_requirements.R1", "reason": "unclear", "text": text, "by_id": copy.receiver.id}
        self.beside.append((ReturnItem, said))

    def answer_returns(self, answer: str) -> None:
        """What was returned has been put right."""
        for model, said in self.beside:
            if model is ReturnItem:
                said.setdefault("answer", answer)

    def explain(self, explainer: Someone, attendees: Sequence[Someone], points: Sequence[Any], at: int) -> None:
        """The key points are explained to all departments."""
        pk = self.new_id(at)
        said = {"id": pk, "handover_id": self.id, "channel": "in_person", "held_at": moment(at)}
        said |= {"explainer_id": explainer.id, "points": [dict(each) for each in points]}
        self.beside.append((Explanation, said))
        through = Explanation.copies.through, Explanation.attendees.through
        self.beside += [(through[0], {"explanation_id": pk, "handovercopy_id": copy.id}) for copy in self.copies]
        self.beside += [(through[1], {"explanation_id": pk, "person_id": each.id}) for each in attendees]

    def ask(self, pk: str, copy: Copy, text: str, at: int) -> dict[str, Any]:
        """A receiver asks; the row, for the answer to be put in."""
        said = {"id": pk, "copy_id": copy.id, "text": text, "asked_by_id": copy.receiver.id, "asked_at": moment(at)}
        self.beside.append((Question, said))
        return said

    def keep_original(self, keeper: Someone, place: str, file: tuple[str, str], at: int) -> None:
        """Records keep the original contract; `file` is the place and digest of the receipt."""
        said = {"id": self.new_id(at), "keeper_id": keeper.id, "place": place, "received_at": moment(at)}
        said |= {"receipt": file[0], "receipt_name": "合同原件收据.pdf", "sha256": file[1]}
        self.beside.append((Original, said))

    def rows(self) -> list[Row]:
        """All rows, those first that others point at."""
        found: list[Row] = []
        if self.versions:
            found.append((Handover, {"id": self.id, "number": self.number, **self.said}))
            found += [(FormVersion, {"handover_id": self.id, **each}) for each in self.versions]
        for copy in self.copies:
            said = {"id": copy.id, "department_id": copy.department, "word": copy.word, "handover_id": self.id}
            found.append((HandoverCopy, said | copy.said))
        return found + self.beside
