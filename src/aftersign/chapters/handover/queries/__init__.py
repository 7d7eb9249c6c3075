"""The readers of the handover: what a page shows, for whoever may see it."""

from aftersign.chapters.handover.queries.proof import Proof, proof_of
from aftersign.chapters.handover.queries.proposal import (
    CONTRACT,
    DEPARTMENT_SUFFIX,
    Receivers,
    begun,
    demanded_departments,
    latest_content,
    proposed,
    receivers,
)
from aftersign.chapters.handover.queries.standing import (
    Block,
    Standing,
    adopted_at,
    copies_of,
    copy_of,
    form_of,
    has_original,
    standing,
)

__all__ = [
    "CONTRACT",
    "DEPARTMENT_SUFFIX",
    "Block",
    "Proof",
    "Receivers",
    "Standing",
    "adopted_at",
    "begun",
    "copies_of",
    "copy_of",
    "demanded_departments",
    "form_of",
    "has_original",
    "latest_content",
    "proof_of",
    "proposed",
    "receivers",
    "standing",
]
