"""A clause's terms in words: what opens and ends a duty, what a gate waits for, what a measure reads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from aftersign.desk.queries.clauses import ClausePage, Difference
from aftersign.policy.cards import Card
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Param, Term, duration_text
from aftersign.policy.rulebook.wording import Shown, clause_text, value_text
from aftersign.policy.term_words import TermWords

Said = TypeVar("Said", bound=Callable[..., Any])


def _words(page: ClausePage) -> TermWords:
    return TermWords(page.rulebook, page.language)


def lang_of(page: ClausePage) -> SafeString:
    """The `lang` of what is read in the language of the clause, unless the whole page is in it."""
    return SafeString("") if page.language == get_language() else format_html(' lang="{}"', page.language)


def _in_its_language(say: Said) -> Said:
    """Says it in the language of the clause, with the words between its labels."""

    @wraps(say)
    def said(page: ClausePage, *args: Any) -> Any:
        with override(page.language):
            return say(page, *args)

    return cast(Said, said)


@_in_its_language
def term_title(page: ClausePage, term: Term) -> str:
    """A term by its letter and the act that ends it."""
    return _words(page).title(term)


@_in_its_language
def term_rows(page: ClausePage) -> list[tuple[str, list[tuple[str, str]]]]:
    """Duties side by side, a row for each thing that the clause says of them; rows that say nothing are left out."""
    words = _words(page)
    rows = [(label, [(words.title(term), say(term)) for term in page.duties]) for label, say in words.duty_rows()]
    return [
        (label, [(title, text or "—") for title, text in cells])
        for label, cells in rows
        if any(text for _t, text in cells)
    ]


def step_text(step: str) -> str:
    """The lateness at which a step comes, in words."""
    return _("%(after)s overdue:") % {"after": duration_text(step[1:], get_language() or "zh-hans")}


@_in_its_language
def acts_of(page: ClausePage, term: Term) -> SafeString:
    """The acts that a gate, content or ban holds."""
    return format_html_join(SafeString("<br>"), "{}", ((act,) for act in _words(page).acts(term.act or ("",))))


@_in_its_language
def first_of(page: ClausePage, term: Term) -> str:
    """What a gate waits for, or what a content must hold."""
    return _words(page).first(term)


@_in_its_language
def check_of(page: ClausePage, term: Term) -> str:
    """The sentence of the check that a refused person reads."""
    return _words(page).check(term) or "—"


def refused_of(page: ClausePage, term: Term) -> int:
    """How often a term has refused an act in this quarter."""
    return page.refused.get(term.id, 0)


@_in_its_language
def figure_of(page: ClausePage, term: Term) -> str:
    """A measure or an offer in words."""
    return _words(page).figure(term)


@_in_its_language
def param_value(page: ClausePage, param: Param) -> str:
    """The value of a parameter in words."""
    return value_text(page.rulebook, param, page.language)


@_in_its_language
def param_by(page: ClausePage, param: Param) -> SafeString | str:
    """Other values that some orders have."""
    said = [
        " ".join(
            (
                label_in(page.rulebook, "word", word, page.language),
                value_text(page.rulebook, param, page.language, {key: word}),
            )
        )
        for key, table in param.by.items()
        for word in table
    ]
    return format_html(' <span class="t3">{}</span>', _("; ").join(said)) if said else ""


@_in_its_language
def param_range(page: ClausePage, param: Param) -> str:
    """The range within which a company may set a parameter."""
    return _words(page).range_of(param) or "—"


def param_basis(param: Param) -> str:
    """Where the value comes from."""
    words = {"stated": _("as the policy says"), "stated_partly": _("partly as the policy says")}
    return words.get(param.basis, _("set by the company"))


def section_of(page: ClausePage) -> str:
    """Chapter and section of a clause."""
    section = page.clause.number.rpartition(".")[0]
    title, language = page.rulebook.sections.get(section), get_language() or "zh-hans"
    chapter = page.rulebook.chapters.get(page.clause.room)
    parts = [chapter.say(language) if chapter else "", f"{section} {title.say(language)}" if title else ""]
    return " / ".join(part for part in parts if part)


def counts_of(page: ClausePage) -> str:
    """How many duties, gates and parameters a clause has."""
    duties, rules, params = len(page.duties), len(page.rules), len(page.clause.params)
    return _(", ").join(
        [
            ngettext("%(n)d duty", "%(n)d duties", duties) % {"n": duties},
            ngettext("%(n)d gate or check", "%(n)d gates and checks", rules) % {"n": rules},
            ngettext("%(n)d parameter", "%(n)d parameters", params) % {"n": params},
        ]
    )


@_in_its_language
def difference_label(page: ClausePage, each: Difference) -> str:
    """What an edition changed."""
    if isinstance(each.what, Param):
        return each.what.labels.say(page.language)
    return f"{each.what.id.rpartition('.')[2]} {each.field}"


@_in_its_language
def difference_text(page: ClausePage, text: str, each: Difference) -> str:
    """The old or new value of what an edition changed."""
    return _words(page).amount(text) if isinstance(each.what, Param) else text


def clause_title(card: Card) -> str:
    """The title of the clause of a duty."""
    return card.rulebook.clauses[card.duty.clause].title.say(get_language() or "zh-hans")


def clause_words(card: Card) -> str:
    """The text of the clause of a duty with its values."""
    clause = card.rulebook.clauses[card.duty.clause]
    pieces = clause_text(card.rulebook, clause, get_language() or "zh-hans")
    return "".join(piece.text if isinstance(piece, Shown) else piece for piece in pieces)


def chapter_title(room: str) -> str:
    """The title of a chapter in the edition in force."""
    rulebook = store.shown()
    title = rulebook.chapters.get(room) if rulebook else None
    return title.say(get_language() or "zh-hans") if title else room


TAGS: dict[str, Callable[..., Any]] = {
    tag.__name__: tag
    for tag in (
        acts_of,
        chapter_title,
        check_of,
        clause_title,
        clause_words,
        counts_of,
        difference_label,
        difference_text,
        figure_of,
        first_of,
        lang_of,
        param_basis,
        param_by,
        param_range,
        param_value,
        refused_of,
        section_of,
        step_text,
        term_rows,
        term_title,
    )
}
