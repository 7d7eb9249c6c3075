"""What may stand in the text of the house: a sentence on top, no clause numbers, no leftovers, no traces."""

import ast
import re
from collections.abc import Iterator

from .house import File, House
from .punctuation import first_difference

CLAUSE = re.compile(r"(?<![\d.])\d{1,2}\.\d\.\d(?!\.?\d)")
NAMES_NO_CLAUSE = ("chapters", "orders")
SENTENCE_ENDS = (".", "?", ":")
LEFT_FOR_LATER = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")
# Folders of somebody's machine, and registries: an address of either works only where it was written.
MACHINE_PATH = re.compile(r"(?<![\w.~$}<-])/(?:home|root|Users|work|workspace|mnt|tmp/build)/[\w.]")
REGISTRY = re.compile(r"pypi\.(?:org|python)|pythonhoste[d]|registry\.np[m]js|index-[u]rl|artifactor[y]|find-link[s]")
TEXTS = (".html", ".json", ".md", ".toml", ".txt", ".typ")
BUILT = (".py", ".html", ".js", ".css", ".typ", ".toml", ".sh", "")


def modules_without_sentence(house: House) -> Iterator[str]:
    """Modules whose first words do not say what they are for."""
    for module in house.modules:
        if module.is_migration or not module.text.strip():
            continue
        first = (ast.get_docstring(module.tree) or "").partition("\n\n")[0]
        if not first.endswith(SENTENCE_ENDS):
            yield f"{module.path}: begin with one sentence that says what this module is for"


def packages_without_init(house: House) -> Iterator[str]:
    """Folders of modules that Python would take for a namespace."""
    present = {module.path for module in house.modules}
    for folder in sorted({module.path.parent for module in house.modules if module.parts}):
        if folder / "__init__.py" not in present:
            yield f"{folder}: has modules but no __init__.py"


def clause_numbers(house: House) -> Iterator[str]:
    """Clauses that code of the rooms or of orders calls by number: code knows acts, facts and checks only."""
    for file in house.files:
        inside = file.parts[1:2] and file.parts[1] in NAMES_NO_CLAUSE
        if inside and "tests" not in file.path.parts and file.path.suffix in (*BUILT, ".po"):
            yield from findings(file, CLAUSE, "a clause number; name the act, fact or check")


def leftovers(house: House) -> Iterator[str]:
    """Work put off in a comment."""
    for file in house.files:
        yield from findings(file, LEFT_FOR_LATER, "work left for later; do it or write an issue")


def traces(house: House) -> Iterator[str]:
    """Places that exist only on the machine where something was written."""
    for file in house.files:
        yield from findings(file, MACHINE_PATH, "a folder of somebody's machine")
        yield from findings(file, REGISTRY, "a registry's address")


def half_width_chinese(house: House) -> Iterator[str]:
    """Chinese with half-width punctuation, in strings of code, in files that hold texts, and in Chinese documents."""
    for module in house.code:
        texts = (
            node for node in ast.walk(module.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        yield from (
            f"{module.path}:{node.lineno}: half-width punctuation: {wrong}"
            for node in texts
            if (wrong := first_difference(str(node.value)))
        )
    for file in house.files:
        holds_text = (file.parts and file.path.suffix in TEXTS) or file.path.name.endswith(".zh.md")
        if holds_text and (wrong := first_difference(file.text)):
            yield f"{file.path}: half-width punctuation: {wrong}"


def findings(file: File, pattern: re.Pattern[str], what: str) -> Iterator[str]:
    """Every place where a pattern stands in a file."""
    for found in pattern.finditer(file.text):
        yield f"{file.at(found.start())}: {what} ({found[0]})"


RULES = (modules_without_sentence, packages_without_init, clause_numbers, half_width_chinese, leftovers, traces)
