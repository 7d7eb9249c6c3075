"""The papers of orders for programs: what there is, and the bytes, authorised at every request."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from ninja import Query, Router

from aftersign.kernel.access.loading import load
from aftersign.kernel.shell.api.bearer import actor_of
from aftersign.kernel.shell.api.doors import scoped
from aftersign.kernel.shell.api.keyset import Paging, next_page, rows_of
from aftersign.kernel.shell.api.values import words
from aftersign.kernel.vault import places
from aftersign.orders.api.shown import FilePage, FileShown, file_of
from aftersign.orders.models import Paper
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
    return FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")


def _seen(request: HttpRequest) -> QuerySet[Paper]:
    """The papers that the person may see, with their orders and whoever stated them."""
    seen = visible_orders(actor_of(request)).values("pk")
    return Paper.objects.filter(order__in=seen).select_related("order", "stated_by")
