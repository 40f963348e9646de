"""Settings of the tests: a data folder of their own, and static files as they lie in the checkout."""

import hashlib
import os
import tempfile
from pathlib import Path

from site_config import environment

# What a developer has set for the own site says nothing to the tests, but for the database that they are to run on.
for setting in environment.SETTINGS:
    if setting.name not in ("DATABASE_URL", "DATA_DIR"):
        os.environ.pop(setting.name, None)
# One folder a checkout and worker: they may run their tests at the same time. A worker inherits what is set here.
_CHECKOUT = hashlib.sha256(str(environment.CHECKOUT).encode()).hexdigest()[:8]
_FOLDER = os.environ.setdefault(
    "DATA_DIR", str(Path(tempfile.gettempdir(), f"rimbalzo-tests-{os.getuid()}-{_CHECKOUT}"))
)
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["DATA_DIR"] = f"{_FOLDER}-{worker}"
os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 50

from site_config.settings import *  # noqa: E402, F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FLUSH_EVERY = 0  # a thread of its own would write into the database of the next test
