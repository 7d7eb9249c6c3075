"""What a receiver fills in for a form that was signed by hand: its scan and code, who signed, and where it is kept."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersign.chapters.handover import queries
from aftersign.chapters.handover.acts import Ceremony, Paper
from aftersign.chapters.handover.forms.signing import AcceptForm
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.chapters.handover.reading import Line
from aftersign.kernel.org.queries import people
from aftersign.kernel.print import codes
from aftersign.kernel.shell.dates import today
from aftersign.kernel.shell.fields import DayField, FilesField, PersonField
from aftersign.kernel.vault import places
from aftersign.kernel.vault.taking import Kept, NotTaken, take

KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_DAY = 86400
_NO_SCAN = gettext_lazy("Choose the scan, or a photo, of the signed paper.")


class PaperForm(AcceptForm):
    """A paper that a department has signed: the scan is read for its code, which may be typed where that fails.

    A scan that was taken in once is not asked for again: it comes along under our own signature.
    """

    scan = FilesField(
        label=gettext_lazy("Scan of the signed paper"), accept=KINDS, error_messages={"required": _NO_SCAN}
    )
    code = forms.CharField(label=gettext_lazy("Code on the paper"), max_length=40, required=False)
    signer = PersonField(label=gettext_lazy("Signed by hand by"))
    signed_on = DayField(label=gettext_lazy("Date beside the signature"))
    keeper = PersonField(label=gettext_lazy("Keeper of the paper"))
    place = forms.CharField(label=pgettext_lazy("of a paper", "Place"), max_length=120)

    def __init__(self, request: HttpRequest, copy: HandoverCopy, *, points: list[Line], changes: int) -> None:
        super().__init__(request, copy, points=points, changes=changes)
        self.actor_asking, self.copy = self.actor, copy
        self.fields["scan"].required = not self.data.get("kept")
        mine = Q(department=copy.department_id) | Q(pk=copy.department.head_id)
        cast(PersonField, self.fields["signer"]).queryset = people().filter(mine)
        self.initial = {**self.initial, "signed_on": today(), "signer": request.user.pk}

    @property
    def file(self) -> Kept | None:
        """The scan as it is kept, from this or an earlier attempt."""
        return getattr(self, "_file", None)

    @property
    def token(self) -> str:
        """The scan as the form carries it to the next attempt."""
        return signing.dumps(asdict(self.file), salt=self._salt) if self.file else ""

    @property
    def _salt(self) -> str:
        return f"handover.paper.{self.copy.pk}.{self.actor_asking.id}"

    def clean_scan(self) -> Kept | None:
        """Take the scan in, or the one of an earlier attempt; raises `ValidationError` saying why not."""
        try:
            sent = self.cleaned_data["scan"]
            self._file = take(sent[0]) if sent else self._earlier()
        except NotTaken as fault:
            raise ValidationError(str(fault)) from fault
        if self._file is None:
            raise ValidationError(_NO_SCAN, "required")
        return self._file

    def _earlier(self) -> Kept | None:
        try:
            kept = Kept(**signing.loads(self.data.get("kept", ""), salt=self._salt, max_age=_DAY))
        except signing.BadSignature:
            return None
        return kept if places.hold(kept.sha256) else None

    def clean(self) -> dict[str, Any]:
        """Read the code from the scan, else take the typed one; a paper of another version is told from it at once."""
        typed = super().clean() or self.cleaned_data
        if self.file is None:
            return typed
        found = codes.read(self.file.name, self.file.sha256)
        code = queries.code_on(found.codes, found.pictures) or codes.bare(typed.get("code", ""))
        if not code:
            lacking = _("No code could be read from this scan. Type the one that stands beside the title of the paper.")
            self.add_error("code", lacking)
        elif other := queries.other_paper(self.actor_asking, self.copy, code):
            self.add_error("code", other)
        return typed | {"code": code}

    @property
    def ceremony(self) -> Ceremony:
        """What was declared, and the paper on which it was."""
        typed = self.cleaned_data
        said = {name: typed[name] for name in ("signer", "signed_on", "code", "scan", "keeper", "place")}
        return replace(super().ceremony, paper=Paper(**said))
