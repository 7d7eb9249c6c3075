"""Settings of an installation: everything that differs between two is read from the environment."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import csp.constants
from django.utils.translation import gettext_lazy as _
from platformdirs import user_data_path

from aftersign.project.database import database


def _secret(path: Path) -> str:
    """The key kept under the home folder, readable by its owner only: one key, however many processes start first."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
    return path.read_text().strip()


def _port(text: str) -> int:
    if text.isdecimal() and 0 < int(text) < 1 << 16:
        return int(text)
    raise ValueError(f"AFTERSIGN_PORT must be a number from 1 to 65535, not {text!r}")


def _seconds(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise ValueError(f"AFTERSIGN_CHECKPOINT_SECONDS must be a number of seconds, not {text!r}")


HOME = Path(os.environ.get("AFTERSIGN_HOME") or user_data_path("aftersign")).absolute()
PORT = _port(os.environ.get("AFTERSIGN_PORT") or "8000")
HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = os.environ.get("AFTERSIGN_SECRET_KEY") or _secret(HOME / "secret.key")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("AFTERSIGN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_FAILURE_VIEW = "aftersign.kernel.shell.errors.forged"
CSRF_TRUSTED_ORIGINS = [each for each in os.environ.get("AFTERSIGN_ORIGINS", "").split(",") if each]
HTTPS = os.environ.get("AFTERSIGN_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "aftersign.desk",
    "aftersign.chapters.general",
    "aftersign.chapters.handover",
    "aftersign.chapters.final",
    "aftersign.policy",
    "aftersign.orders",
    "aftersign.kernel.shell",
    "aftersign.kernel.print",
    "aftersign.kernel.vault",
    "aftersign.kernel.numbers",
    "aftersign.kernel.acts",
    "aftersign.kernel.journal",
    "aftersign.kernel.units",
    "aftersign.kernel.org",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "aftersign.kernel.shell.middleware.actor",
    "aftersign.kernel.shell.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aftersign.kernel.shell.middleware.Refusals",
]

ROOT_URLCONF = "aftersign.project.urls"
WSGI_APPLICATION = "aftersign.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "aftersign.kernel.shell.templatetags.shell",
                "aftersign.kernel.shell.templatetags.shell_forms",
                "aftersign.kernel.shell.templatetags.shell_page",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "aftersign.kernel.shell.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "org.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["aftersign.kernel.shell.accounts.Doorkeeper"]
ACCOUNT_ADAPTER = "aftersign.kernel.shell.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "aftersign.kernel.shell.accounts.display"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
SESSION_COOKIE_AGE = 60 * 60 * 12

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
KEYS = HOME / "keys"
CHECKPOINTS = [each for each in os.environ.get("AFTERSIGN_CHECKPOINTS", "").split(os.pathsep) if each] or [
    str(HOME / "checkpoints")
]
CHECKPOINT_SECONDS = _seconds(os.environ.get("AFTERSIGN_CHECKPOINT_SECONDS") or "180")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_MEGABYTES = int(os.environ.get("AFTERSIGN_FILE_MEGABYTES") or "100")
CLAMD = os.environ.get("AFTERSIGN_CLAMD", "")
API_REQUESTS_A_MINUTE = 600
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF, "data:"],
        "connect-src": [csp.constants.SELF],
        "font-src": [csp.constants.SELF],
        "form-action": [csp.constants.SELF],
        "base-uri": [csp.constants.NONE],
        "frame-ancestors": [csp.constants.NONE],
    }
}

# Folders with fonts for printed forms, looked into beside the fonts that come along.
PRINT_FONTS = [each for each in os.environ.get("AFTERSIGN_FONTS", "").split(os.pathsep) if each]

ACT_GATEKEEPER = "aftersign.policy.gatekeeper.gatekeep"
JOURNAL_PROJECTOR = "aftersign.policy.projector.project"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
