"""Readers of the general chapter: the organisation, its people and deputies, and what somebody leaves behind."""

from aftersign.chapters.general.queries.departments import standing_in
from aftersign.chapters.general.queries.deputies import deputyships, today

__all__ = ["deputyships", "standing_in", "today"]
