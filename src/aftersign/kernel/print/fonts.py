"""The fonts that forms are set in: those of the installation and of the package, else those of the system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import typst
from django.conf import settings

from aftersign.kernel.print.glyphs import characters

PACKAGE = "pylopdf_fonts_zh_cn"
# Forms are headed in a face without serifs and filled in with one that has them, as Chinese forms are.
HEADING = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "Microsoft YaHei", "PingFang SC")
BODY = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC", "STSong")


@dataclass(frozen=True)
class Fonts:
    """Fonts for setting a form: as Typst holds them, the families in which it looks, and what they can show."""

    held: typst.Fonts
    heading: tuple[str, ...]
    body: tuple[str, ...]
    shows: frozenset[int]


def fonts() -> Fonts:
    """The fonts of this installation, read once."""
    return _read(tuple(str(each) for each in settings.PRINT_FONTS))


@lru_cache(maxsize=4)
def _read(folders: tuple[str, ...]) -> Fonts:
    packaged = _packaged()
    paths = [*folders, *([str(packaged)] if packaged else [])]
    held = typst.Fonts(include_system_fonts=not paths, include_embedded_fonts=False, font_paths=paths)
    families = sorted({font.family for font in held.fonts()})
    heading, body = _present(HEADING, families), _present(BODY, families)
    others = folders or not (heading or body)
    own = tuple(family for family in families if family not in (*HEADING, *BODY)) if others else ()
    return Fonts(held, (*(heading or body), *own), (*(body or heading), *own), _shown(held, (*heading, *body, *own)))


def _packaged() -> Path | None:
    """The folder of the fonts that come as a package, unless an installation does without it."""
    found = find_spec(PACKAGE)
    return Path(found.origin).parent if found and found.origin else None


def _present(wanted: Iterable[str], families: list[str]) -> tuple[str, ...]:
    return tuple(family for family in wanted if family in families)


def _shown(held: typst.Fonts, families: tuple[str, ...]) -> frozenset[int]:
    """What at least one of the families shows; a file that cannot be read shows nothing."""
    found: set[int] = set()
    for path, index in {(each.path, each.index) for each in held.fonts() if each.family in families and each.path}:
        try:
            found |= characters(Path(path), index)
        except ValueError:
            continue
    return frozenset(found)
