"""One more fact, stated in an installation of its own; `Installation.python` starts it there."""

from __future__ import annotations

from aftersign.chapters.general.acts import list_person
from aftersign.kernel.access.actor import operating
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.queries import company


def one() -> None:
    """List somebody."""
    list_person(company(), account=f"p{new_id().hex[-8:]}", name="某人", by=operating())
