"""The audit papers that were made here, as the audit log keeps them, and whether the journal is as they state."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from aftersign.desk.queries.compliance.paper import Paper
from aftersign.kernel.access.models import SUBJECT_LENGTH, AuditEntry, Event
from aftersign.kernel.journal import chain
from aftersign.kernel.journal.canonical import GENESIS
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.print.codes import LENGTH, bare, verification_code

PDF, WORKBOOK = "pdf", "xlsx"
_NAME = "compliance paper"
_WRITTEN = re.compile(_NAME + r" ([0-9a-f]{64}) (pdf|xlsx) ([0-9]+) ([0-9a-f]{64})(?: (.*))?", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """What is kept of a paper: its check value, its form, the head of the chain that it states, and its selection.

    `query` is the selection as an address writes it, empty where it was too long to be kept.
    """

    check_value: str
    form: str
    sequence: int
    hash: str
    query: str

    @property
    def subject(self) -> str:
        """The line of the audit log about the paper."""
        said = " ".join((_NAME, self.check_value, self.form, str(self.sequence), self.hash, self.query)).rstrip()
        return said if len(said) <= SUBJECT_LENGTH else replace(self, query="").subject


@dataclass(frozen=True)
class PaperProof:
    """A paper that was made here, its line in the audit log, and the journal's entry at the head that it states."""

    made: Made
    line: AuditEntry

    @property
    def code(self) -> str:
        """The code as it stands on the paper."""
        return verification_code(self.made.check_value)

    @property
    def form_words(self) -> str:
        """On what it was written."""
        return _("Printed paper") if self.made.form == PDF else _("Workbook")

    @cached_property
    def entry(self) -> Entry | None:
        """The entry of the journal at that place now; none where there is none."""
        return Entry.objects.filter(pk=self.made.sequence).first()

    @property
    def holds(self) -> bool:
        """Whether the journal's entry at that place still has that hash, and is what the hash was worked out of."""
        if self.entry is None:
            return (self.made.sequence, self.made.hash) == (0, GENESIS)
        return self.entry.hash == self.made.hash == chain.hash_of(self.entry)


def made_of(paper: Paper, form: str, check_value: str, query: str) -> Made:
    """What is kept of a paper that has just been made."""
    return Made(check_value, form, paper.sequence, paper.hash, query)


def is_whole(code: str) -> bool:
    """Whether so much was typed that it can be the code of a paper."""
    return LENGTH <= len(bare(code)) <= 64


def proof_of(code: str) -> PaperProof | None:
    """The paper to which a code belongs, however it was typed; none for a code that is no paper's. One query."""
    if not is_whole(code):
        return None
    lines = AuditEntry.objects.filter(event=Event.EXPORTED, subject__startswith=f"{_NAME} {bare(code)}")
    line = lines.select_related("person").order_by("at", "pk").first()
    return proof_in(line) if line else None


def proof_in(line: AuditEntry) -> PaperProof | None:
    """The paper about which a line of the audit log is; none for any other line."""
    written = _WRITTEN.fullmatch(line.subject) if line.event == Event.EXPORTED else None
    if written is None:
        return None
    check_value, form, sequence, digest, query = written.groups()
    return PaperProof(Made(check_value, form, int(sequence), digest, query or ""), line)
