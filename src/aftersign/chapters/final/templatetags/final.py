"""Tags of the pages of editions: how one stands, a clause with its values and terms, and differences in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from aftersign.kernel.shell.marks import icon
from aftersign.kernel.shell.templatetags.shell import day
from aftersign.policy.editions.differences import ClauseChange, OtherChange, ParamChange, TermChange
from aftersign.policy.editions.word_by_word import Piece, word_by_word
from aftersign.policy.labels import label_in
from aftersign.policy.models import Edition, EditionState
from aftersign.policy.rulebook import Clause, Labels, Param, Rulebook, Shown, Term, clause_text, value_text
from aftersign.policy.term_words import TermWords

register = template.Library()
_STATES = {
    EditionState.DRAFT: ("pen", "info", pgettext_lazy("an edition", "Draft")),
    EditionState.ISSUED: ("clock", "warn", gettext_lazy("Issued, not yet in force")),
    EditionState.IN_FORCE: ("ok", "ok", gettext_lazy("In force now")),
    EditionState.REPLACED: ("minus", "na", gettext_lazy("Replaced")),
    EditionState.WITHDRAWN: ("x", "na", gettext_lazy("Withdrawn")),
}
_KINDS = {
    "added": ("plus", "ok", gettext_lazy("New")),
    "dropped": ("x", "bad", gettext_lazy("Dropped")),
    "renumbered": ("swap", "info", gettext_lazy("Renumbered")),
    "changed": ("pen", "warn", gettext_lazy("Changed")),
}
_SORTS = {
    "grade": gettext_lazy("Grades of orders"),
    "stage": gettext_lazy("Stages of orders"),
    "stage_beside": gettext_lazy("Stages beside the course"),
    "limit": gettext_lazy("What a stage accepts"),
    "order_wide": gettext_lazy("Rules for whole orders"),
    "approvers": gettext_lazy("Who approves"),
    "role": gettext_lazy("Roles"),
    "check": gettext_lazy("Checks"),
    "fact": gettext_lazy("Facts"),
    "act": gettext_lazy("Acts"),
    "unit": gettext_lazy("Units"),
    "word": gettext_lazy("Words"),
    "section": gettext_lazy("Titles of sections"),
    "chapter": gettext_lazy("Titles of chapters"),
    "edition": gettext_lazy("The edition itself"),
}

_LABELLED = {each: each for each in ("act", "fact", "role", "stage", "check", "unit", "word")}
_LABELLED |= {"stage_beside": "stage", "limit": "stage", "chapter": "room"}
"""By which sort of label the things of a sort are called; sections, grades and the rest stand by their own names."""


def _language() -> str:
    return get_language() or "zh-hans"


def _chip(name: str, tone: str, word: Any) -> SafeString:
    return format_html('<span class="chip {}">{}{}</span>', tone, icon(name), word)


@register.simple_tag
def edition_chip(edition: Edition) -> SafeString:
    """How an edition stands."""
    return _chip(*_STATES[edition.state])


@register.simple_tag
def change_chip(kind: str) -> SafeString:
    """What happened to a clause or a term."""
    return _chip(*_KINDS[kind])


@register.simple_tag
def in_force(edition: Edition) -> SafeString | str:
    """From when to when an edition is or was in force; of one that waits, the day for which it was issued."""
    if edition.in_force_from is None:
        return day(edition.effective_on) if edition.effective_on and edition.withdrawn_at is None else "—"
    if edition.replaced_at is None:
        return format_html(_("since {day}"), day=day(edition.first_day))
    return format_html(_("{since} to {until}"), since=day(edition.first_day), until=day(edition.replaced_at))


@register.simple_tag
def changed_text(changed: tuple[tuple[str, int], ...]) -> str:
    """How many things an edition changed."""
    said = {
        "clause": lambda n: ngettext("%(n)d clause", "%(n)d clauses", n),
        "term": lambda n: ngettext("%(n)d term", "%(n)d terms", n),
        "parameter": lambda n: ngettext("%(n)d parameter", "%(n)d parameters", n),
        "other": lambda n: ngettext("%(n)d other thing", "%(n)d other things", n),
    }
    return _(", ").join(said[sort](n) % {"n": n} for sort, n in changed) or "—"


@register.filter
def said(labels: Labels) -> str:
    """A label in the reader's language."""
    return labels.say(_language())


@register.simple_tag
def chapter(rulebook: Rulebook, room: str) -> str:
    """The title of a chapter."""
    title = rulebook.chapters.get(room)
    return title.say(_language()) if title else room


