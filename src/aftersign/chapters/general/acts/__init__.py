"""The verbs of chapter 1."""

from aftersign.chapters.general.acts.calendar import change_calendar
from aftersign.chapters.general.acts.departments import change_department, list_department
from aftersign.chapters.general.acts.duties import take_duty
from aftersign.chapters.general.acts.people import list_person, move_person, name_post

__all__ = [
    "change_calendar",
    "change_department",
    "list_department",
    "list_person",
    "move_person",
    "name_post",
    "take_duty",
]
