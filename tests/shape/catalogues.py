"""Catalogues: simplified Chinese is complete, placeholders survive, and Chinese is punctuated as Chinese."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from .house import House
from .punctuation import first_difference

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
SHOUTS_OR_MISSPELLS = re.compile("[!\uff01]|登陆|帐号")


def catalogues(house: House) -> Iterator[tuple[Path, str, polib.POFile]]:
    """Each catalogue with its path and language, as `zh_Hans`."""
    for path in house.tracked:
        if path.suffix == ".po" and path.parts[:1] == ("src",):
            yield path, path.parts[-3], polib.pofile(str(house.root / path))


def entries(catalogue: polib.POFile) -> Iterator[tuple[polib.POEntry, list[str]]]:
    """The living entries with their translations."""
    for entry in catalogue:
        if not entry.obsolete:
            yield entry, list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def unfinished(house: House) -> Iterator[str]:
    """Sentences that simplified Chinese lacks, and fuzzy ones of any language."""
    for path, language, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            if entry.fuzzy:
                yield f"{path}:{entry.linenum}: fuzzy: {entry.msgid}"
            elif language == "zh_Hans" and not all(translations):
                yield f"{path}:{entry.linenum}: not translated: {entry.msgid}"


def lost_placeholders(house: House) -> Iterator[str]:
    """Translations whose placeholders are not those of the sentence."""
    for path, _, catalogue in catalogues(house):
        for entry, translations in entries(catalogue):
            wanted = {*PLACEHOLDER.findall(entry.msgid), *PLACEHOLDER.findall(entry.msgid_plural or "")}
            for translation in filter(None, translations):
                if set(PLACEHOLDER.findall(translation)) != wanted:
                    yield f"{path}:{entry.linenum}: placeholders differ: {entry.msgid} / {translation}"


def chinese_manners(house: House) -> Iterator[str]:
    """Chinese with half-width punctuation, exclamation marks, or a word that the house does not use."""
    for path, language, catalogue in catalogues(house):
        if not language.startswith("zh"):
            continue
        for entry, translations in entries(catalogue):
            for translation in translations:
                if found := SHOUTS_OR_MISSPELLS.search(translation):
                    yield f"{path}:{entry.linenum}: {found[0]!r} in: {translation}"
                if wrong := first_difference(translation):
                    yield f"{path}:{entry.linenum}: half-width punctuation, `make messages` puts it right: {wrong}"


def languages_missing(house: House) -> Iterator[str]:
    """Apps with a catalogue of one Chinese and not of the other."""
    present: dict[Path, set[str]] = {}
    for path, language, _ in catalogues(house):
        present.setdefault(path.parents[2], set()).add(language)
    for folder, languages in present.items():
        for language in sorted({"zh_Hans", "zh_Hant"} - languages):
            yield f"{folder}: no catalogue of {language}"


RULES = (unfinished, lost_placeholders, chinese_manners, languages_missing)
