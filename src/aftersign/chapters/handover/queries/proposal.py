"""What the form says before anybody has written anything: proposed from the order, its papers and the policy."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from aftersign.chapters.handover.content import BASIC, OWN_FIELDS, ROW_FIELDS, Content, Document, Section
from aftersign.chapters.handover.models import FormVersion
from aftersign.kernel.journal import canonical
from aftersign.kernel.org.models import Department
from aftersign.kernel.org.queries import departments
from aftersign.kernel.org.remembering import keep, remembered
from aftersign.kernel.units import words
from aftersign.orders.models import Contact, Order

CONTRACT = "contract"
DEPARTMENT_SUFFIX = "_department"

# Departments by id, each with the word by which the policy demands it, or none.
Receivers = dict[str, tuple[Department, str]]


def latest_form(order: Order) -> FormVersion | None:
    """The version submitted last, with its handover, None while there is none; read once in an act."""
    versions = FormVersion.objects.filter(handover__order=order).select_related("handover").order_by("-number")
    return remembered(_key(order.pk), versions.first)


def keep_latest(form: FormVersion) -> FormVersion:
    """Have a version that has just been submitted be the latest for the rest of the act."""
    keep(_key(form.order_id), form)
    return form


def _key(order_id: UUID) -> str:
    return f"latest form of {order_id}"


def latest_content(order: Order) -> Content | None:
    """The form as it was submitted last, None while it has not been."""
    found = latest_form(order)
    return found.content if found else None


def demanded_departments() -> dict[str, Department | None]:
    """The departments that must receive a copy, by the policy's word; None where no department has that code."""
    return _demanded(departments())


def recipients_of(form: Content) -> tuple[Department, ...]:
    """Everybody to whom a form goes: whom the policy demands, and whom the form itself names."""
    rows = {str(each.pk): each for each in departments()}
    demanded = [str(each.pk) for each in _demanded(rows.values()).values() if each]
    named = [each.department for each in form.recipients]
    return tuple(rows[pk] for pk in dict.fromkeys((*demanded, *named)) if pk in rows)


def begun(order: Order, submitted: FormVersion | None) -> Content:
    """The form to go on with: what was submitted last, else what is proposed."""
    return proposed(order, submitted.content if submitted else None)


def receivers(order: Order) -> Receivers:
    """The departments that may receive a copy, those first that must; the giver's own only if it must."""
    rows = {each.pk: each for each in departments()}
    demanded = {found.pk: word for word, found in _demanded(rows.values()).items() if found}
    own = order.sales_owner.department_id
    further = [pk for pk, each in rows.items() if each.works_on_orders and pk not in demanded and pk != own]
    return {str(pk): (rows[pk], demanded.get(pk, "")) for pk in (*demanded, *further)}


def _demanded(rows: Iterable[Department]) -> dict[str, Department | None]:
    by_code = {each.code: each for each in rows if each.code}
    demanded = words.members("handover_recipients")
    return {word: by_code.get(word.removesuffix(DEPARTMENT_SUFFIX)) for word in demanded}


def proposed(order: Order, before: Content | None) -> Content:
    """A form to begin with: the version before, or proposals from the order; the order's own fields always anew."""
    sections: dict[str, Section] = {}
    for name in words.members("handover_sections"):
        old = before.sections.get(name) if before else None
        if name == BASIC:
            own = dict(old.body) if old and isinstance(old.body, dict) else _own_fields(order)
            sections[name] = Section({**own, **order_fields(order)})
        else:
            sections[name] = old or Section(() if name in ROW_FIELDS else "")
    return Content(
        sections=sections,
        documents=listed_papers(order, before),
        recipients=before.recipients if before else (),
    )


def order_fields(order: Order) -> dict[str, str]:
    """What the form takes from the order and nobody writes by hand."""
    said = {
        "contract_no": order.contract_no,
        "order_kind": order.kind,
        "customer": order.customer.name,
        "credit_code": order.customer.credit_code,
        "address": order.customer.address,
        "signed_on": order.signed_on,
        "amount": order.amount,
        "currency": order.currency,
        "tax_rate": order.tax_rate,
        "delivery_on": order.delivery_on,
        "sales_owner": order.sales_owner.name,
    }
    return {key: str(canonical.plain(value)) for key, value in said.items() if value not in (None, "")}


def listed_papers(order: Order, before: Content | None) -> tuple[Document, ...]:
    """The papers of the order as lines of the list, with what an earlier version said of each, and the signed nones."""
    known = {each.paper: each for each in before.documents} if before else {}
    counted: dict[str, int] = {}
    files, nones = [], []
    for paper in order.papers.all():
        counted[paper.kind] = counted.get(paper.kind, 0) + bool(paper.sha256)
        if paper.voided_at:
            continue
        if paper.sha256:
            version = str(counted[paper.kind])
            fresh = Document(paper.kind, paper.name, str(paper.pk), paper.sha256, version)
            files.append(known.get(str(paper.pk), fresh))
        elif paper.none_reason:
            nones.append(Document(paper.kind, none_reason=paper.none_reason, none_by=paper.stated_by.name))
    present = {each.kind for each in files}
    earlier = [each for each in before.documents if each.none_reason] if before else []
    said = {each.kind: each for each in (*nones, *earlier) if each.kind not in present}
    return (*sorted(files, key=lambda each: _rank(each.kind)), *said.values())


def _rank(kind: str) -> int:
    order = [CONTRACT, *words.members("requirement_document_kinds"), *words.members("other_document_kinds")]
    return order.index(kind) if kind in order else len(order)


def _own_fields(order: Order) -> dict[str, str]:
    contacts = list(order.customer.contacts.order_by("pk"))
    deciders = [each for each in contacts if each.decides]
    said = dict.fromkeys(OWN_FIELDS, "")
    said["contact"] = _joined(_presented(each) for each in contacts[:1])
    said["decision_maker"] = _joined(_presented(each) for each in deciders)
    said["channel"] = order.customer.channel
    said["subject"] = _joined(
        f"{line.name} {line.quantity.normalize():f} {line.measure}".strip() for line in order.lines.all()
    )
    said["payment"] = _joined(_milestone(each.name, each.percent) for each in order.milestones.all())
    said["acceptance"] = _joined(each.text for each in order.criteria.all())
    return said


def _presented(contact: Contact) -> str:
    return _joined(each for each in (contact.name, contact.role, contact.phone, contact.email) if each)


def _milestone(name: str, percent: Decimal | None) -> str:
    return f"{name} {percent.normalize():f}%" if percent is not None else name


def _joined(pieces: Iterable[str]) -> str:
    return _(", ").join(pieces)
