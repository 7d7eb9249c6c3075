"""What rooms bring is joined to files that are found and collected like any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from aftersign.kernel.shell.joined import joined

SCRIPT = "aftersign.js"


def test_the_file_holds_every_script_of_ours_in_a_block_of_its_own():
    ours = [app for app in apps.get_app_configs() if app.name.startswith("aftersign.")]
    lying = {
        path.relative_to(Path(app.path) / "static").as_posix()
        for app in ours
        for path in (Path(app.path) / "static").rglob("*.js")
    }
    assert lying == set(settings.JOINED[SCRIPT])
    found = Path(str(finders.find(SCRIPT))).read_text(encoding="utf-8")
    assert found == joined(SCRIPT)
    for name in settings.JOINED[SCRIPT]:
        assert f"// {name}\n{{\n" in found


def test_what_has_changed_is_written_anew(settings, tmp_path):
    settings.HOME = tmp_path
    settings.JOINED = {SCRIPT: ["desk/matrix.js"]}
    assert "// desk/matrix.js" in Path(str(finders.find(SCRIPT))).read_text(encoding="utf-8")
    settings.JOINED = {SCRIPT: ["desk/palette.js"]}
    assert "// desk/matrix.js" not in Path(str(finders.find(SCRIPT))).read_text(encoding="utf-8")


def test_it_is_collected_under_a_name_of_its_content(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    [file] = tmp_path.glob("aftersign.*.js")
    assert "// shell/js/page.js" in file.read_text(encoding="utf-8")
    assert file.with_name(f"{file.name}.gz").exists()
    [sheet] = tmp_path.glob("handover.*.css")
    assert sheet.read_text(encoding="utf-8") == joined("handover.css")


def test_a_script_that_is_not_there_is_named(settings):
    settings.JOINED = {SCRIPT: ["desk/nowhere.js"]}
    with pytest.raises(FileNotFoundError, match="nowhere"):
        joined(SCRIPT)
