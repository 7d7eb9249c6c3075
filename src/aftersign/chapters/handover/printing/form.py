"""The form as a sheet of paper: its numbers, its parts, its signatures, and the proof at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aftersign.chapters.handover import labels, reading
from aftersign.chapters.handover.content import BASIC, Content
from aftersign.chapters.handover.models import FormVersion
from aftersign.chapters.handover.printing import rows
from aftersign.chapters.handover.queries import Standing
from aftersign.kernel.clock import eras, now
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.org.queries import company
from aftersign.kernel.print.capitals import capitals
from aftersign.kernel.print.setting import Printed, Sheet, typeset
from aftersign.kernel.shell.money import formatted
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.queries.people import team_of

TEMPLATE = "chapters/handover/printing/form.typ"
PROJECT_MANAGER = "project_manager"
# What the head of the form says already.
IN_HEAD = ("contract_no", "order_kind", "signed_on", "sales_owner")
CHINESE = ("zh-hans", "zh-hant")


def print_form(standing: Standing, form: FormVersion, *, origin: str, by: str, seal: str = "") -> Printed:
    """Print a version in the reader's language; `origin` is where this house is reached, `by` who prints.

    `seal` is the passage of a form that is about to be sealed, on what its seal proves.
    """
    at, content = now(), form.content
    title, number = _("Order handover form"), form.handover.number
    version = _("Version %(number)s") % {"number": form.number}
    sheet = Sheet(
        template=TEMPLATE,
        title=f"{title} {number}",
        running=f"{title} {number} · {version} · {standing.order.number}",
        check_value=form.check_value,
        address=origin + address_of("handover:check", standing.order.number, form.number),
        foot=[*_proof(form), (_("Printed"), f"{rows.moment(at)} {by}")],
        notices=list(_notices(standing, form)),
        body={
            "company": company().name,
            "title": title,
            "head": _head(standing, form, content),
            "parts": list(_parts(standing, form, content)),
            "signatures": rows.signatures(standing, form, _ordinals(standing, form, content)[-1]),
            "seal": seal,
        },
    )
    return typeset(sheet, at=at)


def _head(standing: Standing, form: FormVersion, content: Content) -> list[dict[str, str]]:
    body = content.sections[BASIC].body if BASIC in content.sections else {}
    sealed = body if isinstance(body, dict) else {}
    order = standing.order
    manager = next((each.person.name for each in team_of(order) if each.post == PROJECT_MANAGER), "")
    said = (
        (_("Form number"), form.handover.number),
        (_("Version"), str(form.number)),
        (_("Order number"), order.number),
        (labels.field("contract_no"), sealed.get("contract_no") or order.contract_no),
        (labels.field("order_kind"), capfirst(labels.value("order_kind", sealed.get("order_kind") or order.kind))),
        (labels.field("signed_on"), eras.rewritten(sealed.get("signed_on") or order.signed_on.isoformat())),
        (labels.field("sales_owner"), sealed.get("sales_owner") or order.sales_owner.name),
        (_("Project manager"), manager or _("nobody yet")),
    )
    return [{"label": label, "value": value} for label, value in said]


def _parts(standing: Standing, form: FormVersion, content: Content) -> Iterator[dict[str, Any]]:
    """The parts in their order: those of the sealed text, then papers, questions and corrections."""
    ordinals = iter(_ordinals(standing, form, content))
    for part in reading.parts(content):
        yield {"title": _titled(next(ordinals), part.title), **_part(part)}
    yield rows.papers(standing, content, _titled(next(ordinals), _("List of papers")))
    yield rows.questions(standing, _titled(next(ordinals), _("Questions and answers")))
    if _is_corrected(standing, form):
        yield rows.corrections(standing, _titled(next(ordinals), _("Corrected after acceptance")))


def _part(part: reading.Part) -> dict[str, Any]:
    if part.none_by:
        return {"kind": "passage", "text": rows.none_signed(part.none_by)}
    if part.cells:
        return {"kind": "pairs", "fields": [_field(each) for each in part.cells if each.name not in IN_HEAD]}
    if part.lines:
        return rows.requirements(part) if part.word != "special_matters" else rows.matters(part)
    return {"kind": "passage", "text": part.text}


def _field(cell: reading.Cell) -> dict[str, Any]:
    value = cell.value
    if cell.amount is not None:
        value = formatted(cell.amount, cell.currency or "CNY")
        if cell.tax_rate:
            value += _(", %(rate)s%% tax included") % {"rate": cell.tax_rate}
        if cell.currency in ("", "CNY") and get_language() in CHINESE:
            value += f"\n{capitals(cell.amount, traditional=get_language() == 'zh-hant')}"
    return {"label": cell.label, "value": value, "wide": cell.wide}


def _titled(ordinal: str, title: str) -> str:
    return _("%(ordinal)s. %(title)s") % {"ordinal": ordinal, "title": capfirst(title)}


def _ordinals(standing: Standing, form: FormVersion, content: Content) -> list[str]:
    """The numbers of all parts; the last one belongs to the signatures."""
    count = len(content.sections) + 3 + _is_corrected(standing, form)
    return [labels.ordinal(at) for at in range(1, count + 1)]


def _is_corrected(standing: Standing, form: FormVersion) -> bool:
    return bool(standing.corrections) and form == standing.form


def _notices(standing: Standing, form: FormVersion) -> Iterator[str]:
    """What whoever holds the paper must know before they read it."""
    if not form.holds:
        yield _("The text of this version does not agree with the check value under which it was submitted.")
    if standing.form and form != standing.form:
        said = _("This is version %(number)s; version %(newer)s has replaced it.")
        yield said % {"number": form.number, "newer": standing.form.number}


def _proof(form: FormVersion) -> list[tuple[str, str]]:
    size, last = journal.chain_end()
    facts = _("%(count)s facts, the last one %(hash)s") % {"count": size, "hash": last}
    return [(_("Check value"), f"SHA-256 {form.check_value}"), (_("Journal"), facts)]
