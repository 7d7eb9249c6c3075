"""Tags of the page's frame: say a block again, and ask whether a page fills one."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from aftersign.kernel.shell.settings_pages import beside

register = template.Library()


@register.inclusion_tag("shell/parts/settings_tabs.html", takes_context=True)
def settings_tabs(context: Context) -> dict[str, Any]:
    """The row of tabs above a page of settings: the pages that belong with it."""
    return {"pages": beside(context["actor"].standing, context["request"].path)}


@register.simple_tag
def opened(kind: str, pk: object) -> SafeString:
    """The attribute by which a page says of which record it is the page."""
    return format_html(' data-opened="{} {}"', kind, pk)


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """The text of a block once more, as the page fills it."""
    node = _block(context, name)
    return str(node.render(context)).strip() if node else ""


@register.simple_tag(takes_context=True)
def fills(context: Context, name: str) -> bool:
    """Whether the page fills a block that is empty in the frame."""
    node = _block(context, name)
    return bool(node and node.nodelist)


def _block(context: Context, name: str) -> BlockNode | None:
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    found: BlockNode | None = blocks.get_block(name) if blocks else None
    return found
