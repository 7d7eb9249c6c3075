"""Words and cells of the matrix: a row at a time, so that three hundred cells cost little."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aftersign.desk.compliance.listing import MatrixList
from aftersign.desk.queries.compliance.cell import CellPage
from aftersign.desk.queries.compliance.matrix import Chapter, Row
from aftersign.kernel.shell.marks import chip, icon, meter
from aftersign.kernel.shell.states import STATES
from aftersign.policy import cells
from aftersign.policy.cards import Card
from aftersign.policy.cells import Cell
from aftersign.policy.figures import Figure
from aftersign.policy.labels import label_in

_LOOKS = {"done_late": "late", "waived": "waive", "todo": "todo", "not_applicable": "na", "paused": "todo"}
_STATE_WORDS = ("done", "done_late", "open", "due_soon", "breached", "waived", "todo", "not_applicable")


def why_words(cell: Cell) -> str:
    """Why there is no duty in a cell, in words; an empty text where there is one."""
    said = {
        cells.NOT_INSTALLED: _("The room of this clause is not installed."),
        cells.LEFT_OUT: _("The clause leaves orders of this grade out."),
        cells.OVER: _("The order has ended, and nothing called for it."),
        cells.NOT_YET: _("What opens it has not happened yet."),
        cells.EARLIER: _("It was due before this period."),
        cells.LATER: _("It is due after this period."),
    }
    if cell.count or cell.state in ("done", "waived"):
        return ""
    return said.get(cell.why, _("Nothing has called for it."))


def cell_words(cell: Cell) -> str:
    """A cell in words: its state, how many duties it holds, its marks, and why where there is none."""
    word = _on_time() if cell.shown == "done" else str(STATES[cell.shown].word)
    number = ngettext("%(n)d duty", "%(n)d duties", cell.count) % {"n": cell.count} if cell.count > 1 else ""
    marks = (str(STATES[mark].word) for mark in cell.marks)
    return _("; ").join(part for part in (word, number, *marks, why_words(cell)) if part)


def short_words(cell: Cell) -> str:
    """A cell as a table on paper says it: its state, how many duties it holds when several, and its marks."""
    word = _on_time() if cell.shown == "done" else str(STATES[cell.shown].word)
    number = f" ×{cell.count}" if cell.count > 1 else ""
    return "\n".join((word + number, *(str(STATES[mark].word) for mark in cell.marks)))


def _on_time() -> str:
    return _("Done on time")


def legend() -> SafeString:
    """The eight states with their shapes."""
    shapes = (
        (_look(state), _shape(state), _on_time() if state == "done" else STATES[state].word) for state in _STATE_WORDS
    )
    return format_html_join("", '<span><i class="ce {}">{}</i>{}</span>', shapes)


def _look(shown: str) -> str:
    return _LOOKS.get(shown, STATES[shown].tone.split(" ")[0])


def _shape(shown: str) -> SafeString:
    return SafeString("—") if STATES[shown].tone == "na" else icon(STATES[shown].icon)


@lru_cache(maxsize=512)
def _inside(language: str, cell: Cell) -> tuple[str, str, str]:
    """Class, words and shapes of a cell; cells that are alike look alike, so they are made once a language."""
    marks = [format_html('<span class="mk">{}</span>', icon(STATES[mark].icon)) for mark in cell.marks]
    number = format_html("<b>{}</b>", cell.count) if cell.count > 1 else ""
    shapes = _shape(cell.shown) + SafeString("").join([*marks, SafeString(number)])
    return _look(cell.shown), conditional_escape(cell_words(cell)), shapes


def matrix_cells(listing: MatrixList, row: Row) -> SafeString:
    """The cells of a clause, each a link to its evidence."""
    language, number = get_language() or "zh-hans", row.line.clause.number
    scope = conditional_escape(listing.scope)
    found = []
    for order, cell in row.cells:
        kind, words, shapes = _inside(language, Cell(cell.state, cell.shown, cell.count, cell.marks, _kept_why(cell)))
        address = reverse("compliance-cell", args=[number, order.number])
        short = conditional_escape(order.number.rpartition("-")[2])
        found.append(
            f'<td><a class="ce {kind}" id="c-{number}-{short}" href="{address}{scope}" title="{words}" '
            f'aria-label="{number} {short}{_colon(language)}{words}">{shapes}</a></td>'
        )
    return mark_safe("".join(found))  # noqa: S308 (every part has been escaped)


def _kept_why(cell: Cell) -> str:
    """The cause of a duty says nothing in the matrix; what stands in for one does."""
    return "" if cell.count else cell.why


def _colon(language: str) -> str:
    return "：" if language.startswith("zh") else ": "


def overdue_cells(chapter: Chapter) -> SafeString:
    """What is overdue in a chapter, order by order."""
    return format_html_join("", '<td class="bad">{}</td>', ((_overdue(n),) for n in chapter.overdue))


def _overdue(number: int) -> SafeString | str:
    """How many are overdue; where the words are wider than the column, the style sheet leaves the number alone."""
    if not number:
        return ""
    words = _("%(n)d overdue") % {"n": number}
    return format_html('<span class="few" title="{}">{}</span><span class="full">{}</span>', words, number, words)


def rate_of(figure: Figure, rated: bool = True) -> SafeString | str:
    """A rate with its denominator, and what stands beside it for whoever asks."""
    if not rated:
        return format_html('<span class="t3" title="{}">—</span>', _("Gates and contents alone have no rate."))
    if figure.rate is None:
        return format_html('<span class="t3" title="{}">—</span>', _("nothing due yet"))
    text = f"{figure.rate:.0f}%" if figure.rate in (0, 100) else f"{figure.rate:.1f}%"
    said = _("%(on_time)d of %(all)d") % {"on_time": figure.on_time, "all": figure.denominator}
    parts = format_html("{} <small>{}/{}</small>", text, figure.on_time, figure.denominator)
    return format_html('<span title="{}">{}</span>', _(" · ").join(filter(None, (said, beside_words(figure)))), parts)


def beside_words(figure: Figure) -> str:
    """What stands beside a rate, in words, as far as there is any."""
    said = {
        _("%(n)d extended"): figure.extended,
        _("%(n)d waived"): figure.waived,
        _("%(n)d released"): figure.released,
        _("%(n)d withdrawn"): figure.withdrawn,
    }
    return " · ".join(words % {"n": n} for words, n in said.items() if n)


def rate_bar(figure: Figure) -> SafeString | str:
    """The rate of a chapter as a bar."""
    if figure.rate is None:
        return ""
    tone = "ok" if figure.rate >= 95 else "warn" if figure.rate >= 60 else "bad"
    return meter(figure.rate, 100, tone, f"{figure.rate:.1f}%")


def cell_chip(cell: Cell) -> SafeString:
    """The state of a cell as a chip, with its marks."""
    first = chip(cell.shown, _on_time() if cell.shown == "done" else "")
    return format_html_join(" ", "{}", ((each,) for each in (first, *(chip(mark) for mark in cell.marks))))


def rule_words(page: CellPage) -> list[tuple[str, str]]:
    """The acts that a clause of gates and contents holds up, each with the sentence that a refused person reads."""
    return [(acts, check) for acts, check in _rules(page) if acts]


def _rules(page: CellPage) -> Iterable[tuple[str, str]]:
    language, book = get_language() or "zh-hans", page.rulebook
    for term in page.clause.terms:
        if term.kind in ("gate", "content", "ban"):
            acts = _(", ").join(label_in(book, "act", act, language) for act in term.act)
            yield acts, label_in(book, "check", term.check, language) if term.check else ""


def evidence_count(page: CellPage) -> str:
    """How much of the evidence there is: the fact that opened the duty, and what is asked for to end it."""
    proof = [bool(text) for _label, text in page.duty.proof] if page.duty else []
    proof += [True] if page.trigger else []
    return _("Evidence %(given)d / %(asked)d") % {"given": sum(proof), "asked": len(proof)} if proof else _("Evidence")


def cell_of_duty(request: HttpRequest, card: Card) -> str:
    """The address of the same cell with another of its duties in front."""
    asked = request.GET.copy()
    asked["duty"] = str(card.duty.pk)
    return f"{request.path}?{asked.urlencode()}"


def paper_of_cell(request: HttpRequest, page: CellPage) -> str:
    """The address of the audit paper of one clause on one order, as a PDF."""
    asked = QueryDict(mutable=True)
    asked["order"], asked["clause"] = page.order.number, page.clause.number
    asked["period"], asked["format"] = request.GET.get("period", ""), "pdf"
    return f"{reverse('compliance-paper')}?{asked.urlencode()}"


def missing_words(listing: MatrixList) -> str:
    """How many clauses are left out because their room is not installed."""
    n = listing.matrix.missing
    return ngettext("%(n)d clause of a room not installed", "%(n)d clauses of rooms not installed", n) % {"n": n}


TAGS: dict[str, Callable[..., Any]] = {
    tag.__name__: tag
    for tag in (
        beside_words,
        cell_chip,
        cell_of_duty,
        cell_words,
        evidence_count,
        legend,
        matrix_cells,
        missing_words,
        overdue_cells,
        paper_of_cell,
        rate_bar,
        rate_of,
        rule_words,
        why_words,
    )
}
