"""The guide is whole: every page in three languages with the same headings, every picture there and used."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from .house import House

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
UNNAMED = re.compile(r"!\[\]\(")
CLAUSE = re.compile(r"(?<![\d.])\d{1,2}\.\d\.\d(?![\d.])")
WORDS = re.compile(r"^\| ([a-zA-Z][^|]+?) \| ([^|]*[\u4e00-\u9fff][^|]*?) \| ([^|]+?) \|", re.MULTILINE)
PICTURES = Path("src/aftersign/desk/static/desk/guide")
MOST_BYTES = 2_500_000


def written(house: House) -> dict[str, dict[str, str]]:
    """Texts of the pages that are written in several languages, by name and language."""
    guide = house.root / "docs" / "guide"
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(guide.rglob("*.*.md")):
        name, language, _suffix = path.name.split(".")
        found[str((path.parent / name).relative_to(guide))][language] = path.read_text(encoding="utf-8")
        if path.parent == guide:
            found[name]["en"] = path.with_name(f"{name}.md").read_text(encoding="utf-8")
    return found


def pages(house: House) -> dict[str, dict[str, str]]:
    """The same without code."""
    return {
        name: {language: FENCE.sub("", text) for language, text in texts.items()}
        for name, texts in written(house).items()
    }


def differing_commands(house: House) -> Iterator[str]:
    """Pages whose commands and answers differ between languages: a test runs them in one."""
    for name, texts in written(house).items():
        if len({tuple(FENCE.findall(text)) for text in texts.values()}) > 1:
            yield f"docs/guide/{name}: commands differ between the languages"


def lacking_languages(house: House) -> Iterator[str]:
    """Pages that a language lacks, and pages whose headings or clauses differ between languages."""
    for name, texts in pages(house).items():
        if missing := set(LANGUAGES) - texts.keys():
            yield f"docs/guide/{name}: not written in {', '.join(sorted(missing))}"
        if len({tuple(HEADING.findall(text)) for text in texts.values()}) > 1:
            yield f"docs/guide/{name}: the headings differ between the languages"
        if len({frozenset(CLAUSE.findall(text)) for text in texts.values()}) > 1:
            yield f"docs/guide/{name}: the clauses differ between the languages"


def unknown_clauses(house: House) -> Iterator[str]:
    """Clauses that the default edition does not have."""
    edition = house.root / "src" / "aftersign" / "policy" / "editions" / "default"
    known = {
        number
        for path in edition.glob("*.en.md")
        for number in re.findall(r"^## (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    for name, texts in pages(house).items():
        for number in sorted({each for text in texts.values() for each in CLAUSE.findall(text)} - known):
            yield f"docs/guide/{name}: the default edition has no clause {number}"


def pictures(house: House) -> Iterator[str]:
    """Pictures without words, those that no page shows, and too many bytes of them."""
    lying = {path.name: path.stat().st_size for path in (house.root / PICTURES).glob("*.png")}
    shown: set[str] = set()
    for name, texts in pages(house).items():
        for language, text in texts.items():
            shown |= {Path(each).name for each in PICTURE.findall(text)}
            if UNNAMED.search(text):
                yield f"docs/guide/{name} ({language}): a picture without words"
    for each in sorted(lying.keys() ^ shown):
        yield f"{PICTURES}/{each}: {'no page shows it' if each in lying else 'a page shows it, and it is not there'}"
    if sum(lying.values()) > MOST_BYTES:
        yield f"{PICTURES}: more than {MOST_BYTES} bytes"


def differing_words(house: House) -> Iterator[str]:
    """Words of the house that a language lacks or writes otherwise: what they mean is said in three languages."""
    texts = written(house)["words"]
    listed = {language: set(WORDS.findall(text)) for language, text in texts.items()}
    for language, rows in listed.items():
        for row in sorted(listed["en"] ^ rows):
            yield f"docs/guide/words ({language}): {' | '.join(row)}"


RULES = (lacking_languages, differing_commands, differing_words, unknown_clauses, pictures)
