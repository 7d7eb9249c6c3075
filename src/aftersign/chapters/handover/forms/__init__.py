"""What people fill in: the form itself, signatures, returns, questions."""

from aftersign.chapters.handover.forms.beside import (
    AnswerForm,
    AskForm,
    CorrectionForm,
    ExplainForm,
    OriginalForm,
    ReasonForm,
)
from aftersign.chapters.handover.forms.filling import CorrectForm, FillForm, files_of, paper_to_remove
from aftersign.chapters.handover.forms.paper import PaperForm
from aftersign.chapters.handover.forms.returning import ReturnForm
from aftersign.chapters.handover.forms.signing import AcceptForm, SignForm, TogetherForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AskForm",
    "CorrectForm",
    "CorrectionForm",
    "ExplainForm",
    "FillForm",
    "OriginalForm",
    "PaperForm",
    "ReasonForm",
    "ReturnForm",
    "SignForm",
    "TogetherForm",
    "files_of",
    "paper_to_remove",
]
