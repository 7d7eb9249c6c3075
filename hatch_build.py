"""Compiles the message catalogues while the package is built: a fresh machine has no msgfmt, and git keeps no .mo."""

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "aftersign/**/locale/*/LC_MESSAGES/*.po"


def compile_catalogues(source: Path) -> list[Path]:
    """Write a .mo beside every .po below `source` and return those written; fuzzy and empty entries stay out."""
    written = []
    for catalogue in sorted(source.glob(CATALOGUES)):
        target = catalogue.with_suffix(".mo")
        polib.pofile(str(catalogue)).save_as_mofile(str(target))
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface[Any]):
    """Runs before the wheel, or the editable install, is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and name the results as artifacts: what git ignores is left out of a wheel otherwise."""
        compile_catalogues(Path(self.root, "src"))
        build_data["artifacts"].append("*.mo")
