"""Every setting of the site, read from the environment once. The default is the safe one: production."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _
from environs import Env
from whitenoise.compress import Compressor

from crossinno.database import connection_settings, embedded_url
from crossinno.logs import logging_config
from crossinno.safety import kept, refuse_production
from crossinno.signing_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

MODE = env.str("MODE", "production")
if MODE not in {"production", "demo", "development", "test"}:
    raise ImproperlyConfigured(f"MODE is {MODE!r}; it is one of production, demo, development, test.")
PRODUCTION = MODE == "production"
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", MODE == "development")
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
DATABASE_URL = env.str("DATABASE_URL", "")
EMBEDDED_FOLDER = VAR_DIR / "postgres"
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", MODE in {"production", "test"})  # of webmasters
if PRODUCTION:
    refuse_production(DEBUG, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, EMBEDDED_FOLDER, SECOND_FACTOR_REQUIRED)
else:
    SECRET_KEY = SECRET_KEY or kept(VAR_DIR / "secret_key", get_random_secret_key)
_home = f"https://{ALLOWED_HOSTS[0].removeprefix('.')}" if PRODUCTION else f"http://localhost:{env('PORT', '') or 8000}"
SITE_URL = (env.str("SITE_URL", "") or _home).rstrip("/")  # how mails begin the addresses of pages

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crossinno",
    "editing",
    "api",
    "accounts",
    "cities",
    "practices",
    "events",
    "contact",
    "search",
    "mail",
    "procrastinate.contrib.django",
    "parler",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_countries",
    "django_prose_editor",
    "django_structlog",
    "csp",
    "crossinno.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "crossinno.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crossinno.public.PublicPagesMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "crossinno.languages.InterfaceLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "crossinno.urls"
WSGI_APPLICATION = "crossinno.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
            ],
        },
    }
]

# Database

DATABASE_URL = DATABASE_URL or embedded_url(EMBEDDED_FOLDER, "crossinno", durable=MODE != "test")
DATABASES = {"default": connection_settings(DATABASE_URL)}

FORMS_URLFIELD_ASSUME_HTTPS = True  # as Django 6 does by itself; goes away with it

CACHES = {
    "default": {  # counts of attempts, which all processes share; nothing else is kept in it
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_count",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Signing in: docs/decisions/sign-in.md

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
INVITATION_DAYS = env.int("INVITATION_DAYS", 7)
PASSWORD_RESET_TIMEOUT = 24 * 3600
SESSION_COOKIE_AGE = 14 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"

if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: tests make people by the hundred
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}

# Languages: practices can be written in all of them; the interface speaks those with a complete catalogue.

LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("cs", _("Czech")),
    ("et", _("Estonian")),
    ("it", _("Italian")),
    ("lt", _("Lithuanian")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("sv", _("Swedish")),
]
INTERFACE_LANGUAGES = ["en", "de"]
LANGUAGE_CODE = "en"
PARLER_DEFAULT_LANGUAGE_CODE = "en"
PARLER_LANGUAGES = {
    None: [{"code": code} for code, _name in LANGUAGES],
    "default": {"code": "en", "fallbacks": [code for code, _name in LANGUAGES], "hide_untranslated": False},
}
PARLER_ENABLE_CACHING = False
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "crossinno.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE in {"production", "demo"}
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # nobody asks for the others, and compressing them takes as long again
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = MODE in {"development", "test"}  # nothing is collected there
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")  # they take seconds
IMAGE_MAX_BYTES = 10 * 1024 * 1024

TAGGIT_CASE_INSENSITIVE = True

# Pages kept ready-made in front of Django

KEPT_PAGES_BYTES = env.int("KEPT_PAGES_MB", 32) * 1024 * 1024  # for each process; 0 keeps none
PROXY_SECONDS = env.int("PROXY_SECONDS", 0)  # how long a proxy may hand out a page without asking whether it changed

# Mail: every mail goes through the queue; to try things out, it stays there to be read.

CONTACT_EMAIL = env.str("CONTACT_EMAIL", "")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)  # how many of our own stand in front and append to X-Forwarded-For
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "crossinno@localhost")
_email = env.dj_email_url("EMAIL_URL", "smtp://localhost:25" if PRODUCTION else "memory:")
if "EMAIL_BACKEND" not in _email:
    raise ImproperlyConfigured("EMAIL_URL is not understood; it looks like submission://name:password@host:587.")
EMAIL_BACKEND = "mail.backend.QueuedBackend"
MAIL_IS_KEPT = MODE in {"demo", "development"}
MAIL_DELIVERY_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _email["EMAIL_HOST"], _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_USER"], _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _email["EMAIL_USE_TLS"], _email["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = 10

# What is wanted of the content

COVERAGE_TARGET = 4  # how many practices of each theme a city is to have
VERIFY_AFTER_DAYS = env.int("VERIFY_AFTER_DAYS", 365)  # then coordinators are asked whether it is still true
LINK_CHECK_PRIVATE = []  # servers of its own machine that a test lets the link check ask: "127.0.0.1:8000"

# The interface for machines

API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 120 if PRODUCTION else 6000)  # of one client; 0: no limit
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttle.PerMinute"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "api.problems.problem_of",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Crossinno",
    "DESCRIPTION": "Good practices in cross innovation, shared by eleven European cities. Read-only, without a key.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
}

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in (
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "crossinno.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Logs

LOGGING = logging_config(MODE)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
