"""Whether the texts of editions are still those that were drafted."""

from __future__ import annotations

from aftersign.kernel.journal import queries
from aftersign.kernel.journal.proof.report import Report
from aftersign.policy.models import Edition
from aftersign.policy.rulebook.folder import digest_of

DRAFTED = "policy.drafted"


def look(report: Report) -> None:
    """Name the editions whose texts do not have the digest that was stated when they were drafted."""
    for fact in queries.of_order(None, names=[DRAFTED], private=False):
        texts = Edition.objects.filter(pk=fact.unit_id).values_list("files", flat=True).first()
        if texts is None or digest_of(texts) not in fact.files:
            report.problem("texts_changed", fact.sequence, "the texts of the edition are not those that were drafted")
