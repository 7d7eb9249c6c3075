"""What the general chapter puts on pages of others."""

from aftersign.chapters.general.panels import exceptions, people


def offer() -> None:
    """Put everything in its place; called once, when the application starts."""
    exceptions.offer()
    people.offer()
