"""Django's tags `translate`, `url` and `static` for what never changes, worked out once: a page has a hundred."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.urls import get_urlconf
from django.utils.translation import get_language

register = template.Library()


class Fixed(Node):
    """A node whose text depends on nothing of the page but what `key` tells."""

    child_nodelists = ()

    def __init__(self, node: Node, key: Callable[[], Hashable]) -> None:
        self._node, self._key, self._said = node, key, dict[Hashable, str]()

    def render(self, context: Context) -> str:
        """The text, worked out when it is asked for under this key the first time."""
        key = self._key()
        if key not in self._said:
            self._said[key] = self._node.render(context)
        return self._said[key]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """A sentence of the program in the reader's language."""
    node: TranslateNode = do_translate(parser, token)
    fixed = not node.asvar and node.message_context is None and _is_literal(node.filter_expression, quoted=True)
    return Fixed(node, get_language) if fixed else node


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """The address of a page."""
    node: URLNode = django_url(parser, token)
    fixed = not node.asvar and not node.args and not node.kwargs and _is_literal(node.view_name)
    return Fixed(node, get_urlconf) if fixed else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """The address of a file that comes with the program."""
    node: StaticNode = StaticNode.handle_token(parser, token)
    fixed = node.varname is None and _is_literal(node.path)
    return Fixed(node, _where_static_files_lie) if fixed else node


def _where_static_files_lie() -> Hashable:
    storages: dict[str, Any] = settings.STORAGES
    return settings.STATIC_URL, str(storages["staticfiles"]["BACKEND"])


def _is_literal(expression: FilterExpression, *, quoted: bool = False) -> bool:
    """Whether an expression is a text in quotes without filters; `TranslateNode` has made a variable of it again."""
    variable: Any = expression.var
    return not expression.filters and (isinstance(variable, str) or (quoted and variable.literal is not None))
