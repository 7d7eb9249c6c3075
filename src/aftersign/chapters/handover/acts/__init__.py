"""The verbs of the handover, the only writers of this room."""

from aftersign.chapters.handover.acts.afterwards import correct, receive_original
from aftersign.chapters.handover.acts.ceremonies import correct_and_resend, send_and_sign, sign_for_copy
from aftersign.chapters.handover.acts.copies import (
    Returning,
    accept_copy,
    recall_copy,
    resend_copy,
    return_copy,
)
from aftersign.chapters.handover.acts.drafting import attach, take_off
from aftersign.chapters.handover.acts.form import distribute, sign, submit
from aftersign.chapters.handover.acts.points import Session, confirm_points, explain
from aftersign.chapters.handover.acts.questions import answer, ask, withdraw_question
from aftersign.chapters.handover.acts.signing import Ceremony

__all__ = [
    "Ceremony",
    "Returning",
    "Session",
    "accept_copy",
    "answer",
    "ask",
    "attach",
    "confirm_points",
    "correct",
    "correct_and_resend",
    "distribute",
    "explain",
    "recall_copy",
    "receive_original",
    "resend_copy",
    "return_copy",
    "send_and_sign",
    "sign",
    "sign_for_copy",
    "submit",
    "take_off",
    "withdraw_question",
]
