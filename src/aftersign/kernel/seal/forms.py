"""The kinds of forms that are sealed: rooms say how theirs are printed and what states that they were sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from aftersign.kernel.seal.models import ToSeal
from aftersign.kernel.vault.taking import Kept


@dataclass(frozen=True)
class Drawn:
    """A form on paper, not sealed yet: its PDF, the number of the document, and which version of it this is."""

    pdf: bytes
    number: str
    version: int


@dataclass(frozen=True)
class Made:
    """A sealed file that lies in the vault, before any fact speaks of it; `claim` is that of whoever made it."""

    drawn: Drawn
    file: Kept
    claim: UUID | None
    certificate: str
    issuer: str
    is_timestamped: bool
    at: datetime


@dataclass(frozen=True)
class Form:
    """A kind of form that is sealed, and the class of documents in which it is kept, in the policy's words.

    `draw` prints it with a passage on the seal, None when what asked for it no longer stands. `keep` is the act: it
    calls `keeping.keep` and states the fact in one transaction, and answers with False, having done neither, when what
    was printed is no longer what stands.
    """

    name: str
    title: str | Promise
    category: str
    draw: Callable[[ToSeal, str], Drawn | None]
    keep: Callable[[ToSeal, Made], bool]


_forms: dict[str, Form] = {}


def offer(form: Form) -> None:
    """Make a kind of form known; raises `ValueError` when its name is taken."""
    if form.name in _forms:
        raise ValueError(f"the form {form.name} is offered twice")
    _forms[form.name] = form


def form_named(name: str) -> Form | None:
    """The kind of that name, None where its room is not installed."""
    return _forms.get(name)


def names() -> list[str]:
    """The names of all kinds that can be sealed here."""
    return sorted(_forms)
