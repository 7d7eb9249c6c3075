"""Tables of the handover: the form and its versions, copies, signatures, returns, questions, and what stands beside."""

from aftersign.chapters.handover.models.answer import Question, ReturnItem
from aftersign.chapters.handover.models.beside import Correction, Explanation, Original
from aftersign.chapters.handover.models.form import FormVersion, Handover, HandoverCopy
from aftersign.chapters.handover.models.signature import PaperSigning, Signature

__all__ = [
    "Correction",
    "Explanation",
    "FormVersion",
    "Handover",
    "HandoverCopy",
    "Original",
    "PaperSigning",
    "Question",
    "ReturnItem",
    "Signature",
]
