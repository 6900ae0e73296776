"""The WSGI entry point of the site: Django, and before it the pages that are kept for visitors."""

import os

from django.conf import settings
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
site = get_wsgi_application()

from forum.caching.front import Front  # noqa: E402 - the models, which it knows, have to be loaded first

room = 0 if settings.DEBUG else settings.PAGE_CACHE_MB * 2**20
application = Front(site, room=room, shared=caches["pages"] if room and "pages" in settings.CACHES else None)
