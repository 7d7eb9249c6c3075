"""Other files for an edition: a whole rulebook as a zip, some files of it, or one that is pasted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersign.chapters.final.forms.drafting import DraftForm
from aftersign.kernel.shell.fields import FilesField
from aftersign.policy.editions import store
from aftersign.policy.editions.bundle import SUFFIXES, NoRulebook, unpacked
from aftersign.policy.editions.editing import EDITION, with_version
from aftersign.policy.models import Edition

MOST_TEXT = 400_000


class FilesForm(DraftForm):
    """Files that replace those of the same name; a zip that holds `edition.toml` is a rulebook by itself."""

    sent = FilesField(label=gettext_lazy("Rulebook"), accept=(".zip", *SUFFIXES), max_megabytes=8, required=False)
    file = forms.ChoiceField(label=gettext_lazy("File"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What it holds"),
        max_length=MOST_TEXT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, base: Edition) -> None:
        super().__init__(request, base)
        self._before = store.rulebook_of(base.pk).files
        names = sorted(self._before)
        self.fields["file"].choices = [("", "—"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        asked = request.GET.get("file", "")
        if asked in self._before:
            self.initial.update(file=asked, text=self._before[asked])
        self._files: dict[str, str | bytes] = {}

    def clean(self) -> dict[str, Any]:
        """Something was sent or pasted, and it can be read."""
        said = self.cleaned_data
        try:
            sent = [unpacked(each.name or "", each.read()) for each in said.get("sent") or ()]
        except NoRulebook as wrong:
            self.add_error("sent", ValidationError(str(wrong), "unreadable"))
            return said
        pasted = {said["file"]: said["text"].replace("\r\n", "\n")} if said.get("file") and said.get("text") else {}
        if not sent and not pasted:
            raise ValidationError(_("Send a rulebook, or paste the text of one of its files"), "nothing")
        self._files = self._put_together(sent, pasted)
        return said

    def _put_together(self, sent: list[dict[str, bytes]], pasted: dict[str, str]) -> dict[str, str | bytes]:
        whole = next((files for files in sent if EDITION in files and len(files) > 1), None)
        files: dict[str, str | bytes] = {**(self._before if whole is None else whole)}
        for each in sent:
            files |= each
        return files | pasted

    @property
    def files_of_draft(self) -> dict[str, str | bytes]:
        edition = self._files.get(EDITION)
        try:
            text = edition.decode() if isinstance(edition, bytes) else edition or ""
            return {**self._files, **with_version({EDITION: text}, self.cleaned_data["version"])}
        except ValueError:  # no text or no TOML: the loader says where
            return self._files
