"""The readers of the handover: what a page shows, for whoever may see it."""

from aftersign.chapters.handover.queries.proposal import (
    CONTRACT,
    DEPARTMENT_SUFFIX,
    demanded_departments,
    latest_content,
    proposed,
    working_copy,
)
from aftersign.chapters.handover.queries.standing import Block, Standing, copy_of, form_of, standing

__all__ = [
    "CONTRACT",
    "DEPARTMENT_SUFFIX",
    "Block",
    "Standing",
    "copy_of",
    "demanded_departments",
    "form_of",
    "latest_content",
    "proposed",
    "standing",
    "working_copy",
]
