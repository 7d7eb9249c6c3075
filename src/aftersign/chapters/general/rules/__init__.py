"""Who may do what in the general chapter; importing it declares every capability and offers every check."""

from aftersign.chapters.general.rules import duties, leaving, people

__all__ = ["duties", "leaving", "people"]
