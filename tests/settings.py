"""Settings under which tests run: those of an installation, with a quick hash and static files as they lie."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("AFTERSIGN_HOME", str(Path(tempfile.gettempdir()) / "aftersign-tests"))

from aftersign.project.settings import *  # noqa: F403
from aftersign.project.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
