"""A clause's terms in words: what opens and ends a duty, what a gate waits for, what a measure reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aftersign.desk.queries.clauses import ClausePage, Difference
from aftersign.policy.cards import Card, act_of, evidence_words
from aftersign.policy.editions import store
from aftersign.policy.labels import label_in
from aftersign.policy.rulebook import Param, Term, duration_text
from aftersign.policy.rulebook.wording import Shown, clause_text, value_text


def severity_text(term: Term) -> str:
    """How grave a breach of a term is, in words."""
    words = {"critical": _("a breach is critical"), "major": _("a breach is major"), "minor": _("a breach is minor")}
    return words.get(term.severity, "")


def _facts(page: ClausePage, names: Iterable[str]) -> str:
    return _(" or ").join(label_in(page.rulebook, "fact", name, page.language) for name in names)


def _roles(page: ClausePage, names: Iterable[str]) -> str:
    return _(", ").join(label_in(page.rulebook, "role", name, page.language) for name in names)


def _value(page: ClausePage, written: str) -> str:
    if not written:
        return ""
    if written.startswith("$"):
        return value_text(page.rulebook, page.rulebook.params[written[1:]], page.language)
    return duration_text(written, page.language)


def _conditions(page: ClausePage, table: Any) -> str:
    """Conditions in words: the key, how it is compared, and the words or the value of a parameter."""
    said = []
    for key, wanted in table.items():
        values = wanted if isinstance(wanted, tuple | list) else (wanted,)
        text = _(" or ").join(_wanted(page, each) for each in values)
        said.append(f"{label_in(page.rulebook, 'word', key, page.language)} {text}")
    return _(" and ").join(said)


def _wanted(page: ClausePage, wanted: Any) -> str:
    if isinstance(wanted, bool):
        return _("yes") if wanted else _("no")
    how, _space, value = str(wanted).rpartition(" ")
    text = _value(page, value) if value.startswith("$") else label_in(page.rulebook, "word", value, page.language)
    return f"{how} {text}".strip()


def term_title(page: ClausePage, term: Term) -> str:
    """A term by its letter and the act that ends it."""
    act = label_in(page.rulebook, "act", act_of(page.rulebook, term), page.language)
    return f"{term.id.rpartition('.')[2]} {act}"


def term_rows(page: ClausePage) -> list[tuple[str, list[tuple[str, str]]]]:
    """Duties side by side, a row for each thing that the clause says of them; rows that say nothing are left out."""
    columns: list[tuple[str, Callable[[Term], str]]] = [
        (_("Begins"), lambda term: _opening(page, term)),
        (_("Applies to"), lambda term: _conditions(page, term.only)),
        (_("Done by"), lambda term: _facts(page, term.closes)),
        (_("Owner"), lambda term: _roles(page, [term.owner])),
        (_("Deadline"), lambda term: _deadline(page, term)),
        (_("Evidence"), lambda term: _(", ").join(evidence_words(page.rulebook, term, page.language))),
        (_("Pauses"), lambda term: _facts(page, term.pauses)),
        (_("Becomes void"), lambda term: _facts(page, term.voids)),
        (_("Ends"), lambda term: _facts(page, term.until)),
        (_("Tells"), lambda term: _roles(page, term.tells)),
        (_("Escalation"), lambda term: _steps(page, term)),
        (_("Severity"), severity_text),
    ]
    rows = [(label, [(term_title(page, term), say(term)) for term in page.duties]) for label, say in columns]
    return [
        (label, [(title, text or "—") for title, text in cells])
        for label, cells in rows
        if any(text for _t, text in cells)
    ]


def _opening(page: ClausePage, term: Term) -> str:
    where = _conditions(page, term.where)
    return f"{_facts(page, term.opens)}{_(', where ')}{where}" if where else _facts(page, term.opens)


def _deadline(page: ClausePage, term: Term) -> str:
    if term.kind == "cycle":
        every = _("every %(length)s") % {"length": _value(page, term.every)}
        return every + (_(", %(grace)s of grace") % {"grace": _value(page, term.grace)} if term.grace else "")
    return _value(page, term.within)


def _steps(page: ClausePage, term: Term) -> str:
    said = [
        _("%(after)s overdue: %(role)s")
        % {"after": duration_text(step[1:], page.language), "role": _roles(page, [role])}
        for step, role in term.escalates
    ]
    return _("; ").join(said)


def step_text(step: str) -> str:
    """The lateness at which a step comes, in words."""
    return _("%(after)s overdue:") % {"after": duration_text(step[1:], get_language() or "zh-hans")}


def acts_of(page: ClausePage, term: Term) -> SafeString:
    """The acts that a gate, content or ban holds."""
    return format_html_join(
        SafeString("<br>"), "{}", ((label_in(page.rulebook, "act", act, page.language),) for act in term.act or ("",))
    )


def first_of(page: ClausePage, term: Term) -> str:
    """What a gate waits for, or what a content must hold."""
    if term.kind == "content":
        words: Any = term.parts
        if isinstance(words, str):
            return value_text(page.rulebook, page.rulebook.params[words[1:]], page.language)
        return _(", ").join(label_in(page.rulebook, f"word/{term.room}", word, page.language) for word in words)
    if term.kind == "ban":
        return _("never allowed")
    said = _facts(page, term.unless) or "—"
    where = _conditions(page, term.where)
    return f"{said}{_(', where ')}{where}" if where else said


def check_of(page: ClausePage, term: Term) -> str:
    """The sentence of the check that a refused person reads."""
    return label_in(page.rulebook, "check", term.check, page.language) if term.check else "—"


def refused_of(page: ClausePage, term: Term) -> int:
    """How often a term has refused an act in this quarter."""
    return page.refused.get(term.id, 0)


def figure_of(page: ClausePage, term: Term) -> str:
    """A measure or an offer in words."""
    if term.kind == "offer":
        return _("Encouraged and shown, never counted: %(facts)s") % {"facts": _facts(page, term.shows)}
    said = [name if name[:1].isdigit() else label_in(page.rulebook, "fact", name, page.language) for name in term.from_]
    text = _("Measured by %(sources)s") % {"sources": _(", ").join(said)}
    target = _value(page, term.target) if isinstance(term.target, str) else ""
    return f"{text}; {_('target')} {target}" if target else text


def param_value(page: ClausePage, param: Param) -> str:
    """The value of a parameter in words."""
    return value_text(page.rulebook, param, page.language)


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


def param_range(page: ClausePage, param: Param) -> str:
    """The range within which a company may set a parameter."""
    if param.min is None or param.max is None:
        return "—"
    ends = [duration_text(str(end), page.language) if _is_length(end) else str(end) for end in (param.min, param.max)]
    return _("%(least)s to %(most)s") % {"least": ends[0], "most": ends[1]}


def _is_length(value: Any) -> bool:
    return isinstance(value, str) and not value.endswith("%")


def param_basis(param: Param) -> str:
    """Where the value comes from."""
    words = {"stated": _("as the policy says"), "stated_partly": _("partly as the policy says")}
    return words.get(param.basis, _("set by the company"))


def section_of(page: ClausePage) -> str:
    """Chapter and section of a clause."""
    section = page.clause.number.rpartition(".")[0]
    title = page.rulebook.sections.get(section)
    chapter = page.rulebook.chapters.get(page.clause.room)
    parts = [chapter.say(page.language) if chapter else "", f"{section} {title.say(page.language)}" if title else ""]
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


def difference_label(page: ClausePage, each: Difference) -> str:
    """What an edition changed."""
    if isinstance(each.what, Param):
        return each.what.labels.say(page.language)
    return f"{each.what.id.rpartition('.')[2]} {each.field}"


def difference_text(page: ClausePage, text: str, each: Difference) -> str:
    """The old or new value of what an edition changed."""
    if isinstance(each.what, Param) and _is_length(each.what.value):
        return duration_text(text, page.language)
    return text


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
