"""Settings under which tests run: those of an installation, with a quick hash and static files as they lie."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("AFTERSIGN_HOME", str(Path(tempfile.gettempdir()) / "aftersign-tests"))

from aftersign.project.settings import *  # noqa: F403
from aftersign.project.settings import HOME, STORAGES

# Each process that runs tests has a home of its own, as it has a database of its own: one of them sweeps stray files,
# and who goes through a table of orders holds a lock.
HOME = HOME / os.environ.get("PYTEST_XDIST_WORKER", "alone")
HOME.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {**STORAGES["default"], "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
