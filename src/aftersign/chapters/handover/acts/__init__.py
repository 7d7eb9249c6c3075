"""The verbs of the handover, the only writers of this room."""

from aftersign.chapters.handover.acts.afterwards import correct, receive_original
from aftersign.chapters.handover.acts.ceremonies import correct_and_resend, send_and_sign, sign_and_send, sign_for_copy
from aftersign.chapters.handover.acts.copies import (
    Returning,
    accept_copy,
    recall_copy,
    resend_copy,
    return_copy,
)
from aftersign.chapters.handover.acts.drafting import attach, take_off
from aftersign.chapters.handover.acts.form import distribute, sign, submit
from aftersign.chapters.handover.acts.paper import accept_on_paper
from aftersign.chapters.handover.acts.points import Session, confirm_points, explain
from aftersign.chapters.handover.acts.questions import answer, ask, withdraw_question
from aftersign.chapters.handover.acts.signing import Ceremony, Paper
from aftersign.chapters.handover.acts.unsigning import withdraw_signature
from aftersign.chapters.handover.acts.wanting import lacking

__all__ = [
    "Ceremony",
    "Paper",
    "Returning",
    "Session",
    "accept_copy",
    "accept_on_paper",
    "answer",
    "ask",
    "attach",
    "confirm_points",
    "correct",
    "correct_and_resend",
    "distribute",
    "explain",
    "lacking",
    "recall_copy",
    "receive_original",
    "resend_copy",
    "return_copy",
    "send_and_sign",
    "sign",
    "sign_and_send",
    "sign_for_copy",
    "submit",
    "take_off",
    "withdraw_question",
    "withdraw_signature",
]
