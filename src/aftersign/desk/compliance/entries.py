"""What an audit paper says, on whatever it is written: its definition, its rates, and the words of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.general.queries.requests import Row
from aftersign.desk.queries.compliance.paper import Paper, Stated
from aftersign.kernel.clock import eras
from aftersign.kernel.shell import dates
from aftersign.policy.editions import store
from aftersign.policy.figures import Figure, figure_from
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty

Cells = Sequence[Any]


def whole(paper: Paper) -> Figure:
    """The figure of all duties of a paper, with what stands beside it."""
    figure = figure_from((state, extended, n) for _clause, state, extended, n in paper.counted)
    return replace(figure, released=paper.released, withdrawn=paper.withdrawn)


def rate_of(figure: Figure) -> str:
    """A rate in percent, a dash where nothing counts yet."""
    return f"{figure.rate:.1f}%" if figure.rate is not None else "—"


def definition(paper: Paper, chosen: Iterable[tuple[str, str]]) -> list[Cells]:
    """What the paper is about, how its figures are worked out, and where the journal stood."""
    figure, rate = whole(paper), rate_of(whole(paper))
    return [
        (_("Paper"), _("Audit paper of compliance with the clauses")),
        (_("Company"), paper.company),
        (_("Made at"), at(paper.made_at)),
        (_("Made by"), paper.made_by),
        (_("Edition in force"), paper.edition.version if paper.edition else "—"),
        *chosen,
        (_("Orders"), paper.orders),
        (_("Duties"), paper.duties),
        (_("What is counted"), _("Only orders that whoever made the paper may see.")),
        (_("On-time rate"), rate),
        (_("How it is worked out"), _("on time ÷ (on time + late + overdue)")),
        (_("Done on time"), figure.on_time),
        (_("Done late"), figure.late),
        (_("Overdue"), figure.breached),
        (_("Beside the rate: extended"), figure.extended),
        (_("Beside the rate: waived"), figure.waived),
        (_("Beside the rate: released"), paper.released),
        (_("Beside the rate: withdrawn"), paper.withdrawn),
        (_("Size of the journal, in facts"), paper.sequence),
        (_("Hash of its last fact"), paper.hash),
    ]


def rate_heads() -> Cells:
    """The columns of the rates."""
    counts = (_("Done on time"), _("Done late"), _("Overdue"), _("Denominator"), _("On-time rate"))
    beside = (_("Extended"), _("Waived"), _("Void"), _("Not applicable"), _("In progress"))
    return (_("Clause"), _("Title"), *counts, *beside)


def rates(paper: Paper) -> Iterable[Cells]:
    """A row of figures for each clause under which something was owed."""
    by_clause: dict[str, list[tuple[str, bool, int]]] = defaultdict(list)
    for clause, state, extended, n in paper.counted:
        by_clause[clause].append((state, extended, n))
    book, language = store.shown(), get_language() or "zh-hans"
    for clause in sorted(by_clause, key=_place):
        figure = figure_from(by_clause[clause])
        title = label_in(book, "clause", clause, language) if book else ""
        rate = round(figure.rate, 1) if figure.rate is not None else "—"
        counts = (figure.on_time, figure.late, figure.breached, figure.denominator, rate)
        yield (
            clause,
            title,
            *counts,
            figure.extended,
            figure.waived,
            figure.void,
            figure.not_applicable,
            figure.running,
        )


def _place(clause: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in clause.split(".")]


def at(value: datetime | None) -> str:
    """A moment to the minute: what happened at midnight happened on the day that begins."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{eras.written(local)} {local:%H:%M}"


def due(value: datetime | None) -> str:
    """A due time, which at midnight belongs to the day that ends."""
    return dates.exact_day(value) if value else ""


def fact(duty: Duty, stated: Stated | None) -> str:
    """The word of a fact in the edition of the duty that it moved."""
    if stated is None:
        return ""
    return label_in(store.rulebook_of(duty.edition_id), "fact", stated.name, get_language() or "zh-hans")


def cause(duty: Duty) -> str:
    """Why a duty ended or stands still, in words."""
    if "." not in duty.cause:
        return duty.cause
    return label_in(store.rulebook_of(duty.edition_id), "fact", duty.cause, get_language() or "zh-hans")


def exception_heads() -> Cells:
    """The columns of the exceptions."""
    asked = (_("Asked by"), _("Reason"), _("Asked at"))
    return (_("Exception"), _("Clause"), _("Order"), _("About"), *asked, _("Approved by"), _("Approved at"))


def exceptions(rows: Iterable[Row]) -> Iterable[Cells]:
    """Exceptions that were granted, each with who asked and who approved."""
    for row in rows:
        request = row.request
        decided = (each.name for each in (request.agreed_by, request.decided_by) if each)
        yield (
            *(request.get_kind_display(), request.clause, request.order.number if request.order else "", row.title),
            *(request.requester.name, request.reason, at(request.asked_at)),
            *(_(", ").join(decided), at(request.decided_at)),
        )
