"""Papers in a form: files are taken in as they arrive and stay with the form, whatever else is still to be mended."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from aftersign.kernel.access.actor import Actor
from aftersign.kernel.shell.asking import whole
from aftersign.kernel.shell.rows import ADD, RowForms
from aftersign.kernel.shell.widgets import Drop
from aftersign.kernel.vault.taking import NotTaken
from aftersign.orders import papers
from aftersign.orders.entries import PaperEntry
from aftersign.orders.forms.choices import CONTRACT, OTHER_PAPER, paper_kinds

FILES, ROWS = "files", "papers"
_SENT = {
    "id": FILES,
    "form": "reg",
    "hx-trigger": "upload",
    "hx-encoding": "multipart/form-data",
    "hx-include": "closest form",
    "hx-vals": f'{{"{ADD}":"{FILES}"}}',
    "hx-target": f"#{ROWS}",
    "hx-select": f"#{ROWS}",
    "hx-select-oob": "#said-contract,#said-title,#beside-reg",
    "hx-swap": "outerHTML",
}
GONE = _("A file that was sent earlier is not kept any more. Take it off the list and choose it again.")
_SIGNS = {
    "requirement_statement": ("需求", "requirement"),
    "service_specification": ("规格", "規格", "specification"),
    "quotation": ("报价", "報價", "quot"),
    "negotiation_record": ("谈判", "談判", "negotiat"),
    CONTRACT: ("合同", "协议", "協議", "contract", "agreement"),
}
_NUMBER = re.compile(r"[A-Za-z]{1,10}(?:[-_][A-Za-z0-9]+)*[-_]\d[A-Za-z0-9-]*|[A-Za-z]{1,6}\d{4,}[A-Za-z0-9-]*")
_CONTRACT_WORDS = (
    "合同",
    "协议",
    "協議",
    "扫描件",
    "掃描件",
    "正本",
    "副本",
    "签字版",
    "簽字版",
    "终稿",
    "終稿",
    "contract",
)
_NAMED_CONTRACT = re.compile("|".join(_CONTRACT_WORDS), re.IGNORECASE)


class PaperRow(forms.Form):
    """A file that has been taken in, and what it is."""

    actor: Actor | None = None
    token = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Filed as"), choices=paper_kinds)

    @property
    def file(self) -> papers.StoredFile | None:
        """The file behind the row, readable without the row being checked."""
        return papers.from_token(str(self["token"].value() or ""), self.actor) if self.actor else None


PAPER_ROWS = RowForms(PaperRow, blank=0, most=50)


def taken_in(request: HttpRequest) -> tuple[QueryDict, list[str]]:
    """What was sent, with its files stored and turned into rows, and why some of them were not taken."""
    data, faults = request.POST.copy(), []
    actor: Actor = request.actor  # type: ignore[attr-defined]
    for upload in request.FILES.getlist(FILES):
        try:
            stored = papers.store(upload)
        except NotTaken as fault:
            faults.append(str(fault))
            continue
        place = whole(data.get(f"{ROWS}-rows"))
        data[f"{ROWS}-rows"] = str(place + 1)
        data[f"{ROWS}-{place}-token"] = stored.token(actor)
        data[f"{ROWS}-{place}-kind"] = likely_kind(stored.name)
    return data, faults


def place_of(address: str) -> SafeString:
    """The place where files are dropped; a script sends each to this address as soon as it is there."""
    invitation = _("Choose contract, requirements, quotation and minutes together, or drag or paste them here")
    return Drop({**_SENT, "hx-post": address}, part=ROWS, invitation=invitation).render(FILES, None)


def entries(rows: list[dict[str, Any]], actor: Actor) -> tuple[PaperEntry, ...]:
    """The papers of a form that has been checked; a token of somebody else's is passed over."""
    files = ((papers.from_token(row["token"], actor), row["kind"]) for row in rows)
    return tuple(file.as_paper(kind) for file, kind in files if file)


def likely_kind(name: str) -> str:
    """What a file probably is, by its name."""
    lower = name.lower()
    found = (kind for kind, signs in _SIGNS.items() if any(sign in lower for sign in signs))
    kind = next(found, OTHER_PAPER)
    return kind if kind in dict(paper_kinds()) else OTHER_PAPER


def number_in(name: str) -> str:
    """The contract number that a file's name begins with or holds, empty when there is none."""
    found = _NUMBER.search(name.rpartition(".")[0])
    return found.group() if found else ""


def title_in(name: str) -> str:
    """What an order may be called after the name of its contract."""
    stem = name.rpartition(".")[0]
    bare = _NAMED_CONTRACT.sub(" ", stem.replace(number_in(name), " "))
    return re.sub(r"[\s_\-—()\uff08\uff09]+", " ", bare).strip()
