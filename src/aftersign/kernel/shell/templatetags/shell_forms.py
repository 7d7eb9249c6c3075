"""Tags of forms: the opening attributes, what a form carries along, the error summary, fields and tables."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aftersign.kernel.acts.versions import row_version
from aftersign.kernel.shell import drafts
from aftersign.kernel.shell.forms import FOR, VERSION, ActForm
from aftersign.kernel.shell.rows import Rows
from aftersign.kernel.shell.widgets import Chips, Ticks

register = template.Library()


@register.simple_tag
def form_attrs(form: forms.Form) -> SafeString:
    """Attributes of `<form method="post" …>`: no browser bubbles, files if there are any, where drafts go."""
    given = [("novalidate", "novalidate")]
    if form.is_multipart():
        given.append(("enctype", "multipart/form-data"))
    if isinstance(form, ActForm) and form.draft:
        given += [("data-draft", _draft_url(form)), ("data-person", str(form.actor.id))]
    return format_html_join("", ' {}="{}"', given)


def _draft_url(form: ActForm) -> str:
    return reverse("shell:draft", args=[form.draft, drafts.subject_of(form.unit) or "-"])


@register.inclusion_tag("shell/parts/form_keys.html", takes_context=True)
def form_keys(context: Context, form: forms.Form) -> dict[str, Any]:
    """What a form carries unseen: the token, the version of the unit, the key of the attempt, the sizes of tables."""
    hidden = list(form.hidden_fields())
    values = [(field.html_name, field.value()) for field in hidden]
    if isinstance(form, ActForm) and form.stale:
        now = {VERSION: row_version(form.unit) or "", FOR: form.in_whose_name}
        values = [(name, now.get(name, value)) for name, value in values]
    tables = [(f"{rows.name}-rows", rows.count) for rows in getattr(form, "rows", {}).values()]
    return {"values": [*values, *tables], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("shell/parts/error_summary.html", takes_context=True)
def error_summary(context: Context, form: forms.Form) -> dict[str, Any]:
    """What has to be put right, at the top of the form, and the ways on that rooms offer after a refusal."""
    around = {"actor": context.get("actor"), "frame": context.get("frame")}
    return around | {"problems": getattr(form, "problems", ()), "refusal": getattr(form, "refusal", None)}


@register.inclusion_tag("shell/parts/draft_offer.html", takes_context=True)
def draft_offer(context: Context, form: ActForm) -> dict[str, Any]:
    """Go on with the draft, or discard it; nothing when there is none."""
    url = _draft_url(form) if form.saved_draft else ""
    path = context["request"].path
    return {
        "draft": form.saved_draft,
        "continued": form.continued,
        "url": url,
        "path": path,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("shell/parts/draft_status.html")
def draft_status(form: ActForm) -> dict[str, Any]:
    """Says in a polite voice when the draft was saved."""
    return {"draft": form.saved_draft, "named": bool(form.draft)}


@register.inclusion_tag("shell/parts/field.html")
def form_field(
    field: BoundField,
    hint: str = "",
    optional: bool | None = None,
    width: str = "",
    label: str = "",
    note: str = "",
    icon: str = "",
    clause: str = "",
) -> dict[str, Any]:
    """A field: label above, hint, sentences between hint and field; `width` is w1, w2, w3 or nothing for all of it.

    `optional` is taken from the field unless said; `note` stands beside the label; `clause` is the number of a clause.
    """
    checked = not getattr(field.form, "unchecked", False)
    sentences = [str(each) for each in field.errors] if checked and field.form.is_bound else []
    hint = hint or str(field.help_text)
    grouped = isinstance(field.field.widget, Chips | Ticks | forms.RadioSelect | forms.CheckboxSelectMultiple)
    return {
        "field": field,
        "control": _control(field, sentences, hint),
        "label": label or field.label,
        "hint": hint,
        "sentences": sentences,
        "optional": not field.field.required if optional is None else optional,
        "width": width,
        "note": note,
        "icon": icon,
        "clause": clause,
        "grouped": grouped,
        "tick": isinstance(field.field.widget, forms.CheckboxInput),
        "theirs": _theirs(field),
    }


def _control(field: BoundField, sentences: list[str], hint: str) -> SafeString:
    described = [f"{field.auto_id}_hint"] if hint else []
    described += [f"{field.auto_id}_error"] if sentences else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if sentences:
        attrs["aria-invalid"] = "true"
    widget = field.field.widget
    if not isinstance(widget, forms.CheckboxInput | forms.FileInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        attrs["class"] = f"in {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs=attrs)


def _theirs(field: BoundField) -> str:
    """After somebody else was faster: what stands there now, when it is not what was typed."""
    if not getattr(field.form, "stale", False) or field.initial in (None, ""):
        return ""
    now = field.field.prepare_value(field.initial)
    if str(now) == str(field.value()):
        return ""
    choices = dict(getattr(field.field, "choices", ()) or ())
    return str(choices.get(now, now))


@register.inclusion_tag("shell/parts/rows.html")
def form_rows(rows: Rows, caption: str) -> dict[str, Any]:
    """A table of rows with a button for one more; `caption` is heard, not seen."""
    return {"rows": rows, "caption": caption, "blank": rows.blank}


@register.simple_tag
def form_cell(field: BoundField) -> SafeString:
    """A field within a table, with its sentence above it."""
    filled = field.form.is_bound and field.form.has_changed()
    sentences = [str(each) for each in field.errors] if filled else []
    told = format_html_join(
        "", '<span class="em" id="{}_error">{}</span>', ((field.auto_id, each) for each in sentences[:1])
    )
    return format_html("{}{}", told, _control(field, sentences, ""))
