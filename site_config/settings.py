"""Django's settings; what an operator may change comes from `site_config.environment`."""

from datetime import timedelta

from csp.constants import NONE, SELF

from site_config import environment, logs

BASE_DIR = environment.CHECKOUT
DATA_DIR = environment.path("DATA_DIR")
HTTPS = environment.switch("HTTPS")

DEBUG = environment.switch("DEBUG")
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose classes it extends
    "codes",  # before auth, whose createsuperuser it prepares the database for
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "simple_history",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "site_config.headers.refuse_devices",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "codes.monitoring.middleware.count_requests",
    "codes.views.published.serve_kept",  # what nobody signed in asks for again goes no further
    "django.middleware.gzip.GZipMiddleware",  # what nobody keeps: kept pages and static files lie there compressed
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # who saves what hangs from a form, such as stage meanings
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"

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
                "codes.views.context.site",
            ],
        },
    }
]

DATABASES = {"default": environment.database()}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pieces of pages that are the same for many and hold nothing personal: {% cache %} in templates.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Signing in. Sessions end a set time after it; eight wrong passwords lock a name out for a quarter of an hour, from
# that address only: behind a proxy that is the one it tells, else one person would lock everybody out.
SESSION_COOKIE_AGE = environment.number("SESSION_HOURS") * 3600
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = LOGIN_REDIRECT_URL_FAILURE = "/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "codes.views.visitor.address_of"
AXES_LOCKOUT_CALLABLE = "codes.views.signing_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
LOGIN_REQUIRED = environment.switch("LOGIN_REQUIRED")
API_TOKENS = environment.words("API_TOKENS")  # codes.api.access
if LOGIN_REQUIRED:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware") + 1,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    )

# Single sign-on by OpenID Connect: on where the client has a name. What somebody may do comes from the claim each time.
OIDC_RP_CLIENT_ID = environment.text("OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = environment.text("OIDC_CLIENT_SECRET")
OIDC_OP_AUTHORIZATION_ENDPOINT = environment.text("OIDC_AUTHORIZATION_URL")
OIDC_OP_TOKEN_ENDPOINT = environment.text("OIDC_TOKEN_URL")
OIDC_OP_USER_ENDPOINT = environment.text("OIDC_USERINFO_URL")
OIDC_OP_JWKS_ENDPOINT = environment.text("OIDC_JWKS_URL")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile email"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_GROUPS_CLAIM = environment.text("OIDC_GROUPS_CLAIM")
OIDC_GROUPS = environment.pairs("OIDC_GROUPS")
if OIDC_RP_CLIENT_ID:
    AUTHENTICATION_BACKENDS.append("site_config.sign_on.SingleSignOn")

# Languages. The .po files are sources; `serve` and the tests compile them into DATA_DIR.
LANGUAGES = [("it", "Italiano"), ("en", "English")]
LANGUAGE_CODE = environment.language()
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [DATA_DIR / "locale"]
LOCALE_SOURCES = BASE_DIR / "codes" / "locale"
MODELTRANSLATION_DEFAULT_LANGUAGE = "it"
TIME_ZONE = environment.time_zone()
FORMAT_MODULE_PATH = "site_config.formats"
USE_I18N = True
USE_TZ = True

# Static files: hashed names, so that browsers keep them for ever.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "site_config.static_files.StaticFiles"},
}
JQUERY_UI_URL = "vendor/jquery-ui.min.js"  # modeltranslation's tabs; its default is another host's

# Security: one switch for everything that needs https, since secure cookies lock people out on plain http. The https
# itself is spoken by a proxy, which says so in a header; without the header every page would redirect to itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "codes.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Who asks, and what is kept for some: codes.views.visitor and codes.views.limits use these.
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
MONITORED_FROM = environment.networks("MONITORED_FROM")
EXPLAIN_LIMIT = environment.number("EXPLAIN_LIMIT")

# Uploads and pastes stay in memory: a bounce is personal data and never touches a disk. codes.views.intake has the
# limits.
FILE_UPLOAD_HANDLERS = ["codes.views.intake.BoundedMemoryUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# What explanations leave behind: counts and masked shapes, gathered in memory (codes.counting). Seconds between two
# flushes; 0, in tests, starts no thread.
FLUSH_EVERY = 5
KEEP_DAYS = environment.number("KEEP_DAYS")

# Errors go to stderr, without the request's content. A 4xx is the asker's business and leaves no trace.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": logs.formatter(environment.log_format())},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
    },
}
