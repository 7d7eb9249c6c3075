"""Check of what pages load besides themselves: style sheets, scripts and pictures are those of this program."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

from aftersign.cli.checking.lines import Line, fault, ok


def look() -> Line:
    """Whether `aftersign init` ran since the program was changed; a page without its style sheet is not to be used."""
    wanted, there = _made(), ManifestStaticFilesStorage(location=settings.STATIC_ROOT).hashed_files
    root = Path(settings.STATIC_ROOT)
    wrong = [path for path, name in sorted(wanted.items()) if there.get(path) != name or not (root / name).is_file()]
    if wrong:
        said = f"{len(wrong)} files that pages load are missing or those of another program: {wrong[0]}"
        return fault("pages", said, "run `aftersign init`, then start the server again")
    return ok("pages", f"{len(wanted)} files that pages load are those of this program")


def _made() -> dict[str, str]:
    """The name that each file gets from what is in it, once those that it names have got theirs."""
    found = {path: (place, path) for finder in get_finders() for path, place in finder.list([])}
    with TemporaryDirectory() as folder:
        trial = ManifestStaticFilesStorage(location=folder)
        for path, (place, _) in found.items():
            with place.open(path) as file:
                trial.save(path, file)
        for _, _, made in trial.post_process(found):
            if isinstance(made, Exception):
                raise made
        return dict(trial.hashed_files)
