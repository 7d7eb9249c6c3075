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
from aftersign.project.logs import configured, is_read_along
from aftersign.project.mail import mail


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


def _whole(name: str, unless_set: int, of: str, least: int = 1) -> int:
    text = os.environ.get(name) or str(unless_set)
    if text.isdecimal() and int(text) >= least:
        return int(text)
    raise ValueError(f"{name} must be a number of {of}, not {text!r}")


def _one_of(name: str, *choices: str) -> str:
    text = os.environ.get(name) or choices[0]
    if text in choices:
        return text
    raise ValueError(f"{name} must be one of {', '.join(choices)}, not {text!r}")


HOME = Path(os.environ.get("AFTERSIGN_HOME") or user_data_path("aftersign")).absolute()
PORT = _port(os.environ.get("AFTERSIGN_PORT") or "8000")
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

SECRET_KEY = os.environ.get("AFTERSIGN_SECRET_KEY") or _secret(HOME / "secret.key")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("AFTERSIGN_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_FAILURE_VIEW = "aftersign.kernel.shell.errors.forged"
CSRF_TRUSTED_ORIGINS = [each for each in os.environ.get("AFTERSIGN_ORIGINS", "").split(",") if each]
HTTPS = os.environ.get("AFTERSIGN_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"  # a link in a mail opens its page signed in
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (f"{'__Host-' * HTTPS}{name}" for name in ("sessionid", "csrftoken"))
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# How many web servers of yours stand in front and add to X-Forwarded-For; then a person's address is read from there.
ALLAUTH_TRUSTED_PROXY_COUNT = _whole("AFTERSIGN_PROXIES", 0, "web servers in front", least=0)
METRICS_TOKEN = os.environ.get("AFTERSIGN_METRICS_TOKEN", "")

INSTALLED_APPS = [
    "aftersign.desk",
    "aftersign.chapters.general",
    "aftersign.chapters.handover",
    "aftersign.chapters.final",
    "aftersign.policy",
    "aftersign.orders",
    "aftersign.kernel.shell",
    "aftersign.kernel.notices",
    "aftersign.kernel.seal",
    "aftersign.kernel.print",
    "aftersign.kernel.search",
    "aftersign.kernel.vault",
    "aftersign.kernel.numbers",
    "aftersign.kernel.acts",
    "aftersign.kernel.journal",
    "aftersign.kernel.access",
    "aftersign.kernel.units",
    "aftersign.kernel.org",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "aftersign.kernel.shell.observing.observed",
    "aftersign.kernel.shell.headers.headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "aftersign.kernel.shell.probes.probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "aftersign.kernel.shell.bounded.Bounded",
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
                "aftersign.kernel.shell.templatetags.shell_fixed",
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
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # beyond them entries are dropped at random, attempts to sign in too
    }
}

AUTH_USER_MODEL = "org.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "aftersign.kernel.shell.passwords.PiecedTogether"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("account", "name", "email")},
    },
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
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key", "change_password": "5/m/user"}
MFA_ADAPTER = "aftersign.kernel.shell.second_factor.Adapter"
MFA_FORMS = {"authenticate": "aftersign.kernel.shell.second_factor.SignInForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by administrators, and mail addresses prove nothing here
MFA_TOTP_TOLERANCE = 1  # clocks of telephones: a code holds half a minute longer on both sides
MFA_RECOVERY_CODES_SHOW_ONCE = True
SECOND_FACTOR = _one_of("AFTERSIGN_SECOND_FACTOR", "optional", "administrators", "everyone")
SESSION_ENGINE = "aftersign.kernel.access.sessions"
SESSION_COOKIE_AGE = 60 * 60 * _whole("AFTERSIGN_IDLE_HOURS", 12, "hours")
SESSION_LONGEST = 60 * 60 * 24 * _whole("AFTERSIGN_SESSION_DAYS", 7, "days")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_FINDERS = [
    "aftersign.kernel.shell.joined.Joined",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
JOINED = {  # each one file to the browser, in this order
    "aftersign.js": [
        "shell/js/page.js",
        "shell/js/forms.js",
        "shell/js/files.js",
        "desk/palette.js",
        "desk/matrix.js",
        "handover/signing.js",
    ],
    "handover.css": ["orders/orders.css", "handover/handover.css"],  # its pages are tabs of the order's
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
KEYS = HOME / "keys"
CHECKPOINTS = [each for each in os.environ.get("AFTERSIGN_CHECKPOINTS", "").split(os.pathsep) if each] or [
    str(HOME / "checkpoints")
]
CHECKPOINT_SECONDS = _whole("AFTERSIGN_CHECKPOINT_SECONDS", 180, "seconds")
TSA = os.environ.get("AFTERSIGN_TSA", "")
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_MEGABYTES = int(os.environ.get("AFTERSIGN_FILE_MEGABYTES") or "100")
CLAMD = os.environ.get("AFTERSIGN_CLAMD", "")
API_REQUESTS_A_MINUTE = 600
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["aftersign.kernel.vault.receiving.Receiver"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.constants.NONE],
        "script-src": [csp.constants.SELF],
        "style-src": [csp.constants.SELF],
        "img-src": [csp.constants.SELF, "data:"],
        "connect-src": [csp.constants.SELF],
        "font-src": [csp.constants.SELF],
        "object-src": [csp.constants.NONE],
        "form-action": [csp.constants.SELF],
        "base-uri": [csp.constants.NONE],
        "frame-ancestors": [csp.constants.NONE],
    }
}

# Pinyin is looked up a character at a time, in all its readings: the list of phrases would take 60 MB for nothing.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

# Mail; the address is where links in it lead.
MAIL: bool = bool(os.environ.get("AFTERSIGN_MAIL_URL"))
globals().update(mail(os.environ.get("AFTERSIGN_MAIL_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("AFTERSIGN_MAIL_FROM") or "aftersign@localhost"
ADDRESS = (os.environ.get("AFTERSIGN_URL") or f"http://127.0.0.1:{PORT}").rstrip("/")

# Folders with fonts for printed forms, looked into beside the fonts that come along.
PRINT_FONTS = [each for each in os.environ.get("AFTERSIGN_FONTS", "").split(os.pathsep) if each]

ACT_GATEKEEPER = "aftersign.policy.gatekeeper.gatekeep"
JOURNAL_PROJECTOR = "aftersign.policy.projector.project"

LOGGING = configured(as_json=not is_read_along())
