"""The audit paper as a workbook: its definition, the rates, one row a duty, and the exceptions."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.desk.compliance import entries
from aftersign.desk.compliance.columns import owner_of, state_of, title_of
from aftersign.desk.compliance.entries import Cells
from aftersign.desk.queries.compliance.paper import Entered, Paper, Stated
from aftersign.kernel.journal import canonical
from aftersign.kernel.print.codes import verification_code
from aftersign.kernel.shell.exports import plain

_WIDE, _NARROW = 32, 14


def name_of(paper: Paper, suffix: str) -> str:
    """The file's name, with the day and the last fact that it knows."""
    day = timezone.localtime(paper.made_at).date()
    return f"{_('audit-paper')}-{day.isoformat()}-{paper.sequence}.{suffix}"


@dataclass
class _Sum:
    """The check value of a workbook while it is written: over every row, with the name of its sheet, as text."""

    _sum: Any = field(default_factory=hashlib.sha256)

    def add(self, sheet: str, row: Cells) -> None:
        self._sum.update(canonical.text([sheet, *(str(each) for each in row)]).encode() + b"\n")

    @property
    def value(self) -> str:
        return str(self._sum.hexdigest())


def workbook(paper: Paper, chosen: Iterable[tuple[str, str]], *, address: str) -> tuple[IO[bytes], str]:
    """The workbook as an open file from its beginning, and its check value; rows go to disk one after another.

    Before a code, `address` verifies it.
    """
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 (whoever sends the file closes it)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    added = _Sum()
    # The first sheet is filled last: it ends with the code, which is made of everything else.
    first, heads = _sheet(book, _("Definition"), (_("What"), _("What it says"))), _duty_heads()
    _fill(book, _sheet(book, _("Rates"), entries.rate_heads()), entries.rates(paper), added)
    _fill(book, _sheet(book, _("Duties"), heads), (_duty(row) for row in paper.rows), added)
    exceptions = entries.exceptions(paper.exceptions)
    _fill(book, _sheet(book, _("Exceptions"), entries.exception_heads()), exceptions, added)
    said = entries.definition(paper, chosen)
    _fill(book, first, said, added)
    _fill(book, first, _code(added.value, address), _Sum(), after=len(said))
    book.close()
    file.seek(0)
    return file, added.value


def _code(check_value: str, address: str) -> list[Cells]:
    code = verification_code(check_value)
    checked = (_("To be verified at"), f"{address}{code}")
    return [(_("Verification code"), code), (_("Check value"), f"SHA-256 {check_value}"), checked]


def _sheet(book: Any, name: str, heads: Cells) -> Any:
    """A sheet whose first row stays in sight and is repeated on paper."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_footer(f"&L{name}&R&P / &N")
    sheet.set_column(0, len(heads) - 1, _NARROW if len(heads) > 2 else _WIDE * 2)
    sheet.write_row(0, 0, [str(each) for each in heads], book.add_format({"bold": True, "bottom": 1}))
    return sheet


def _fill(book: Any, sheet: Any, rows: Iterable[Cells], added: _Sum, *, after: int = 0) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, row in enumerate(rows, after + 1):
        added.add(sheet.get_name(), row)
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(place, column, value)
            else:
                sheet.write_string(place, column, plain(value), wrap)


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
        *(entries.fact(duty, opening), entries.at(duty.opened_at), *_number(opening)),
        *(owner_of(duty), department.name if department else ""),
        *(entries.due(duty.due_at), entries.at(duty.closed_at), state_of(duty), entries.cause(duty)),
        *(entries.fact(duty, closing), closing.who if closing else "", entries.at(closing.at if closing else None)),
        *(*_number(closing), "\n".join(closing.files) if closing else ""),
        "\n".join(f"{each.get_kind_display()} {entries.at(each.decided_at)} {each.reason}" for each in row.exceptions),
    )


def _number(fact: Stated | None) -> tuple[Any, str]:
    return (fact.sequence, fact.hash) if fact else ("", "")
