"""The audit paper as a workbook: its definition, the rates, one row a duty, and the exceptions."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.desk.compliance.columns import owner_of, state_of, title_of
from aftersign.desk.queries.compliance.paper import Entered, Paper, Stated
from aftersign.kernel.shell import dates
from aftersign.kernel.shell.exports import plain
from aftersign.policy.editions import store
from aftersign.policy.figures import figure_from
from aftersign.policy.labels import label_in
from aftersign.policy.models import Duty

Cells = Sequence[Any]
_WIDE, _NARROW = 32, 14


def name_of(paper: Paper) -> str:
    """The file's name, with the day and the last fact that it knows."""
    day = timezone.localtime(paper.made_at).date()
    return f"{_('audit-paper')}-{day.isoformat()}-{paper.sequence}.xlsx"


def workbook(paper: Paper, chosen: Iterable[tuple[str, str]]) -> IO[bytes]:
    """The workbook as an open file from its beginning; rows go to disk one after another."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 (whoever sends the file closes it)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _sheet(book, _("Definition"), (_("What"), _("What it says")), _definition(paper, chosen))
    _sheet(book, _("Rates"), _rate_heads(), _rates(paper))
    _sheet(book, _("Duties"), _duty_heads(), (_duty(row) for row in paper.rows))
    _sheet(book, _("Exceptions"), _exception_heads(), _exceptions(paper))
    book.close()
    file.seek(0)
    return file


def _sheet(book: Any, name: str, heads: Cells, rows: Iterable[Cells]) -> None:
    """A sheet whose first row stays in sight and is repeated on paper."""
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L{name}&R&P / &N")
    sheet.set_column(0, len(heads) - 1, _NARROW if len(heads) > 2 else _WIDE * 2)
    sheet.write_row(0, 0, [str(each) for each in heads], bold)
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(place, column, value)
            else:
                sheet.write_string(place, column, plain(value), wrap)


def _definition(paper: Paper, chosen: Iterable[tuple[str, str]]) -> list[Cells]:
    """What the paper is about, how its figures are worked out, and where the journal stood."""
    figure = figure_from((state, extended, n) for _clause, state, extended, n in paper.counted)
    rate = f"{figure.rate:.1f}%" if figure.rate is not None else "—"
    return [
        (_("Paper"), _("Audit paper of compliance with the clauses")),
        (_("Company"), paper.company),
        (_("Made at"), _at(paper.made_at)),
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


def _rate_heads() -> Cells:
    counts = (_("Done on time"), _("Done late"), _("Overdue"), _("Denominator"), _("On-time rate"))
    beside = (_("Extended"), _("Waived"), _("Void"), _("Not applicable"), _("In progress"))
    return (_("Clause"), _("Title"), *counts, *beside)


def _rates(paper: Paper) -> Iterable[Cells]:
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


def _duty_heads() -> Cells:
    opening = (_("Trigger"), _("Trigger at"), _("Trigger number"), _("Trigger hash"))
    owing = (_("Owner"), _("Department"), _("Due"), _("Closed"), _("State"), _("Cause"))
    closing = (_("Evidence"), _("Evidence by"), _("Evidence at"), _("Evidence number"), _("Evidence hash"), _("Files"))
    named = (_("Clause"), _("Term"), _("Duty"), _("Order"), _("Order name"), _("Customer"))
    return (*named, *opening, *owing, *closing, _("Exceptions"))


def _duty(row: Entered) -> Cells:
    duty, order = row.duty, row.duty.order
    opening, closing = row.opening, row.closing
    named = (order.number, order.title, order.customer.name) if order else ("", "", "")
    department = duty.owner.department if duty.owner else duty.owner_department
    return (
        *(duty.clause, duty.term, title_of(duty), *named),
        *(_fact(duty, opening), _at(duty.opened_at), *_number(opening)),
        *(owner_of(duty), department.name if department else ""),
        *(_due(duty.due_at), _at(duty.closed_at), state_of(duty), _cause(duty)),
        *(_fact(duty, closing), closing.who if closing else "", _at(closing.at if closing else None)),
        *(*_number(closing), "\n".join(closing.files) if closing else ""),
        "\n".join(f"{each.get_kind_display()} {_at(each.decided_at)} {each.reason}" for each in row.exceptions),
    )


def _at(value: datetime | None) -> str:
    """A moment to the minute: what happened at midnight happened on the day that begins."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else ""


def _due(value: datetime | None) -> str:
    """A due time, which at midnight belongs to the day that ends."""
    return dates.exact_day(value) if value else ""


def _number(fact: Stated | None) -> tuple[Any, str]:
    return (fact.sequence, fact.hash) if fact else ("", "")


def _fact(duty: Duty, fact: Stated | None) -> str:
    if fact is None:
        return ""
    return label_in(store.rulebook_of(duty.edition_id), "fact", fact.name, get_language() or "zh-hans")


def _cause(duty: Duty) -> str:
    if "." not in duty.cause:
        return duty.cause
    return label_in(store.rulebook_of(duty.edition_id), "fact", duty.cause, get_language() or "zh-hans")


def _exception_heads() -> Cells:
    asked = (_("Asked by"), _("Reason"), _("Asked at"))
    return (_("Exception"), _("Clause"), _("Order"), _("About"), *asked, _("Approved by"), _("Approved at"))


def _exceptions(paper: Paper) -> Iterable[Cells]:
    for row in paper.exceptions:
        request = row.request
        decided = (each.name for each in (request.agreed_by, request.decided_by) if each)
        yield (
            *(request.get_kind_display(), request.clause, request.order.number if request.order else "", row.title),
            *(request.requester.name, request.reason, _at(request.asked_at)),
            *(_(", ").join(decided), _at(request.decided_at)),
        )
