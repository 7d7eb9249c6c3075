"""Documents do not lie: targets, files and commands that they name exist, and the decisions are all in their index."""

import re
from collections.abc import Iterator

from .house import File, House

CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
COMMAND = re.compile(r"^\s*`?aftersign ([a-z]+)", re.MULTILINE)
ROOTED = re.compile(r"^(?:src|tests|docs|\.ci)/[\w./-]+$")
FILE_AT_ROOT = re.compile(r"^(?:[A-Z]\w+(?:\.zh)?\.md|Makefile|pyproject\.toml|[\w-]+\.lock)$")
NUMBERED = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
PARTS = ("## Context", "## Decision", "## Rejected", "## Consequences")


def documents(house: House) -> list[File]:
    """The written documents of the repository; the rulebook is none of them."""
    return [
        file
        for file in house.files
        if file.path.suffix == ".md" and (len(file.path.parts) == 1 or file.path.parts[0] == "docs")
    ]


def missing_targets(house: House) -> Iterator[str]:
    """`make` targets that the Makefile does not have."""
    makefile = house.root / "Makefile"
    targets = set(TARGET.findall(makefile.read_text(encoding="utf-8"))) if makefile.exists() else set()
    for document in documents(house):
        for code in [*CODE.findall(document.text), *FENCE.findall(document.text)]:
            for target in MAKE.findall(code):
                if target not in targets:
                    yield f"{document.path}: there is no `make {target}`"


def commands(text: str) -> set[str]:
    """The `aftersign` commands in a document's code."""
    return {name for code in [*CODE.findall(text), *FENCE.findall(text)] for name in COMMAND.findall(code)}


def missing_files(house: House) -> Iterator[str]:
    """Paths and links to files that do not exist."""
    for document in documents(house):
        for code in CODE.findall(document.text):
            if (ROOTED.match(code) or FILE_AT_ROOT.match(code)) and not exists(house, document, code):
                yield f"{document.path}: there is no `{code}`"
        for link in LINK.findall(document.text):
            if "://" not in link and not (house.root / document.path.parent / link).exists():
                yield f"{document.path}: the link {link} leads nowhere"


def exists(house: House, document: File, path: str) -> bool:
    """Whether a path leads somewhere, from the root or from the document."""
    return (house.root / path).exists() or (house.root / document.path.parent / path).exists()


def decisions(house: House) -> Iterator[str]:
    """Decisions that lack a part, share a number, or are not in the index."""
    folder = house.root / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8") if (folder / "README.md").exists() else ""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        number = NUMBERED.match(path.name)
        if number is None:
            yield f"docs/adr/{path.name}: should be called NNNN-the-decision.md"
            continue
        if number[1] in seen:
            yield f"docs/adr/{path.name}: has the number of {seen[number[1]]}"
        seen[number[1]] = path.name
        if f"({path.name})" not in index:
            yield f"docs/adr/{path.name}: not in docs/adr/README.md"
        for part in PARTS:
            if part not in text:
                yield f"docs/adr/{path.name}: lacks '{part}'"


RULES = (missing_targets, missing_files, decisions)
