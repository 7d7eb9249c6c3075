"""What a receiver fills in to return a copy: which things, why, and what exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.acts import Returning
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.forms.signing import restart
from aftersign.chapters.handover.models import HandoverCopy, ReturnItem
from aftersign.kernel.shell.forms import ActForm

LONGEST = 500


@dataclass(frozen=True)
class Place:
    """One place in the form that can be returned, with what has been said of it on the page."""

    item: str
    label: str
    text: str
    chosen: bool = False
    reason: str = ""
    said: str = ""


@dataclass(frozen=True)
class Group:
    """A part of the form with the places in it; it is open on the page when one of them is chosen."""

    title: str
    places: list[Place]

    @property
    def is_open(self) -> bool:
        """Whether something in it has been chosen."""
        return any(place.chosen for place in self.places)


class ReturnForm(ActForm):
    """Return a copy: which things, each with a reason and a sentence."""

    check_value = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, copy: HandoverCopy) -> None:
        super().__init__(request, copy, initial={"check_value": copy.form.check_value})
        restart(self, copy)
        self.content = copy.form.content

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """The reasons to choose from."""
        return [(value, str(label)) for value, label in ReturnItem.Reason.choices]

    @property
    def groups(self) -> list[Group]:
        """The places of the form by part, the whole part first."""
        places: dict[str, list[Place]] = {}
        for item, text in _places(self.content):
            places.setdefault(item.partition(".")[0], []).append(self._place(item, text))
        return [Group(_title(part), found) for part, found in places.items()]

    @property
    def said(self) -> dict[str, Any]:
        """What the act takes: the text that was read, and what is returned."""
        return {"check_value": self.cleaned_data["check_value"], "items": self.items}

    @property
    def items(self) -> tuple[Returning, ...]:
        """What is returned, as the act takes it."""
        chosen = (place for group in self.groups for place in group.places if place.chosen)
        return tuple(Returning(place.item, place.reason, place.said) for place in chosen)

    def _place(self, item: str, text: str) -> Place:
        data = self.data if self.is_bound else {}
        return Place(
            item=item,
            label=labels.item(item),
            text=text,
            chosen=bool(data.get(f"return-{item}")),
            reason=str(data.get(f"reason-{item}", "")),
            said=str(data.get(f"text-{item}", "")).strip()[:LONGEST],
        )


def _places(content: Content) -> list[tuple[str, str]]:
    """References and texts: each part as a whole, its rows, and the papers."""
    rows = content.items()
    found: list[tuple[str, str]] = []
    for name, section in content.sections.items():
        found.append((name, ""))
        if isinstance(section.body, tuple):
            found += [(f"{name}.{row['no']}", next(iter(rows[f"{name}.{row['no']}"].values()))) for row in section.body]
    found.append(("documents", ""))
    found += [(item, rows[item].get("file", "").rpartition(" ")[0]) for item in rows if item.startswith("documents.")]
    return found


def _title(part: str) -> str:
    return _("List of papers") if part == "documents" else labels.word(part)
