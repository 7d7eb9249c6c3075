"""What the giver fills in: the whole form, whom it goes to, and the signature that sends it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import labels, queries
from aftersign.chapters.handover.content import BASIC, OWN_FIELDS, ROW_FIELDS, Content, Section
from aftersign.chapters.handover.forms.rows import ROW_FORMS
from aftersign.chapters.handover.forms.sheet import LONG, Asked, Papers, Sheet, answering, paper_list, sheets
from aftersign.chapters.handover.forms.signing import PasswordForm
from aftersign.chapters.handover.forms.written import written
from aftersign.chapters.handover.models import ReturnItem
from aftersign.chapters.handover.queries import DEPARTMENT_SUFFIX
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.shell.fields import FilesField
from aftersign.kernel.shell.rows import DROP
from aftersign.kernel.units import words
from aftersign.orders.forms.papers import likely_kind

PAPER = "paper-"
_PAPER_BUTTON = re.compile(rf"{PAPER}[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")


class FillForm(PasswordForm):
    """The form of an order, signed and sent in one go; `faults` say which files were not taken."""

    draft = "handover.form"
    row_forms = ROW_FORMS

    def __init__(self, request: HttpRequest, standing: queries.Standing, faults: tuple[str, ...] = ()) -> None:
        self.standing, self.faults = standing, faults
        self.receivers = queries.receivers(standing.order)
        self.base = queries.begun(standing.order, standing.form)
        super().__init__(request, standing.order, initial=self._begun())
        for name, field in self._fields().items():
            self.fields[name] = field
        self.content = self._written() if self.is_bound else self.base

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the form, the departments to which it goes, and the declaration."""
        departments = tuple(self.receivers[each.department][0] for each in self.content.recipients)
        return {
            "content": self.content,
            "departments": departments,
            "responsibility": self.cleaned_data["responsibility"],
        }

    @property
    def recipients(self) -> list[dict[str, Any]]:
        """Every department that may receive a copy: whether it must, and whether it does."""
        chosen = {each.department for each in self.content.recipients}
        return [
            {"pk": pk, "department": department, "must": bool(word), "chosen": bool(word) or pk in chosen}
            for pk, (department, word) in self.receivers.items()
        ]

    @property
    def nowhere(self) -> list[str]:
        """Departments that the policy demands and that nobody has listed, in words."""
        found = {word for _department, word in self.receivers.values()}
        return [labels.word(word) for word in words.members("handover_recipients") if word not in found]

    @property
    def returned(self) -> list[ReturnItem]:
        """What departments want put right in the version that they hold."""
        return self.standing.open_returns

    @property
    def sheets(self) -> list[Sheet]:
        """The parts of the form to write in."""
        return sheets(self, self._asked)

    @property
    def papers(self) -> Papers:
        """The list of papers."""
        return paper_list(self.content, self._asked)

    @property
    def _asked(self) -> Asked:
        return answering(self, self.returned)

    def clean(self) -> dict[str, Any]:
        """Say which files were not taken."""
        for sentence in self.faults:
            self.add_error(None, sentence)
        return super().clean() or self.cleaned_data

    def refuse(self, refused: Refused) -> None:
        """Lead from what the policy misses to the place where it is given."""
        there = [replace(each, missing=self._places_of(each.missing)) for each in refused.refusals]
        refused.refusals = tuple(there)
        super().refuse(refused)

    def _places_of(self, missing: tuple[str, ...]) -> tuple[str, ...]:
        if set(missing) & set(words.members("requirement_document_kinds")) or "contract_copy" in missing:
            return ("file",)
        if any(each.endswith(DEPARTMENT_SUFFIX) for each in missing):
            return ("recipient",)
        return tuple(f"{each}-none" if each in self.content.sections else each for each in missing)

    def _begun(self) -> dict[str, Any]:
        """What stands in the fields at first."""
        duty = _("The form is complete and true, and every promise made to the customer is in it.")
        begun: dict[str, Any] = {"responsibility": duty}
        for name, section in self.base.sections.items():
            begun[f"{name}-none"] = bool(section.none_by)
            if isinstance(section.body, tuple):
                begun[name] = [*section.body, {}]
            elif isinstance(section.body, str):
                begun[f"{name}-text"] = section.body
            elif isinstance(section.body, dict):
                begun |= {key: section.body.get(key, "") for key in OWN_FIELDS}
        return begun

    def _fields(self) -> dict[str, forms.Field]:
        """A field for each place of the form, named as refusals name it."""
        found: dict[str, forms.Field] = {}
        for name, section in self.base.sections.items():
            found |= {BASIC: _own_fields()}.get(name) or _section_fields(name, section)
        nones = (
            *words.members("other_document_kinds"),
            *(each.kind for each in self.base.documents if not each.sha256),
        )
        found |= {kind: forms.CharField(label=labels.word(kind), required=False, max_length=200) for kind in nones}
        found["file"] = FilesField(label=_("List of papers"), required=False)
        found["recipient"] = forms.Field(label=_("Departments"), required=False)
        return found

    def _written(self) -> Content:
        rows = {name: [str(row.prefix) for row in table.forms] for name, table in self.rows.items()}
        by = self.actor.name
        return written(self.data, self.base, by=by, receivers=self.receivers, rows=rows)


