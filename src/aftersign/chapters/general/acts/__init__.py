"""The verbs of chapter 1."""

from aftersign.chapters.general.acts.accounts import Secret, change_account, give_password
from aftersign.chapters.general.acts.answers import refuse_request, withdraw_request
from aftersign.chapters.general.acts.calendar import change_calendar
from aftersign.chapters.general.acts.company import change_company
from aftersign.chapters.general.acts.corrections import request_withdrawal, withdraw_fact
from aftersign.chapters.general.acts.departments import change_department, close_department, list_department
from aftersign.chapters.general.acts.deputies import end_deputy, name_deputy
from aftersign.chapters.general.acts.duties import hand_on_duty, take_duty
from aftersign.chapters.general.acts.exceptions import extend_duty, request_extension, request_waiver, waive_duty
from aftersign.chapters.general.acts.leaving import record_leaving
from aftersign.chapters.general.acts.newcomers import list_people
from aftersign.chapters.general.acts.people import list_person, move_person
from aftersign.chapters.general.acts.posts import name_post
from aftersign.chapters.general.acts.refusals import count_refusals
from aftersign.chapters.general.acts.releases import agree_to_release, release_gate, request_release

__all__ = [
    "Secret",
    "agree_to_release",
    "change_account",
    "change_calendar",
    "change_company",
    "change_department",
    "close_department",
    "count_refusals",
    "end_deputy",
    "extend_duty",
    "give_password",
    "hand_on_duty",
    "list_department",
    "list_people",
    "list_person",
    "move_person",
    "name_deputy",
    "name_post",
    "record_leaving",
    "refuse_request",
    "release_gate",
    "request_extension",
    "request_release",
    "request_waiver",
    "request_withdrawal",
    "take_duty",
    "waive_duty",
    "withdraw_fact",
    "withdraw_request",
]
