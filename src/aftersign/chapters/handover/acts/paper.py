"""The verb on a copy that was signed by hand: its scan is the evidence, the paper goes into somebody's keeping."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.chapters.handover import facts, queries
from aftersign.chapters.handover.acts.ceremonies import sign_for_copy
from aftersign.chapters.handover.acts.signing import Ceremony, Paper
from aftersign.chapters.handover.models import HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refusal, Refused
from aftersign.kernel.clock import eras, now


@act("handover.accept_on_paper", capability="handover.accept_on_paper")
def accept_on_paper(
    copy: HandoverCopy, *, check_value: str, points: tuple[str, ...], ceremony: Ceremony, by: Actor
) -> HandoverCopy:
    """Enter that a department has accepted its copy by hand; everything that is asked of a signature is asked of it.

    Raises `Refused` for a paper that is not the version of this copy, whoever may not sign for it, or an odd day.
    """
    paper = ceremony.paper
    if paper is None:
        raise TypeError("nothing was signed by hand")
    if found := tuple(_faults(copy, paper, by)):
        raise Refused(found)
    copy = sign_for_copy(copy, check_value=check_value, points=points, ceremony=ceremony, by=by)
    state(
        facts.SignedOnPaper(
            about=copy,
            signer=paper.signer.pk,
            signed_on=paper.signed_on,
            check_value=check_value,
            scan=paper.scan.sha256,
            keeper=paper.keeper.pk,
            place=paper.place,
            files=(paper.scan.sha256,),
        )
    )
    return copy


def _faults(copy: HandoverCopy, paper: Paper, by: Actor) -> Iterator[Refusal]:
    form, department = copy.form, copy.department
    if sentence := queries.other_paper(by, copy, paper.code):
        yield Refusal(sentence, missing=("code",))
    if paper.signer.department_id != department.pk and paper.signer.pk != department.head_id:
        said = {"name": paper.signer.name, "department": department.name}
        sentence = _("%(name)s signs for no copy of %(department)s: choose who has signed there.")
        yield Refusal(sentence % said, missing=("signer",))
    sealed, today = (timezone.localtime(at).date() for at in (form.submitted_at, now()))
    if not sealed <= paper.signed_on <= today:
        sentence = _("The paper was signed between %(first)s, when this version was submitted, and today.")
        yield Refusal(sentence % {"first": eras.written(sealed)}, missing=("signed_on",))
