"""Pages of the guide as HTML: no raw HTML passes, links lead to pages of the program, clauses to their text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from aftersign.desk.help import guide

CLAUSE = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])")
PICTURES = "static/desk/guide/"
CHINESE = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef 0-9]*[\u4e00-\u9fff])?")
OUTSIDE = ("https://", "http://")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@lru_cache(maxsize=256)
def as_html(page: guide.Page, clauses: frozenset[str] = frozenset()) -> SafeString:
    """A page without its title; numbers that are among `clauses` lead to the clause."""
    tokens = list(_rewritten(_MARKDOWN.parse(page.text), clauses))
    if page.language == guide.ENGLISH:
        _mark_chinese(tokens)
    # markdown-it escapes all text and passes no HTML; what is added here is escaped by `_rewritten`.
    made: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return mark_safe(made)  # noqa: S308


def _rewritten(tokens: list[Token], clauses: Collection[str]) -> Iterator[Token]:
    in_title = False
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1":
            in_title = True
        if not in_title:
            token.children = list(_inline(token.children, clauses)) if token.children else token.children
            yield from _framed(token)
        if token.type == "heading_close" and token.tag == "h1":
            in_title = False


def _framed(token: Token) -> Iterator[Token]:
    """A table may be wider than a phone: it gets a frame in which it is moved."""
    if token.type == "table_open":
        token.attrSet("class", "tb wr")
        yield _raw('<div class="wide" tabindex="0" role="group">')
        yield token
    elif token.type == "table_close":
        yield token
        yield _raw("</div>")
    else:
        yield token


def _inline(tokens: list[Token], clauses: Collection[str]) -> Iterator[Token]:
    depth, dropped = 0, False
    for token in tokens:
        if token.type == "link_open":
            depth += 1
            href = _address(str(token.attrGet("href") or ""))
            dropped = not href
            token.attrSet("href", href)
        if token.type == "image":
            token.attrSet("src", _picture(str(token.attrGet("src") or "")))
            token.attrSet("loading", "lazy")
            yield _raw(f'<a href="{escape(token.attrGet("src"))}">')  # a phone shows it small
            yield token
            yield _raw("</a>")
            continue
        if token.type == "text" and not depth:
            yield from _with_clauses(token, clauses)
        elif not (dropped and token.type in {"link_open", "link_close"}):
            yield token
        if token.type == "link_close":
            depth, dropped = depth - 1, False


def _with_clauses(token: Token, clauses: Collection[str]) -> Iterator[Token]:
    begin = 0
    for found in CLAUSE.finditer(token.content):
        if found[0] not in clauses:
            continue
        yield _text(token.content[begin : found.start()])
        yield _raw(f'<a class="n" href="{escape(reverse("clause", args=[found[0]]))}">{escape(found[0])}</a>')
        begin = found.end()
    yield _text(token.content[begin:])


def _mark_chinese(tokens: list[Token]) -> None:
    """Chinese words in an English page say that they are Chinese, so that they are read and set as such."""
    for token in tokens:
        if token.children:
            token.children = [piece for each in token.children for piece in _in_languages(each)]


def _in_languages(token: Token) -> Iterator[Token]:
    begin = 0
    for found in CHINESE.finditer(token.content) if token.type == "text" else ():
        yield _text(token.content[begin : found.start()])
        yield _raw(f'<span lang="zh">{escape(found[0])}</span>')
        begin = found.end()
    yield _text(token.content[begin:]) if begin else token


def _address(link: str) -> str:
    """Where a link of a page leads here: another page, outside, or nowhere (a file of the repository)."""
    if link.startswith((*OUTSIDE, "#")):
        return link
    path, _hash, part = link.partition("#")
    said = guide.NAME.match(PurePosixPath(path).name)
    if said is None or said["name"] not in guide.pages():
        return ""
    return reverse("help-page", args=[said["name"]]) + (f"#{part}" if part else "")


def _picture(source: str) -> str:
    """The address of a picture, which a page names by where its file lies."""
    _before, found, name = source.partition(PICTURES)
    return static(f"desk/guide/{name}") if found else ""


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)
