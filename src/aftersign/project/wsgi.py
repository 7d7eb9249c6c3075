"""The web application as a WSGI server finds it."""

import os

from django.core.wsgi import get_wsgi_application

from aftersign.kernel.vault.whole import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftersign.project.settings")
application = whole(get_wsgi_application())
