"""The listings of the printed form: requirements, matters, papers, questions, corrections and signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from aftersign.chapters.handover import labels, reading
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import FormVersion, HandoverCopy, Question, Signature
from aftersign.chapters.handover.queries import Block, Standing
from aftersign.chapters.handover.queries.standing import OUTDATED, RETURNED, SIGNED, WAITING
from aftersign.kernel.clock import eras
from aftersign.kernel.shell.seals import lines_of

Listing = dict[str, Any]
DIGEST = 16
RECALLED = "recalled"
SIGNING = (
    pgettext_lazy("of a signature", "Department"),
    pgettext_lazy("of a signature", "Role"),
    pgettext_lazy("of a signature", "Name"),
    pgettext_lazy("of a signature", "Time"),
    pgettext_lazy("of a signature", "Responsibility and reservations"),
)


def moment(at: datetime) -> str:
    """A point of time as paper needs it: with its year, in the company's zone."""
    local = timezone.localtime(at)
    return f"{eras.written(local)} {local:%H:%M}"


def none_signed(name: str) -> str:
    """That there is nothing to say, and who has put their name to it."""
    return _("None (signed by %(name)s)") % {"name": name}


def requirements(part: reading.Part) -> Listing:
    """What the customer demands."""
    names = ("statement", "source", "priority", "criterion")
    said = [[line.no, *(line.said.get(name, "") for name in names)] for line in part.lines]
    return {"kind": "requirements", "names": [_("No."), *map(labels.field, names)], "rows": said}


def matters(part: reading.Part) -> Listing:
    """Special matters; a key point says so with its number, an open question who answers it."""
    return {
        "kind": "matters",
        "names": [_("No."), labels.field("nature"), labels.field("text")],
        "rows": [[line.no, line.said.get("nature", ""), _matter(line)] for line in part.lines],
        "keys": [_key(line) for line in part.lines],
    }


def papers(standing: Standing, content: Content, title: str) -> Listing:
    """The list of papers, the original contract first once records keep it."""
    names = (_("Kind"), _("File"), _("Version"), _("Copies"), _("Kept by"), _("Check value"))
    said = [*_original(standing), *map(_paper, reading.papers(content))]
    return {"kind": "papers", "title": title, "names": names, "rows": said}


def questions(standing: Standing, title: str) -> Listing:
    """Questions with their answers, or that there are none."""
    if not standing.questions:
        return {"kind": "passage", "title": title, "text": _("No questions so far.")}
    names = [_("No."), pgettext("on the printed form", "Question"), pgettext("on the printed form", "Answer")]
    said = [[str(at), _asked(each), _answered(each)] for at, each in enumerate(standing.questions, start=1)]
    return {"kind": "questions", "title": title, "names": names, "rows": said}


def corrections(standing: Standing, title: str) -> Listing:
    """What turned out wrong after everybody had accepted."""
    names = [pgettext("of a correction", "Place"), _("It said"), _("It is right to say"), _("Cause")]
    said = [
        [labels.item(each.item), each.old, each.new, f"{each.cause}\n{each.by.name} {moment(each.at)}"]
        for each in standing.corrections
    ]
    return {"kind": "corrections", "title": title, "names": names, "rows": said}


def signatures(standing: Standing, form: FormVersion, ordinal: str) -> Listing:
    """The places for signatures; of an earlier version the signatures that stand under it."""
    blocks = list(_blocks(standing, form))
    done = sum(each["state"] == SIGNED for each in blocks)
    title = _("%(ordinal)s. Signatures (%(done)s of %(all)s under version %(version)s)")
    live = sum(each["state"] != RECALLED for each in blocks)
    return {
        "title": title % {"ordinal": ordinal, "done": done, "all": live, "version": form.number},
        "names": [*map(str, SIGNING)],
        "rows": blocks,
    }


def _blocks(standing: Standing, form: FormVersion) -> Iterator[Listing]:
    if form != standing.form:
        for row in standing.signatures:
            if row.form_id == form.pk:
                yield _signed(row, row.department.name if row.department else "", SIGNED, "")
        return
    for block in standing.blocks:
        yield _block(block)
    for copy in standing.copies:
        if copy.state == RECALLED:
            yield _place(copy.department.name, RECALLED, _("Recalled: %(reason)s") % {"reason": copy.recall_reason})


def _block(block: Block) -> Listing:
    remark = _remark(block.state, block.copy)
    if block.signature is None:
        return _place(block.department, block.state, remark, block.role)
    return _signed(block.signature, block.department, block.state, remark)


def _remark(state: str, copy: HandoverCopy | None) -> str:
    if state == RETURNED and copy and copy.answered_at:
        return _("Returned on %(at)s") % {"at": moment(copy.answered_at)}
    if state == OUTDATED:
        return _("A new version replaces it; to be signed again")
    if state == WAITING and copy:
        return _("Received on %(at)s, to be signed") % {"at": moment(copy.received_at)}
    return ""


def _place(department: str, state: str, remark: str, role: str = Signature.Role.RECEIVER) -> Listing:
    side = str(Signature.Role(role).label)
    return {"state": state, "cells": [department, side, "", "", ""], "remark": remark, "seal": []}


def _signed(row: Signature, department: str, state: str, remark: str) -> Listing:
    name = row.name
    if row.on_behalf_of:
        name = _("%(name)s (for %(other)s)") % {"name": name, "other": row.on_behalf_of.name}
    said = row.responsibility
    if row.reservations:
        said += "\n" + _("Reservations: %(text)s") % {"text": row.reservations}
    if row.method == Signature.Method.PAPER:
        said += f"\n{row.get_method_display()} {eras.written(row.paper.signed_on)}"
    at = moment(row.signed_at)
    if state != SIGNED:
        at += "\n" + _("Version %(number)s") % {"number": row.form.number}
    cells = [department, row.get_role_display(), name, at, said]
    return {"state": state, "cells": cells, "remark": remark, "seal": lines_of(row.name)}


def _matter(line: reading.Line) -> str:
    said = line.said.get("text", "")
    if line.said.get("owner"):
        said += "\n" + _("owner: %(name)s") % {"name": line.said["owner"]}
    return said


def _key(line: reading.Line) -> str:
    return _("Key point %(number)s") % {"number": line.key_number} if line.key_number else ""


def _original(standing: Standing) -> Iterator[list[str]]:
    if held := standing.original:
        kept = _("%(name)s, %(place)s") % {"name": held.keeper.name, "place": held.place}
        yield [_("Original contract"), held.receipt_name, "", "1", kept, held.sha256[:DIGEST]]


def _paper(paper: reading.Paper) -> list[str]:
    held = paper.document
    if not held.sha256:
        reason = _("None: %(reason)s (signed by %(name)s)")
        return [capfirst(paper.label), reason % {"reason": held.none_reason, "name": held.none_by}, "", "", "", ""]
    kept = held.holder or _("Comes with this form")
    return [capfirst(paper.label), held.name, held.version, str(held.copies), kept, held.sha256[:DIGEST]]


def _asked(question: Question) -> str:
    return f"{question.text}\n{question.asked_by.name} · {question.copy.department.name} · {moment(question.asked_at)}"


def _answered(question: Question) -> str:
    if not question.answered_by or not question.answered_at:
        return _("Not answered yet")
    word = _("Withdrawn") if question.state == "withdrawn" else ""
    said = f"{word} {question.answer}".strip()
    return f"{said}\n{question.answered_by.name} · {moment(question.answered_at)}"
