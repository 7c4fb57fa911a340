"""Settings of the framework. The connections and the secret key are filled in when the house is opened (kernel.house)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська")]
PROXIES = int(os.environ.get("SILD_PROXIES", "0") or 0)
WEB = Path(__file__).resolve().parent.parent / "web"
LOCALE_PATHS = [str(WEB / "locale")]
LANGUAGE_COOKIE_NAME = "sild_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

INSTALLED_APPS = [
    "sild.kernel",
    "sild.wings.parties",
    "sild.wings.register",
    "sild.wings.diplomacy",
    "sild.wings.linkage",
    "sild.wings.clearance",
    "sild.wings.agreements",
    "sild.wings.screening",
    "sild.wings.signals",
    "sild.wings.delivery",
    "sild.wings.planning",
    "sild.wings.outlook",
    "sild.wings.money",
    "sild.wings.attribution",
    "sild.wings.response",
    "sild.wings.continuity",
    "sild.wings.intake",
    "sild.wings.disclosure",
    "sild.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "kernel.Account"
SAYINGS = "sild.web.sayings.DeskSayings"
ROOT_URLCONF = "sild.web.urls"
WSGI_APPLICATION = "sild.config.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sild.web.middleware.ActorMiddleware",
    "sild.web.middleware.PolicyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sild.web.context.desk",
            ]
        },
    }
]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["sild.web.signin.backend.DeskBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "sild.web.signin.views.forged"

ACCOUNT_ADAPTER = "sild.web.signin.adapter.DeskAdapter"
ACCOUNT_FORMS = {
    "login": "sild.web.signin.forms.SignInForm",
    "reauthenticate": "sild.web.signin.forms.PasswordAgainForm",
    "change_password": "sild.web.signin.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# by place, and by the address that is tried: an address is locked for a quarter of an hour after five wrong passwords
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "join": "20/m/ip",
    "ask": "5/m/ip,40/h/ip",
    "asked": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

MFA_ADAPTER = "sild.web.signin.adapter.DeskFactors"
MFA_FORMS = {
    "authenticate": "sild.web.signin.forms.FactorForm",
    "reauthenticate": "sild.web.signin.forms.FactorAgainForm",
    "activate_totp": "sild.web.signin.forms.NewFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sild"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True

# attempts are counted where every server process sees them; the table is never so full that counters are dropped early
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
# who stands behind proxies of their own stands behind TLS: the innermost says so in one header, which it sets itself
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PROXIES > 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "sild.web.signin.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

FILE_UPLOAD_HANDLERS = [
    "sild.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# the jobs rooms of kernel and wings are read when the framework starts: every process knows which act asks for which job
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sild.web.static_names.NamedByContent"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 7 * 24 * 3600  # each asset's address changes with its content

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("SILD_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()]

_UNOPENED: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "sild",
    "HOST": "/nonexistent",
    "CONN_MAX_AGE": None,
    "CONN_HEALTH_CHECKS": True,
}

DATABASES: dict[str, dict[str, Any]] = {
    "default": dict(_UNOPENED),  # role sild_app: reads and writes under the policies
    "migrate": dict(_UNOPENED),  # role sild_migrate: the migrate step of `sild init` alone
    "sequencer": dict(_UNOPENED),  # role sild_sequencer: the ledger's outbox alone
}
