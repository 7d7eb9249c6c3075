"""Forms on editions: other parameters, other files, the approval, the withdrawal, and telling people of them."""

from aftersign.chapters.final.forms.deciding import IssueForm, WithdrawForm
from aftersign.chapters.final.forms.files import FilesForm
from aftersign.chapters.final.forms.grades import GradesForm
from aftersign.chapters.final.forms.parameters import ParametersForm
from aftersign.chapters.final.forms.questions import QuestionsForm
from aftersign.chapters.final.forms.telling import AcknowledgeForm, TellForm

__all__ = [
    "AcknowledgeForm",
    "FilesForm",
    "GradesForm",
    "IssueForm",
    "ParametersForm",
    "QuestionsForm",
    "TellForm",
    "WithdrawForm",
]
