"""The WSGI application that `manage.py serve`, or any other server, runs."""

import os

from django.core.wsgi import get_wsgi_application

from site_config.logs import log_failed_threads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")

application = get_wsgi_application()
log_failed_threads()
