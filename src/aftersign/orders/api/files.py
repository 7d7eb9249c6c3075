"""The papers of orders for programs: what there is, their bytes, authorised at each request, and new ones."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from aftersign.kernel.access import audit
from aftersign.kernel.access.actor import Actor
from aftersign.kernel.access.capabilities import allowed
from aftersign.kernel.access.loading import load
from aftersign.kernel.access.models import Event
from aftersign.kernel.acts.refusals import Forbidden
from aftersign.kernel.shell.api.bearer import acting, actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Paging, next_page, rows_of
from aftersign.kernel.shell.api.problem import Reason, Trouble
from aftersign.kernel.shell.api.values import Sent, words
from aftersign.kernel.units.addresses import address_of
from aftersign.kernel.vault import places
from aftersign.kernel.vault.taking import NotTaken
from aftersign.orders import acts, papers
from aftersign.orders.api.shown import FilePage, FileShown, file_of
from aftersign.orders.casefile import get_for
from aftersign.orders.forms.choices import paper_kinds
from aftersign.orders.models import Order, Paper
from aftersign.orders.queries.known import particulars_of
from aftersign.orders.unit import visible_orders

router = Router(tags=["files"])
BINARY: dict[str, Any] = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_download = scoped("files:read")
_download["openapi_extra"]["responses"] = {200: {"description": "The bytes of the file.", "content": BINARY}}


class FileFilter(Paging):
    """Which papers are listed."""

    order: Annotated[str, words(20, description="The number of the order.")] = ""
    kind: Annotated[str, words(40)] = ""
    sha256: Annotated[str, words(64)] = ""


_LOOKUPS = {"order": "order__number", "kind": "kind", "sha256": "sha256"}


@router.get("/files", response=FilePage, **scoped("files:read"))
def list_files(request: HttpRequest, asked: Query[FileFilter]) -> FilePage:
    """The papers of the orders that the person may see, in the order in which they came, void ones too."""
    wanted = {lookup: value for name, lookup in _LOOKUPS.items() if (value := getattr(asked, name))}
    rows, cursor = rows_of(_seen(request).filter(**wanted), ("id",), asked)
    return FilePage(items=[file_of(each) for each in rows], next=next_page(request, cursor))


@router.get("/files/{uuid:file}", response=FileShown, **scoped("files:read"))
def read_file(request: HttpRequest, file: UUID) -> FileShown:
    """What is known of a paper."""
    return file_of(load(_seen(request), pk=file))


@router.get("/files/{uuid:file}/content", response={200: None}, **_download)
def download_file(request: HttpRequest, file: UUID) -> FileResponse:
    """The bytes of a paper."""
    found = load(_seen(request).exclude(file=""), pk=file)
    try:
        content = places.path_of(str(found.file)).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    audit.note(Event.FILE_READ, by=actor_of(request), subject=f"{found.order.number} {found.pk}")
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


class FileSent(Sent):
    """What a file is filed as; with `replaces`, the paper of that id is marked void by the same act."""

    kind: Annotated[str, words(40, 1, description="A kind of paper of the policy, such as `contract`.")]
    replaces: UUID | None = None


@router.post("/orders/{number}/files", response={201: FileShown}, **scoped("files:write", keyed=True))
def put_file(
    request: HttpRequest, number: str, sent: Form[FileSent], file: File[UploadedFile], response: HttpResponse
) -> Status[FileShown]:
    """Put a file to an order, as multipart/form-data; what is on the list under this kind already is not put twice."""
    order, by = get_for(actor_of(request), number), acting(request)
    if sent.kind not in dict(paper_kinds()):
        raise Trouble("refused", _("There is no kind of paper %(kind)s.") % {"kind": sent.kind})
    if not allowed(by, "order.change_information", order):
        raise Forbidden.because(_("You have no right to do this here."), check="order.change_information")
    paper = _put(order, sent, file, by)
    response.headers["Location"] = address_of("api:read_file", paper.pk)
    return Status(201, file_of(paper))


def _put(order: Order, sent: FileSent, file: UploadedFile, by: Actor) -> Paper:
    """Keep a file and let the order have it, unless it has it already."""
    try:
        stored = papers.store(file)
    except NotTaken as fault:
        raise Trouble("refused", reasons=(Reason(str(fault), missing=("file",)),)) from fault
    there = Paper.objects.filter(order=order, kind=sent.kind, sha256=stored.sha256, voided_at=None)
    if not there.exists():
        voided = (sent.replaces,) if sent.replaces else ()
        entry = particulars_of(order)
        acts.change_information(order, entry=entry, papers=(stored.as_paper(sent.kind),), voided=voided, by=by)
    # Where a program says again what it said before, what it had put may have been replaced since.
    put = Paper.objects.filter(order=order, kind=sent.kind, sha256=stored.sha256).select_related("order", "stated_by")
    return put.order_by(F("voided_at").desc(nulls_first=True), "-stated_at", "-id")[0]


def _seen(request: HttpRequest) -> QuerySet[Paper]:
    """The papers that the person may see, with their orders and whoever stated them."""
    seen = visible_orders(actor_of(request)).values("pk")
    return Paper.objects.filter(order__in=seen).select_related("order", "stated_by")
