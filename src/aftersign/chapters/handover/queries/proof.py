"""Whether a version is still what was signed: its check value worked out anew, beside signatures and journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from aftersign.chapters.handover import labels
from aftersign.chapters.handover.content import Content, check_value_of
from aftersign.chapters.handover.models import FormVersion, Signature
from aftersign.chapters.handover.queries.signing import ACCEPTED, GIVEN, fact_of
from aftersign.chapters.handover.queries.standing import Standing
from aftersign.kernel.journal import chain
from aftersign.kernel.journal import queries as journal
from aftersign.kernel.journal.facts import Recorded
from aftersign.kernel.journal.models import Entry
from aftersign.kernel.shell.dates import exact_day

SUBMITTED = "handover.submitted"
# An act takes its moments one after another; more than this lies between no signature and the fact that states it.
_APART = timedelta(minutes=1)


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


@dataclass(frozen=True)
class SignatureProof:
    """One signature: the check value of the text that was signed as it is stored now, and what does not agree."""

    signature: Signature
    worked_out: str
    stated: Recorded | None
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        return not self.faults


def proof_of(standing: Standing, form: FormVersion) -> Proof:
    """Check a version; reads the journal once."""
    submitted = journal.all_of(standing.order.pk, SUBMITTED)
    return Proof(
        form=form,
        worked_out=check_value_of(form.text),
        signatures=[row for row in standing.signatures if row.form_id == form.pk],
        stated=_submission(form, submitted),
    )


def proof_of_signature(row: Signature) -> SignatureProof:
    """Check a signature with its version against the journal, and the rows of the journal themselves; three queries."""
    told = journal.of_order(row.order_id, names=[SUBMITTED, GIVEN, ACCEPTED])
    submitted, stated = _submission(row.form, told), fact_of(row, told)
    worked_out = check_value_of(row.form.text)
    faults = (*_of_text(row, worked_out, submitted), *_of_fact(row, stated), *_of_chain((submitted, stated)))
    return SignatureProof(row, worked_out, stated, faults)


def _submission(form: FormVersion, told: Iterable[Recorded]) -> Recorded | None:
    found = (fact for fact in told if fact.name == SUBMITTED and fact.payload.get("version") == form.number)
    return next(found, None)


def _of_text(row: Signature, worked_out: str, submitted: Recorded | None) -> Iterator[str]:
    """Whether the text is the one that was signed, and in which parts it is another one."""
    if worked_out != row.check_value:
        yield _("The text stored now is not the one that was signed.")
    if submitted is None:
        yield _("The journal has no entry of this version having been submitted.")
        return
    if submitted.payload.get("form") != row.check_value:
        yield _("The journal knows this version under another check value.")
    for part in _changed(row.form, submitted):
        yield _("The part “%(part)s” differs from what was submitted.") % {"part": part}


def _changed(form: FormVersion, submitted: Recorded) -> list[str]:
    """Parts that say something else than the fact of the submission, as far as its words have not been erased."""
    said = submitted.payload.get("sections")
    content = _read(form)
    if content is None:
        return []
    found = []
    if isinstance(said, dict):
        now = {name: section.stated() for name, section in content.sections.items() if section.is_answered}
        found = [labels.item(name) for name in {**said, **now} if said.get(name) != now.get(name)]
    if set(content.digests()) != set(submitted.files):
        found.append(_("List of papers"))
    return found


def _read(form: FormVersion) -> Content | None:
    try:
        return form.content
    except (ValueError, KeyError, TypeError):
        return None


def _of_fact(row: Signature, stated: Recorded | None) -> Iterator[str]:
    """Whether the journal states the same signature."""
    if stated is None:
        yield _("The journal has no entry of this signature by %(name)s.") % {"name": row.name}
        return
    said = stated.payload
    for key, label in (("responsibility", _("Responsibility")), ("reservations", _("Reservations"))):
        text = said.get(key) or ""
        if isinstance(text, str) and text != getattr(row, key):
            yield _("“%(field)s” differs from what was signed: %(text)s") % {"field": label, "text": text}
    if abs(stated.entered - row.signed_at) > _APART:
        moment = exact_day(stated.entered)
        yield _("The journal has another time for this signature: %(time)s.") % {"time": moment}


def _of_chain(facts: Iterable[Recorded | None]) -> Iterator[str]:
    """Whether the rows of the journal that say so have the hashes under which they were appended."""
    places = [fact.sequence for fact in facts if fact]
    for entry in Entry.objects.filter(pk__in=places).order_by("pk"):
        if chain.hash_of(entry) != entry.hash:
            yield _("Entry %(number)s of the journal has been tampered with.") % {"number": entry.sequence}
