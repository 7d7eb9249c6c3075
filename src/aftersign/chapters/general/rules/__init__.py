"""Who may do what in the general chapter; importing it declares every capability."""

from aftersign.chapters.general.rules import duties, people

__all__ = ["duties", "people"]
