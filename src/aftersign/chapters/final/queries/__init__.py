"""Readers of editions: which wait for their day, which rooms are installed, and what the pages show."""

from aftersign.chapters.final.queries.issued import awaited, installed_rooms, is_awaited

__all__ = ["awaited", "installed_rooms", "is_awaited"]
