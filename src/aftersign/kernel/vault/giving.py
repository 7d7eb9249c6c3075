"""Giving a kept file to whoever may have it: as an attachment, never shown inside a page."""

from __future__ import annotations

from django.http import FileResponse, Http404

from aftersign.kernel.vault import places

ANY_KIND = "application/octet-stream"


def given(place: str, name: str, *, kind: str = ANY_KIND) -> FileResponse:
    """The file of a place under a name; raises `Http404` when it is not there."""
    try:
        content = places.path_of(place).open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
