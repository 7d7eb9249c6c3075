"""Whether a version is still what was signed: its check value worked out anew, beside signatures and journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aftersign.chapters.handover.content import check_value_of
from aftersign.chapters.handover.models import FormVersion, Signature
from aftersign.chapters.handover.queries.standing import Standing
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded


@dataclass(frozen=True)
class Proof:
    """A version, the check value that its text has now, its signatures, and the fact of its submission."""

    form: FormVersion
    worked_out: str
    signatures: Sequence[Signature]
    stated: Recorded | None

    @property
    def text_holds(self) -> bool:
        """Whether the text is the one that was submitted."""
        return self.worked_out == self.form.check_value

    @property
    def journal_holds(self) -> bool:
        """Whether the journal names the same check value."""
        return self.stated is not None and self.stated.payload.get("form") == self.worked_out

    @property
    def signed_otherwise(self) -> list[Signature]:
        """Signatures under something else than this text."""
        return [row for row in self.signatures if row.check_value != self.worked_out]

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        return self.text_holds and self.journal_holds and not self.signed_otherwise


def proof_of(standing: Standing, form: FormVersion) -> Proof:
    """Check a version; reads the journal once."""
    submitted = journal.all_of(standing.order.pk, "handover.submitted")
    return Proof(
        form=form,
        worked_out=check_value_of(form.text),
        signatures=[row for row in standing.signatures if row.form_id == form.pk],
        stated=next((fact for fact in submitted if fact.payload.get("version") == form.number), None),
    )