@register.simple_tag
def clause_words(rulebook: Rulebook, clause: Clause) -> SafeString:
    """The text of a clause with the values of its parameters set off."""
    pieces = clause_text(rulebook, clause, _language())
    return format_html_join("", "{}", ((_piece(each),) for each in pieces))


def _piece(piece: str | Shown) -> SafeString | str:
    return format_html('<b class="pv">{}</b>', piece.text) if isinstance(piece, Shown) else piece


@register.simple_tag
def term_title(rulebook: Rulebook, term: Term) -> str:
    """A term by its letter and its act."""
    return TermWords(rulebook, _language()).title(term)


@register.simple_tag
def term_said(rulebook: Rulebook, term: Term) -> list[tuple[str, str]]:
    """Everything that is said of a term, label and text."""
    return TermWords(rulebook, _language()).said(term)


@register.simple_tag
def param_value(rulebook: Rulebook, param: Param) -> str:
    """The value of a parameter in words, and those that some orders have."""
    language = _language()
    found = [value_text(rulebook, param, language)]
    for key, table in param.by.items():
        for written in table:
            of = label_in(rulebook, "word", written, language)
            found.append(f"{of} {value_text(rulebook, param, language, {key: written})}")
    return _("; ").join(found)


@register.simple_tag
def param_range(rulebook: Rulebook, param: Param) -> str:
    """The range within which a company may set a parameter."""
    return TermWords(rulebook, _language()).range_of(param) or "—"


@register.simple_tag
def text_diff(side: Any, change: ClauseChange) -> SafeString:
    """The text of a clause word by word; of one that is new or gone, all of it."""
    old = clause_text(side.old_book, change.old, _language()) if change.old else []
    new = clause_text(side.new_book, change.new, _language()) if change.new else []
    return format_html_join("", "{}", ((_marked(piece),) for piece in word_by_word(old, new)))


def _marked(piece: Piece) -> SafeString | str:
    text = format_html('<b class="pv">{}</b>', piece.text) if piece.is_value else piece.text
    return text if piece.how == "same" else format_html("<{}>{}</{}>", piece.how, text, piece.how)


@register.simple_tag
def term_kind(change: TermChange) -> str:
    """Whether a term is new, gone or changed."""
    return "added" if change.old is None else "dropped" if change.new is None else "changed"


@register.simple_tag
def term_rows(side: Any, change: TermChange) -> list[tuple[str, str, str]]:
    """What is said of a term before and after, where that differs; of one that is new or gone, everything."""
    old = dict(TermWords(side.old_book, _language()).said(change.old)) if change.old else {}
    new = dict(TermWords(side.new_book, _language()).said(change.new)) if change.new else {}
    rows = [(label, old.get(label, ""), new.get(label, "")) for label in dict.fromkeys((*old, *new))]
    return [row for row in rows if row[1] != row[2]]


@register.simple_tag
def term_name(side: Any, change: TermChange) -> str:
    """A term by its letter and its act, as it is now or was."""
    if change.new is not None:
        return TermWords(side.new_book, _language()).title(change.new)
    return TermWords(side.old_book, _language()).title(change.old) if change.old else ""


@register.simple_tag
def param_row(side: Any, change: ParamChange) -> dict[str, str]:
    """A parameter before and after: its name, its values and, where that differs, its ranges."""
    one = change.new or change.old
    ranges = [
        TermWords(book, _language()).range_of(param) if param else ""
        for book, param in ((side.old_book, change.old), (side.new_book, change.new))
    ]
    return {
        "name": one.labels.say(_language()) if one else "",
        "old": param_value(side.old_book, change.old) if change.old else "",
        "new": param_value(side.new_book, change.new) if change.new else "",
        "old_range": ranges[0] if ranges[0] != ranges[1] else "",
        "new_range": ranges[1] if ranges[0] != ranges[1] else "",
    }


@register.simple_tag
def sort_label(change: OtherChange) -> str:
    """What sort of thing differs."""
    return str(_SORTS[change.sort])


@register.simple_tag
def other_names(side: Any, change: OtherChange, how: str) -> str:
    """The things of a sort that are new, gone or changed, by their labels."""
    book = side.old_book if how == "dropped" else side.new_book
    sort = {"stage_beside": "stage", "limit": "stage", "section": "word", "chapter": "room"}.get(
        change.sort, change.sort
    )
    names = getattr(change, how)
    if sort not in ("act", "fact", "role", "stage", "check", "unit", "room", "word"):
        return _(", ").join(names)
    return _(", ").join(label_in(book, sort, name, _language()) for name in names)
