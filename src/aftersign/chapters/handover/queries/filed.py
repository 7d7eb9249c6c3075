"""Files that the handover keeps of an order: the receipt for the original contract, and scans of signed papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from aftersign.chapters.handover.models import Original, PaperSigning
from aftersign.kernel.units.addresses import address_of
from aftersign.orders.queries.filed import Filed


def receipts_and_scans(order_id: UUID, digests: Collection[str]) -> Iterable[Filed]:
    """Those of some digests that are a receipt in force or a scan, with where each is fetched."""
    for original in Original.objects.filter(order=order_id, sha256__in=digests).select_related("order"):
        address = address_of("handover:receipt", original.order.number)
        yield Filed(original.sha256, original.receipt_name, address)
    for paper in PaperSigning.objects.filter(order=order_id, sha256__in=digests).select_related("order"):
        yield Filed(paper.sha256, paper.scan_name, address_of("handover:scan", paper.order.number, paper.signature_id))
