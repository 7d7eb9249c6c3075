"""Templates use only their own or a lower floor, and carry nothing that the content security policy would refuse."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .house import File, House, objection

TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.DOTALL)
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
USES = re.compile(r"""\{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")
LOADS = re.compile(r"\{%-?\s*load\s+(.+?)\s*-?%\}")
REFUSED = (
    (re.compile(r"""(?:^|[\s"'])style\s*=""", re.IGNORECASE), "a style attribute; give it a class"),
    (re.compile(r"""(?:^|[\s"'])on[a-z]+\s*=""", re.IGNORECASE), "a handler in the page; listen from a module"),
    (re.compile(r"""(?:^|[\s"'])hx-on\b""", re.IGNORECASE), "a handler in the page; listen from a module"),
    (re.compile(r"javascript:", re.IGNORECASE), "a script as an address"),
    (re.compile(r"^<style\b", re.IGNORECASE), "a sheet in the page; it belongs into static/"),
)
SCRIPT = re.compile(r"^<script\b", re.IGNORECASE)
DATA_SCRIPT = re.compile(r"""type\s*=\s*["']?(?:application/json|text/template)""", re.IGNORECASE)
SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)


def owners(house: House) -> dict[str, str]:
    """Whose each template is: the name that Django knows it by, and the unit."""
    found = {}
    for template in house.templates:
        parts = template.path.parts
        if "templates" in parts:
            found["/".join(parts[parts.index("templates") + 1 :])] = template.unit
    return found


def libraries(house: House) -> dict[str, str]:
    """Whose each library of template tags is."""
    return {module.path.stem: module.unit for module in house.code if module.parts[-1:] == ("templatetags",)}


def forbidden_parts(house: House) -> Iterator[str]:
    """Templates that extend, include or load from a higher floor or another room, or something that is not there."""
    templates, tags = owners(house), libraries(house)
    folders = {name.partition("/")[0] for name in templates}
    for template in house.templates:
        for use in USES.finditer(template.text):
            name = use[1]
            if name not in templates and name.partition("/")[0] in folders:
                yield f"{template.at(use.start())}: there is no template {name}"
            elif reason := objection(template.unit, templates.get(name, "")):
                yield f"{template.at(use.start())}: uses {name}, but {reason}"
        for load in LOADS.finditer(template.text):
            for library in load[1].rpartition(" from ")[2].split():
                if reason := objection(template.unit, tags.get(library, "")):
                    yield f"{template.at(load.start())}: loads {library}, but {reason}"


def refused_markup(house: House) -> Iterator[str]:
    """Styles and scripts in the markup of templates."""
    for template in house.templates:
        blank = TEMPLATE_CODE.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), template.text)
        yield from refused_tags(File(template.path, blank))


def refused_tags(file: File) -> Iterator[str]:
    """What the content security policy would refuse in a text of markup."""
    for tag in TAG.finditer(file.text):
        for pattern, what in REFUSED:
            if pattern.search(tag[0]):
                yield f"{file.at(tag.start())}: {what}"
        if SCRIPT.match(tag[0]) and not SOURCE.search(tag[0]) and not DATA_SCRIPT.search(tag[0]):
            yield f"{file.at(tag.start())}: a script in the page; it belongs into static/"


def refused_strings(house: House) -> Iterator[str]:
    """The same in markup that Python writes, such as SVG."""
    for module in house.code:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value:
                where = Path(f"{module.path}:{node.lineno}")
                yield from refused_tags(File(where, node.value))


RULES = (forbidden_parts, refused_markup, refused_strings)
