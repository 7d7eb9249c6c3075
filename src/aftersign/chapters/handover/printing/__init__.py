"""The order handover form on paper."""

from aftersign.chapters.handover.printing.form import print_form

__all__ = ["print_form"]
