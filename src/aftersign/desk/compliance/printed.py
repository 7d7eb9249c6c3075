"""The audit paper on paper: the same data as the workbook, with the clauses by order in words and places to sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from aftersign.desk.compliance import entries, words
from aftersign.desk.compliance.columns import owner_of, state_of, title_of
from aftersign.desk.queries.compliance.matrix import COLUMNS, Matrix, Row, matrix_of
from aftersign.desk.queries.compliance.paper import Entered, Paper, Stated, stated
from aftersign.kernel.clock import now
from aftersign.kernel.journal import canonical
from aftersign.kernel.print.codes import verification_code
from aftersign.kernel.print.setting import Printed, Sheet, typeset
from aftersign.orders.models import Order
from aftersign.policy.cards import shown_state
from aftersign.policy.cells import ABNORMAL, Cell, eighth
from aftersign.policy.editions import store
from aftersign.policy.figures import Figure
from aftersign.policy.labels import label_in

TEMPLATE = "desk/compliance/paper.typ"
MOST, ACROSS = 2000, 60
"""How many duties a printed paper holds, and how many orders stand in its tables of clauses by order."""
SIGNING = (
    pgettext_lazy("of a signature", "Role"),
    pgettext_lazy("of a signature", "Name"),
    pgettext_lazy("of a signature", "Signature"),
    pgettext_lazy("of a signature", "Date"),
    pgettext_lazy("of a signature", "Remarks"),
)

Section = dict[str, Any]


def print_paper(paper: Paper, chosen: Sequence[tuple[str, str]], *, address: str) -> tuple[Printed, str]:
    """Print a paper in the reader's language, and say its check value; before a code, `address` verifies it."""
    title = _("Audit paper of compliance with the clauses")
    body = _body(paper, title, chosen)
    check_value = canonical.digest({"paper": body, "journal": {"size": paper.sequence, "head": paper.hash}})
    facts = _("%(count)s facts, the last one %(hash)s") % {"count": paper.sequence, "hash": paper.hash}
    made = f"{entries.at(paper.made_at)} {paper.made_by}"
    sheet = Sheet(
        template=TEMPLATE,
        title=f"{title} {paper.company}",
        running=f"{title} · {paper.company} · {made}",
        check_value=check_value,
        address=address + verification_code(check_value),
        foot=[(_("Check value"), f"SHA-256 {check_value}"), (_("Journal"), facts), (_("Made"), made)],
        body=body,
    )
    return typeset(sheet, at=paper.made_at), check_value


def _body(paper: Paper, title: str, chosen: Sequence[tuple[str, str]]) -> Section:
    return {
        "company": paper.company,
        "title": title,
        "head": list(_head(paper, chosen)),
        "rate": _rate(entries.whole(paper)),
        "rates": {
            "title": _("Rates by clause"),
            "names": list(entries.rate_heads()),
            "rows": [[str(cell) for cell in row] for row in entries.rates(paper)],
        },
        "grids": list(_grids(paper)),
        "duties": _duties(paper),
        "exceptions": _exceptions(paper),
        "signatures": _signatures(paper),
    }


def _head(paper: Paper, chosen: Sequence[tuple[str, str]]) -> Iterator[Section]:
    (period, asked), *others = chosen
    selection = _("; ").join(f"{name} {value}" for name, value in others) or _("All running orders")
    said = (
        (_("Company"), paper.company),
        (period, asked),
        (_("Edition in force"), paper.edition.version if paper.edition else "—"),
        (_("Orders and duties"), _("%(orders)d orders, %(duties)d duties") % vars(paper)),
        (_("Made by"), paper.made_by),
        (_("Made at"), entries.at(paper.made_at)),
    )
    yield from ({"label": label, "value": value} for label, value in said)
    yield {"label": _("Selection"), "value": selection, "wide": True}
    yield {"label": _("What is counted"), "value": _("Only orders that whoever made the paper may see."), "wide": True}


def _rate(figure: Figure) -> Section:
    """The rate with its formula, its denominator, and what stands beside it."""
    sums = f"{figure.on_time} ÷ ({figure.on_time} + {figure.late} + {figure.breached})"
    beside = {
        _("In progress"): figure.running,
        _("Extended"): figure.extended,
        _("Waived"): figure.waived,
        _("Released"): figure.released,
        _("Withdrawn facts"): figure.withdrawn,
        _("Void"): figure.void,
        _("Not applicable"): figure.not_applicable,
    }
    return {
        "formula": _("On-time rate = done on time ÷ (done on time + done late + overdue)"),
        "sums": f"= {sums} = {entries.rate_of(figure)}",
        "denominator": _("Denominator %(n)d") % {"n": figure.denominator},
        "beside": _("Beside the rate, and not in it: %(figures)s")
        % {"figures": " · ".join(f"{word} {n}" for word, n in beside.items())},
    }


def _grids(paper: Paper) -> Iterator[Section]:
    """Clauses by order, twelve orders a table; of a large selection only the list of its duties is printed."""
    found = list(paper.selection.orders.select_related("customer").order_by("-signed_on", "-id")[: ACROSS + 1])
    if len(found) > ACROSS:
        said = _("More than %(n)d orders are selected: each duty stands in the list below.") % {"n": ACROSS}
        yield {"title": _("Clauses by order"), "note": said}
        return
    for begin in range(0, len(found), COLUMNS):
        part = found[begin : begin + COLUMNS]
        place = f" {begin + 1}–{begin + len(part)} / {len(found)}" if len(found) > COLUMNS else ""
        yield _grid(paper, part, len(found), _("Clauses by order") + place)


