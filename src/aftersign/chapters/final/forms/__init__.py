"""Forms on editions: other parameters, other files, the approval, the withdrawal."""

from aftersign.chapters.final.forms.deciding import IssueForm, WithdrawForm
from aftersign.chapters.final.forms.files import FilesForm
from aftersign.chapters.final.forms.parameters import ParametersForm

__all__ = ["FilesForm", "IssueForm", "ParametersForm", "WithdrawForm"]
