"""Answers to requests: a page or the part of it that htmx asked for, a redirect with a message, and toasts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template import Context, RequestContext
from django.template.base import Template
from django.template.loader import get_template, render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from aftersign.kernel.shell.forms import ActForm
from aftersign.kernel.units import registry

PART = "main"


def page_or_part(request: HttpRequest, template: str, *, status: int | None = None, **context: Any) -> HttpResponse:
    """The page, or only its block `main` when htmx asks for it.

    A form that was sent and did not pass makes the status 422, 403 when the act is not allowed, 409 when somebody was
    faster.
    """
    status = status or max((each.status for each in context.values() if isinstance(each, ActForm)), default=200)
    if wants_part(request):
        return HttpResponse(part(request, template, context) + toasts(request), status=status)
    return HttpResponse(render_to_string(template, context, request), status=status)


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks, and not to rebuild a whole page from its address."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def part(request: HttpRequest, template: str, context: dict[str, Any], block: str = PART) -> str:
    """One block of a template; raises `LookupError` when the template has none of that name."""
    compiled: Template = get_template(template).template  # type: ignore[attr-defined]
    full = RequestContext(request, context)
    with full.render_context.push_state(compiled), full.bind_template(compiled):
        blocks = BlockContext()
        _collect(compiled, full, blocks)
        full.render_context[BLOCK_CONTEXT_KEY] = blocks
        node = blocks.get_block(block)
        if node is None:
            raise LookupError(f"{template} has no block {block}")
        return str(node.render(full))


def _collect(template: Template, context: Context, blocks: BlockContext) -> None:
    for node in template.nodelist:
        if isinstance(node, ExtendsNode):
            blocks.add_blocks(node.blocks)
            _collect(node.get_parent(context), context, blocks)
            return
    own = [node for node in template.nodelist.get_nodes_by_type(BlockNode) if isinstance(node, BlockNode)]
    blocks.add_blocks({node.name: node for node in own})


def done(request: HttpRequest, to: str | Model, message: str | Promise = "", *, undo: str = "") -> HttpResponse:
    """Go on to the page of a unit, an address or the name of one, and say there what has happened."""
    if message:
        toast(request, message, undo=undo)
    url = registry.kind_of(to).address(to) if isinstance(to, Model) else resolve_url(to)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    answer = HttpResponseRedirect(url)
    answer.status_code = 303
    return answer


def back(request: HttpRequest, field: str = "next") -> str:
    """Where the form says they were, when that is in this house, else the first page."""
    to = request.POST.get(field, "/")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if ours and to.startswith("/") else "/"


def swapped(request: HttpRequest, event: str) -> HttpResponse:
    """Nothing to swap but the toasts: the page is told of an event, and its parts that follow it read anew."""
    return HttpResponse(toasts(request), headers={"HX-Reswap": "none", "HX-Trigger": event})


def toast(request: HttpRequest, sentence: str | Promise, *, undo: str = "", refused: bool = False) -> None:
    """Say something for eight seconds on the next page; `undo` is the address to which the undo button posts."""
    messages.add_message(request, messages.ERROR if refused else messages.SUCCESS, str(sentence), extra_tags=undo)


def toasts(request: HttpRequest) -> str:
    """Waiting toasts, to be swapped into the page's own region."""
    waiting = list(messages.get_messages(request))
    return (
        render_to_string("shell/parts/toasts.html", {"messages": waiting, "swapped": True}, request) if waiting else ""
    )
