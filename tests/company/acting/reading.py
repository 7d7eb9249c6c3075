"""The links and forms of a page, read from its text as a browser would."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Field:
    """One control of a form; `choices` are the values of a select."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form that is posted, with its controls and the named buttons that send it."""

    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """What a page leads to."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def read(text: str) -> Page:
    """The page of this text."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._form: Form | None = None
        self._field: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get"):
            if said.get(name, "").startswith(("/", "?")):
                self.page.links.append(said[name])
        if tag == "form":
            self._begin_form(said)
        elif self._form is not None:
            self._control(tag, said, self._form)

    def _begin_form(self, said: dict[str, str]) -> None:
        if said.get("method", "get").lower() == "post" or "hx-post" in said:
            self._form = Form(said.get("action") or said.get("hx-post", ""))
            self.page.forms.append(self._form)

    def _control(self, tag: str, said: dict[str, str], form: Form) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "option" and self._field is not None:
            self._field.choices.append(value)
        elif not name:
            return
        elif tag == "button" or said.get("type") == "submit":
            form.buttons.append((name, value))
        elif tag in ("input", "select", "textarea"):
            self._field = Field(name, tag if tag == "select" else said.get("type", "text"), value)
            form.fields.append(self._field)

    def handle_data(self, data: str) -> None:
        if self._field is not None and self.get_starttag_text() and self.lasttag == "textarea":
            self._field.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in ("form", "select", "textarea"):
            self._field = None
