"""The verbs of chapter 1."""

from aftersign.chapters.general.acts.calendar import change_calendar
from aftersign.chapters.general.acts.departments import change_department, list_department
from aftersign.chapters.general.acts.duties import take_duty
from aftersign.chapters.general.acts.people import list_person, move_person, name_post
from aftersign.chapters.general.acts.refusals import count_refusals

__all__ = [
    "change_calendar",
    "change_department",
    "count_refusals",
    "list_department",
    "list_person",
    "move_person",
    "name_post",
    "take_duty",
]