class CorrectForm(FillForm):
    """The next version of a form, with an answer to everything that was returned."""

    draft = "handover.correction"
    note = forms.CharField(label=gettext_lazy("What has changed, and why"), max_length=500)

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the form, why it has changed, and the answers to what was returned by its id."""
        typed = self.cleaned_data
        answers = {row.pk: typed[f"answer-{row.pk}"] for row in self.returned}
        given = {"note": typed["note"], "answers": answers, "responsibility": typed["responsibility"]}
        return {"content": self.content} | given

    def _fields(self) -> dict[str, forms.Field]:
        return {f"answer-{row.pk}": _answer_field(row) for row in self.returned} | super()._fields()


def _own_fields() -> dict[str, forms.Field]:
    area = {key: forms.Textarea(attrs={"rows": 1}) for key in LONG}
    return {
        key: forms.CharField(label=labels.field(key), required=False, max_length=500, widget=area.get(key))
        for key in OWN_FIELDS
    }


def _section_fields(name: str, section: Section) -> dict[str, forms.Field]:
    none = forms.BooleanField(label=labels.word(name), required=False, initial=bool(section.none_by))
    if name in ROW_FIELDS:
        return {f"{name}-none": none}
    area = forms.Textarea(attrs={"rows": 3})
    text = forms.CharField(label=labels.word(name), required=False, max_length=4000, widget=area)
    return {f"{name}-none": none, f"{name}-text": text}


def _answer_field(row: ReturnItem) -> forms.Field:
    said = {"department": row.copy.department.name, "item": labels.item(row.item)}
    sentence = _("Answer what %(department)s returned about %(item)s.") % said
    box = forms.TextInput(attrs={"aria-label": sentence, "placeholder": _("What has been done about it")})
    return forms.CharField(label=sentence, max_length=500, widget=box, error_messages={"required": sentence})


def files_of(request: HttpRequest) -> list[tuple[str, UploadedFile[Any]]]:
    """Files that came with the page, each with the kind of document that it was put under, or that its name tells."""
    chosen = request.POST.get("file-kind", "")
    found = []
    for key, files in request.FILES.lists():
        kind = chosen if key == "file" else key.removeprefix("file-")
        found += [(kind or likely_kind(file.name or ""), file) for file in files]
    return found


def paper_to_remove(request: HttpRequest) -> UUID | None:
    """The paper beside which the button that takes it off the list was pressed."""
    said = request.POST.get(DROP, "")
    return UUID(said.removeprefix(PAPER)) if _PAPER_BUTTON.fullmatch(said) else None
