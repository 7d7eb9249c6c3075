"""What the giver fills in: the whole form, whom it goes to, and the signature that sends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.handover import acts, labels, queries
from aftersign.chapters.handover.content import BASIC, OWN_FIELDS, ROW_FIELDS, Content, Section
from aftersign.chapters.handover.forms.listed import LONGEST, PAPER, name_of, paper_fields
from aftersign.chapters.handover.forms.rows import ROW_FORMS
from aftersign.chapters.handover.forms.sheet import LONG, Asked, Papers, Sheet, answering, paper_list, sheets
from aftersign.chapters.handover.forms.signing import PasswordForm
from aftersign.chapters.handover.forms.written import written
from aftersign.chapters.handover.models import ReturnItem
from aftersign.chapters.handover.queries import DEPARTMENT_SUFFIX
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.org.models import Department
from aftersign.kernel.shell.fields import FilesField
from aftersign.kernel.shell.rows import ADD, DROP
from aftersign.kernel.shell.widgets import Drop
from aftersign.kernel.units import words
from aftersign.orders.forms.papers import likely_kind

DOCUMENTS = "part-documents"
_SENT = {
    "hx-trigger": "upload",
    "hx-encoding": "multipart/form-data",
    "hx-include": "closest form",
    "hx-vals": f'{{"{ADD}":"documents"}}',
    "hx-target": f"#{DOCUMENTS}",
    "hx-select": f"#{DOCUMENTS}",
    "hx-select-oob": "#tasks",
    "hx-swap": "outerHTML",
}
"""How a file is sent as soon as it is there; what comes back are the list of papers and what is still needed."""
_PAPER_BUTTON = re.compile(rf"{PAPER}[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}")


class FillForm(PasswordForm):
    """The form of an order, signed and sent in one go; `faults` say which files were not taken."""

    draft = "handover.form"
    row_forms = ROW_FORMS
    asks: ClassVar[tuple[str, ...]] = ("handover.submit", "handover.distribute")
    """The acts whose wants are told together, whatever else stands in the way."""

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
        given = {"content": self.content, "departments": self._departments}
        return given | {"responsibility": self.cleaned_data["responsibility"]}

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
        return paper_list(self, self._asked)

    @property
    def kind_chosen(self) -> str:
        """As what the files that come are filed, empty when their names tell."""
        return str(self.data.get("file-kind", "")) if self.is_bound else ""

    @property
    def _asked(self) -> Asked:
        return answering(self, self.returned)

    def clean(self) -> dict[str, Any]:
        """Say which files were not taken, and of which parts it is said both that there is something and nothing."""
        for sentence in self.faults:
            self.add_error(None, sentence)
        for name, section in self.content.sections.items():
            if section.is_filled and self.cleaned_data.get(f"{name}-none"):
                said = {"title": labels.word(name)}
                both = _("“%(title)s” has been filled in and ticked as “none”: keep one of the two.")
                self.add_error(f"{name}-none", both % said)
        return super().clean() or self.cleaned_data

    def does(self, act: Callable[[], Any]) -> bool:
        """Run the act when the form holds; where it does not pass, all that the policy misses is said as well."""
        done = super().does(act)
        if not done and self.is_bound and not (self.unchecked or self.stale or self.forbidden):
            self._say_the_rest()
        return done

    def refuse(self, refused: Refused) -> None:
        """Lead from what the policy misses to the places where it is given, with a sentence for each."""
        refused.refusals = tuple(one for each in refused.refusals for one in self._by_place(each))
        super().refuse(refused)

    def _say_the_rest(self) -> None:
        first, told = self.refusal, {each.sentence for each in self.refused}
        wants = acts.lacking(
            self.standing.order, *self.asks, content=self.content, departments=self._departments, by=self.actor
        )
        rest = [one for each in wants for one in self._by_place(each)]
        new = [one for one in rest if one.sentence not in told and not set(one.missing) & set(self.errors)]
        if new:
            super().refuse(Refused(tuple(new)))
            self.refusal = first or self.refusal

    def _by_place(self, refusal: Refusal) -> Iterator[Refusal]:
        """A refusal as one for each part that is to be filled in: told from the others, and not counted twice."""
        places = tuple(dict.fromkeys(self._places_of(refusal.missing)))
        if not set(places) <= self.fields.keys() - {"file", "recipient"}:
            yield replace(refusal, missing=places)
            return
        if not places:
            yield refusal
        for name in places:
            label = self.fields[name].label or name
            yield replace(refusal, sentence=_("Fill in: %(label)s") % {"label": label}, missing=(name,))

    @property
    def _departments(self) -> tuple[Department, ...]:
        return tuple(self.receivers[each.department][0] for each in self.content.recipients)

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
        for paper in self.base.documents:
            begun |= {name_of(paper, part): str(getattr(paper, part)) for part in LONGEST} if paper.sha256 else {}
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
        found |= paper_fields(self.base)
        drop = Drop({**_SENT, "hx-post": self.request.path}, part=DOCUMENTS)
        found["file"] = FilesField(label=_("List of papers"), required=False, widget=drop)
        found["recipient"] = forms.Field(label=_("Departments"), required=False)
        return found

    def _written(self) -> Content:
        rows = {name: [str(row.prefix) for row in table.forms] for name, table in self.rows.items()}
        by = self.actor.name
        return written(self.data, self.base, by=by, receivers=self.receivers, rows=rows)


class CorrectForm(FillForm):
    """The next version of a form, with an answer to everything that was returned."""

    draft = "handover.correction"
    asks = ("handover.submit",)
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