def _grid(paper: Paper, orders: Sequence[Order], total: int, title: str) -> Section:
    pages = [matrix_of(paper.selection, orders, total, 1, everything=False)]
    more = range(2, pages[0].pages + 1)
    pages += [matrix_of(paper.selection, orders, total, page, everything=False) for page in more]
    heads = [{"number": order.number, "name": order.customer.name} for order in orders]
    rates = [_short_rate(figure) for _order, figure in pages[0].columns]
    return {"title": title, "orders": heads, "rows": list(_rows(pages)), "rates": rates, "names": _grid_names()}


def _grid_names() -> list[str]:
    return [_("Clause"), _("Title"), _("On-time rate"), _("On-time rate of the order")]


def _rows(pages: Iterable[Matrix]) -> Iterator[Section]:
    rows = (row for matrix in pages for chapter in matrix.chapters for row in chapter.rows)
    for row in rows:
        yield {
            "clause": row.line.clause.number,
            "title": _title(row),
            "rate": _short_rate(row.figure) if row.line.is_rated else "—",
            "cells": [{"said": _cell(cell), "amiss": cell.is_abnormal} for _order, cell in row.cells],
        }


def _title(row: Row) -> str:
    book = store.shown()
    return label_in(book, "clause", row.line.clause.number, get_language() or "zh-hans") if book else ""


def _short_rate(figure: Figure) -> str:
    return f"{entries.rate_of(figure)}\n{figure.on_time}/{figure.denominator}" if figure.denominator else "—"


def _cell(cell: Cell) -> str:
    """A state in words, with the number of duties behind it and its marks; a dash where nothing applies."""
    return "—" if cell.state == "not_applicable" and not cell.marks else words.short_words(cell)


def _duties(paper: Paper) -> Section:
    names = (_("Clause"), _("Duty"), _("Order"), _("Owner"), _("Trigger"), _("Due"), _("State"), _("Evidence"))
    rows = [_duty(row) for row in paper.rows]
    title, said = _("Duties with their evidence"), ngettext("%(n)d duty", "%(n)d duties", len(rows)) % {"n": len(rows)}
    return {"title": f"{title} · {said}", "names": list(names), "rows": rows}


def _duty(row: Entered) -> Section:
    duty, order = row.duty, row.duty.order
    department = duty.owner.department if duty.owner else None
    granted = (f"{each.get_kind_display()} {entries.at(each.decided_at)} {each.reason}" for each in row.exceptions)
    closed = _("Closed %(at)s") % {"at": entries.at(duty.closed_at)} if duty.closed_at else ""
    return {
        "amiss": eighth(shown_state(duty, now())) in ABNORMAL,
        "clause": duty.clause,
        "duty": title_of(duty),
        "order": _lines(order.number, order.customer.name) if order else "",
        "owner": _lines(owner_of(duty), department.name if department else ""),
        "trigger": _fact(entries.fact(duty, row.opening), row.opening) or {"said": entries.at(duty.opened_at)},
        "due": entries.due(duty.due_at),
        "state": _lines(state_of(duty), closed, entries.cause(duty), *granted),
        "evidence": _fact(entries.fact(duty, row.closing), row.closing),
    }


def _fact(word: str, fact: Stated | None) -> Section:
    """A fact as paper names it: its word, when and by whom, its number, and the digests of the fact and its files."""
    if fact is None:
        return {}
    said = _lines(word, " ".join(filter(None, (entries.at(fact.at), fact.who))))
    number = _("No. %(n)d") % {"n": fact.sequence}
    files = [{"label": _("file"), "hash": digest} for digest in fact.files]
    return {"said": said, "hashes": [{"label": number, "hash": fact.hash}, *files]}


def _exceptions(paper: Paper) -> Section:
    """What was granted, with the fact by which it was."""
    found = paper.exceptions
    rulings = stated({row.request.ruling for row in found if row.request.ruling})
    return {
        "title": _("Exceptions"),
        "none": _("No exception has been granted on these orders."),
        "names": [*entries.exception_heads(), _("Evidence")],
        "rows": [
            {"cells": [str(cell) for cell in cells], "evidence": _ruling(row.request.ruling, rulings)}
            for row, cells in zip(found, entries.exceptions(found), strict=True)
        ],
    }


def _ruling(ruling: UUID | None, known: Mapping[UUID, Stated]) -> Section:
    fact = known.get(ruling) if ruling else None
    book = store.shown()
    word = label_in(book, "fact", fact.name, get_language() or "zh-hans") if fact and book else ""
    return _fact(word, fact)


def _signatures(paper: Paper) -> Section:
    roles = ((_("Made by"), paper.made_by), (_("Reviewed by"), ""), (_("Approved by"), ""))
    return {
        "title": _("Signatures"),
        "names": [str(each) for each in SIGNING],
        "rows": [[role, name] for role, name in roles],
    }


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
