"""Collects the sentences of every app into its catalogues, compiles them, and says what still lacks a translation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hatch_build import compile_catalogues  # noqa: E402 (the build's own way, so both compile alike)
from tests.shape.punctuation import as_chinese  # noqa: E402 (what the shape tests will look for)

SOURCE = ROOT / "src"
LANGUAGES = ("zh_Hans", "zh_Hant")
MARKS = ("gettext", "{% translate", "{% blocktranslate", "{% trans ")
HEADER = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
PLURALS = "nplurals=1; plural=0;"


def apps() -> list[Path]:
    """Folders of the apps that say something to people."""
    folders = sorted(config.parent for config in SOURCE.glob("aftersign/**/apps.py"))
    return [folder for folder in folders if says_something(folder)]


def says_something(app: Path) -> bool:
    """Whether any of the app's own files marks a sentence for translation."""
    files = (path for kind in ("*.py", "*.html", "*.txt") for path in app.rglob(kind) if "tests" not in path.parts)
    return any(mark in path.read_text(encoding="utf-8") for path in files for mark in MARKS)


def collect(app: Path) -> None:
    """Bring the app's catalogues up to its sentences; what is gone is dropped."""
    (app / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--add-location", "file"]
    command += ["--ignore", "tests/*", "--extension", "html,txt,py", "--verbosity", "0"]
    for language in LANGUAGES:
        command += ["--locale", language]
    without_settings = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=app, env=without_settings, check=True)
    for language in LANGUAGES:
        settle(app / "locale" / language / "LC_MESSAGES" / "django.po", language)


def settle(path: Path, language: str) -> None:
    """Write a catalogue in one manner, without dates and in Chinese punctuation, so that only sentences differ."""
    if not path.exists():
        return
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS}
    catalogue.metadata_is_fuzzy = 0
    for entry in catalogue:
        entry.msgstr = as_chinese(entry.msgstr)
        if entry.msgid_plural:
            entry.msgstr_plural = {0: as_chinese(entry.msgstr_plural.get(0, ""))}  # Chinese has one form
    catalogue.sort(key=lambda entry: (entry.occurrences[:1], entry.msgid))
    catalogue.header = ""
    path.write_text(str(catalogue).removeprefix("#\n"), encoding="utf-8")


def unfinished() -> list[str]:
    """Sentences without a certain translation into simplified Chinese."""
    found = []
    for path in sorted(SOURCE.glob("aftersign/**/locale/zh_Hans/LC_MESSAGES/django.po")):
        open_entries = [each for each in polib.pofile(str(path)) if not each.obsolete and not each.translated()]
        found += [f"{path.relative_to(ROOT)}:{entry.linenum}: {entry.msgid}" for entry in open_entries]
    return found


def main() -> int:
    """Collect, compile, report; 1 when xgettext is missing or zh_Hans is not complete."""
    if not shutil.which("xgettext"):
        print("xgettext is missing; on Debian and Ubuntu: apt-get install gettext", file=sys.stderr)
        return 1
    for app in apps():
        collect(app)
    compiled = compile_catalogues(SOURCE)
    missing = unfinished()
    print(*missing, f"{len(compiled)} catalogues; {len(missing)} sentences not yet in simplified Chinese", sep="\n")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
