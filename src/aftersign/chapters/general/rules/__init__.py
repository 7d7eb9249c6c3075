"""Who may do what in the general chapter; importing it declares every capability and offers every check."""

from aftersign.chapters.general.rules import checks, duties, exceptions, leaving, people

__all__ = ["checks", "duties", "exceptions", "leaving", "people"]
