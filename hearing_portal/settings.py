"""Settings of the portal. Everything that differs between installations comes from the environment."""

import math
import os
from hashlib import sha256
from pathlib import Path

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var")).resolve()


def _secret_key() -> str:
    """The launcher makes the key once and keeps it beside the data; a server sets SECRET_KEY."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    path = VAR_DIR / "secret-key"
    if path.exists():
        return path.read_text()
    return "only-for-checks-and-tests-" + "0" * 32


# A page waits so long for the database and no longer, so that its thread is free for the next one; commands and jobs
# may work through long statements. The last is for a server that is stopped: it fires no timeout of its own.
_serves_pages = os.environ.get("PORTAL_SERVES_PAGES") == "1"
LOCK_TIMEOUT, STATEMENT_TIMEOUT, DATABASE_PATIENCE = (
    (2, 5, 6) if _serves_pages else (10, 60, math.inf)
)  # seconds


def _database(url: str) -> dict[str, object]:
    """Django's settings from `postgresql://user:password@host:port/name?…`, read as libpq reads it."""
    given = conninfo_to_dict(url)
    return {
        "ENGINE": "hearing_portal.postgres",
        "NAME": str(given.pop("dbname", "")),
        "USER": str(given.pop("user", "")),
        "PASSWORD": str(given.pop("password", "")),
        "HOST": str(given.pop("host", "")),
        "PORT": str(given.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # With the defaults a restart of the database left requests hanging for 20 s
        "OPTIONS": {
            # A statement that comes again is prepared once: planning most of ours takes longer than running them
            "server_side_binding": True,
            "prepare_threshold": 5,
            "connect_timeout": 3 if _serves_pages else 5,
            "options": (
                f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout={LOCK_TIMEOUT}s"
                " -c idle_in_transaction_session_timeout=60s"
                " -c client_connection_check_interval=2s"  # whoever gave up waits for nothing any more
            ),
            **given,  # what else the address says, sslmode for one
        },
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("PORTAL_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("PORTAL_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("PORTAL_ORIGINS", "").split(",") if origin
]

INSTALLED_APPS = [
    "django.contrib.admin",
    "hearing_portal.directory",  # before Django's own accounts: its createsuperuser is ours
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets' templates, for FORM_RENDERER
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "reversion",
    "simple_history",
    "hearing_portal.acts",
    "hearing_portal.jobs",
    "manuals",
    "comments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "hearing_portal.web.http.refuse_hostile_input",
    "hearing_portal.web.form_bytes.read_forms_as_thai",
    "hearing_portal.web.http.leave_no_personal_copy",
    "hearing_portal.offline_reading.keeping.name_reader",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hearing_portal.web.http.show_digits_of_reader",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hearing_portal.web.http.RefusalMiddleware",
    "hearing_portal.directory.sign_in.own_password.RequireOwnPassword",
    "comments.arrivals.signed_in.EndRecalledCards",
]

ROOT_URLCONF = "hearing_portal.urls"
WSGI_APPLICATION = "hearing_portal.wsgi.application"
ASGI_APPLICATION = "hearing_portal.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hearing_portal.web.http.reader_choices",
            ],
            "builtins": [
                "hearing_portal.templatetags.thai",
                "hearing_portal.templatetags.remembered",
            ],
        },
    }
]

FORM_RENDERER = "hearing_portal.web.form_rendering.PortalRenderer"

DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL", "postgresql:///portal"))
}
# What the hub for live streams tells of
LIVE_SOURCE = "comments.live.publisher.EventLog"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = ["hearing_portal.directory.sign_in.sessions.PortalBackend"]
SESSION_ENGINE = "hearing_portal.directory.sign_in.sessions"
PASSWORD_HASHERS = [
    "hearing_portal.directory.sign_in.hashing.HallPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "given_name", "family_name")},
    },
    {"NAME": "hearing_portal.directory.sign_in.password_rules.NameWithDigitsValidator"},
    {
        "NAME": "hearing_portal.directory.sign_in.password_rules.RepeatedPatternValidator"
    },
    {"NAME": "hearing_portal.directory.sign_in.password_rules.KeyboardRunValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

# django-allauth takes people in (docs/decisions/0034): pages, forms, addresses and limits are the portal's own
ACCOUNT_ADAPTER = "hearing_portal.directory.sign_in.adapter.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    "password1*",
    "password2*",
]  # asked for by a check; nobody signs up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = False  # hearing_portal/directory/sign_in/limits.py instead

LANGUAGE_CODE = "th"
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "hearing_portal.web.static_files.BundledStaticFilesStorage"
    },
}
FILES_DIR = VAR_DIR / "files"

# What one account may store in a minute of comments, or of supports: a person who types stays far below
MOST_A_MINUTE = int(os.environ.get("PORTAL_MOST_A_MINUTE", "60"))
# Work that one account may have waiting
MOST_JOBS = 20

# Seconds without a sign of life after which a worker counts as gone and its job goes to another
JOB_LEASE = float(os.environ.get("PORTAL_JOB_LEASE", "20"))
JOB_RETRY_PAUSE = int(os.environ.get("PORTAL_JOB_RETRY_PAUSE", "5"))  # seconds

# Nothing inline, nothing from elsewhere: every script and style is a file of ours
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("PORTAL_HTTPS") == "1"
# Browsers send a host's cookies to all its ports: the key names the portal, so that two of them do not sign each
# other's people out. The prefix binds the cookie to this very host and to HTTPS.
_name_of_portal = sha256(f"session cookie {SECRET_KEY}".encode()).hexdigest()[:8]
SESSION_COOKIE_NAME = f"sessionid-{_name_of_portal}"
KNOWN_DEVICE_COOKIE_NAME = f"device-{_name_of_portal}"
if SESSION_COOKIE_SECURE:
    SESSION_COOKIE_NAME = f"__Host-{SESSION_COOKIE_NAME}"
    KNOWN_DEVICE_COOKIE_NAME = f"__Host-{KNOWN_DEVICE_COOKIE_NAME}"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = (
        365 * 24 * 3600
    )  # for a year browsers ask this host by HTTPS alone
# Printed in books (the QR that leads to an edition's page): the address people reach the portal at
PORTAL_URL = os.environ.get("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
# The mail server of the daily mail, smtp://, smtp+starttls:// or smtps://USER:PASSWORD@HOST:PORT, and who sends;
# without them the portal tells what is new on its pages alone
PORTAL_SMTP = os.environ.get("PORTAL_SMTP", "")
MAIL_FROM = os.environ.get("PORTAL_MAIL_FROM", "")
DIGEST_HOUR = int(os.environ.get("PORTAL_DIGEST_HOUR", "7"))  # in Bangkok
# The form view of a refused request keeps what the person typed
CSRF_FAILURE_VIEW = "hearing_portal.web.http.csrf_refused"

# A form with 100,000 Thai characters must reach its own "too long" answer: the limit in bytes is above that
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_REVERT_DISABLED = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
