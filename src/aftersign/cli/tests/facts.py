"""One more fact, stated in an installation of its own; `Installation.python` starts it there."""

from __future__ import annotations

from django.core.files.base import ContentFile

from aftersign.chapters.general.acts import list_person
from aftersign.chapters.general.facts.people import PersonMoved
from aftersign.kernel.access.actor import operating
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import clockwork
from aftersign.kernel.clock import new_id
from aftersign.kernel.org.models import Person
from aftersign.kernel.org.queries import company
from aftersign.kernel.vault.taking import take


def one() -> None:
    """List somebody."""
    list_person(company(), account=f"p{new_id().hex[-8:]}", name="某人", by=operating())


def naming(digest: str) -> None:
    """A fact that names a file which nothing keeps."""
    with clockwork(company(), by=operating()):
        state(PersonMoved(about=Person.objects.filter(is_administrator=True).get(), title="Manager", files=(digest,)))


def file() -> None:
    """Keep a file that no row speaks of yet."""
    take(ContentFile(f"%PDF-1.7 {new_id()}".encode(), name="paper.pdf"))
