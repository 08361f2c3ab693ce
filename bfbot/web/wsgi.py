"""The pages as a WSGI application; the engine starts it by this path."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")

application = get_wsgi_application()
