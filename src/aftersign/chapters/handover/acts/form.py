"""The giver's verbs: submit the form, sign it, send it out."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from aftersign.chapters.handover import facts, queries, states
from aftersign.chapters.handover.acts.signing import Ceremony, sign_under, signer_of
from aftersign.chapters.handover.content import Content
from aftersign.chapters.handover.models import FormVersion, Handover, HandoverCopy
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.acts.doing import state
from aftersign.kernel.acts.doorway import act
from aftersign.kernel.acts.refusals import Refused
from aftersign.kernel.clock import now
from aftersign.kernel.numbers.giving import next_number
from aftersign.kernel.org.models import Department
from aftersign.kernel.units import words
from aftersign.orders.models import Order


@act("handover.submit", capability="handover.submit")
def submit(order: Order, *, content: Content, by: Actor) -> Order:
    """Submit the form in a new version, which nobody can change from now on."""
    handover = _handover_of(order)
    states.move(handover, "submitted")
    handover.latest += 1
    handover.save()
    form = _seal(handover, content, by)
    sealed = form.content
    kinds = tuple(words.members("requirement_document_kinds"))
    state(
        facts.Submitted(
            about=order,
            form=form.check_value,
            version=form.number,
            sections={name: section.stated() for name, section in sealed.sections.items() if section.is_answered},
            requirement_documents={
                each.kind: each.sha256 for each in sealed.documents if each.sha256 and each.kind in kinds
            },
            key_points=len(sealed.key_points),
            files=tuple(dict.fromkeys(sealed.digests())),
        )
    )
    return order


@act("handover.sign", capability="handover.sign")
def sign(order: Order, *, check_value: str, ceremony: Ceremony, by: Actor) -> Order:
    """Sign the latest version, which is the one that was read, as its giver."""
    form = latest_form(order)
    states.move(form.handover, "signed")
    form.handover.save()
    signature = sign_under(form, check_value=check_value, ceremony=ceremony, by=by)
    state(
        facts.GiverSigned(
            about=order,
            signer=signature.person_id,
            check_value=form.check_value,
            responsibility=signature.responsibility,
        )
    )
    return order


@act("handover.distribute", capability="handover.distribute")
def distribute(order: Order, *, departments: tuple[Department, ...], by: Actor) -> Order:
    """Send a copy to each of these departments that has none yet."""
    form = latest_form(order)
    states.move(form.handover, "distributed")
    form.handover.save()
    content = form.content
    served = set(form.handover.copies.filter(state__in=states.LIVE).values_list("department_id", flat=True))
    demanded = {department.pk: word for word, department in queries.demanded_departments().items() if department}
    for department in departments:
        if department.pk not in served:
            _send(order, form, department, demanded.get(department.pk, ""))
    other_kinds = words.members("other_document_kinds")
    state(
        facts.Distributed(
            about=order,
            recipients={demanded.get(each.pk) or str(each.pk): str(each.pk) for each in departments},
            documents=list(content.digests()),
            contract_copy=next(iter(content.digests((queries.CONTRACT,))), None),
            other_documents={each.kind: each.stated() for each in content.documents if each.kind in other_kinds},
            files=tuple(dict.fromkeys(content.digests())),
        )
    )
    return order


def latest_form(order: Order) -> FormVersion:
    """The version submitted last, with its handover; refused while nothing has been submitted."""
    found = queries.latest_form(order)
    if found is None:
        raise Refused.because(_("The handover form has not been submitted yet."))
    return found


def _handover_of(order: Order) -> Handover:
    found = Handover.objects.filter(order=order).first()
    if found is None:
        return Handover(order=order, number=next_number("HO", timezone.localtime(now()).year))
    found.order = order
    return found


def _seal(handover: Handover, content: Content, by: Actor) -> FormVersion:
    giver = signer_of(by)
    head = {
        "number": handover.number,
        "version": str(handover.latest),
        "order": handover.order.number,
        "submitted_by": giver.name,
    }
    text = replace(content, head=head).text
    form = FormVersion(
        order=handover.order,
        handover=handover,
        number=handover.latest,
        text=text,
        submitted_by=giver,
        submitted_at=now(),
    )
    form.check_value = form.content.check_value
    form.save()
    return queries.keep_latest(form)


def _send(order: Order, form: FormVersion, department: Department, word: str) -> None:
    content = form.content
    copy = HandoverCopy.objects.create(
        order=order,
        handover=form.handover,
        department=department,
        word=word,
        form=form,
        sent_at=now(),
        received_at=now(),
    )
    state(
        facts.CopySent(
            about=copy,
            department=department.pk,
            documents=list(content.digests()),
            check_value=form.check_value,
            key_points=len(content.key_points),
        )
    )
