"""The verbs of chapter 1."""

from aftersign.chapters.general.acts.accounts import Secret, change_account, give_password
from aftersign.chapters.general.acts.calendar import change_calendar
from aftersign.chapters.general.acts.departments import change_department, close_department, list_department
from aftersign.chapters.general.acts.deputies import end_deputy, name_deputy
from aftersign.chapters.general.acts.duties import take_duty
from aftersign.chapters.general.acts.leaving import record_leaving
from aftersign.chapters.general.acts.people import list_person, move_person
from aftersign.chapters.general.acts.posts import name_post
from aftersign.chapters.general.acts.refusals import count_refusals

__all__ = [
    "Secret",
    "change_account",
    "change_calendar",
    "change_department",
    "close_department",
    "count_refusals",
    "end_deputy",
    "give_password",
    "list_department",
    "list_person",
    "move_person",
    "name_deputy",
    "name_post",
    "record_leaving",
    "take_duty",
]
