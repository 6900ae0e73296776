"""Django's administration, for what has no page of its own: everything can be looked at, little be changed."""

from forum.admin import own, people, tables
from forum.admin.site import site

__all__ = ["own", "people", "site", "tables"]
