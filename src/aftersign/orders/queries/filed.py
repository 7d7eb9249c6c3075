"""Files of an order found by what is in them: what each is called, and where whoever sees the order fetches it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from aftersign.kernel.seal.models import SealedForm
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.models import Paper


@dataclass(frozen=True)
class Filed:
    """A file that a fact names; without a name where no page gives it."""

    digest: str
    name: str = ""
    address: str = ""


Finder = Callable[[UUID, Collection[str]], Iterable[Filed]]
_finders: list[Finder] = []


def offer_files(finder: Finder) -> None:
    """Let a room say which of some digests are files that it keeps of an order."""
    _finders.append(finder)


def filed(order_id: UUID, digests: Iterable[str]) -> list[Filed]:
    """The files of an order behind some digests, in their order, each once."""
    wanted = list(dict.fromkeys(digests))
    if not wanted:
        return []
    found = {each.digest: each for finder in _finders for each in finder(order_id, wanted)}
    return [found.get(digest, Filed(digest)) for digest in wanted]


def _papers(order_id: UUID, digests: Collection[str]) -> Iterable[Filed]:
    rows = Paper.objects.filter(order=order_id, sha256__in=digests).exclude(file="").order_by("stated_at", "id")
    return [Filed(each.sha256, each.name, address_of("orders:paper", each.pk)) for each in rows]


def _documents(order_id: UUID, digests: Collection[str]) -> Iterable[Filed]:
    rows = SealedForm.objects.filter(order_id=order_id, sha256__in=digests).exclude(file="")
    return [Filed(each.sha256, each.name, address_of("orders:document", each.pk)) for each in rows]


offer_files(_papers)
offer_files(_documents)
