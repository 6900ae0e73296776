"""The sitemap: every city, board and thread that a visitor may read, in parts."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from forum.permissions.roles import Viewer
from forum.queries.feeds import known_boards, known_cities, known_threads

VISITOR = Viewer()


class _Part(Sitemap):
    """A part of the sitemap."""

    limit = 5_000

    def get_latest_lastmod(self) -> datetime | None:
        # Finding it would read every row for the sake of the index.
        return None


class Cities(_Part):
    """The city homes."""

    def items(self) -> Any:
        return known_cities(VISITOR)

    def location(self, item: Any) -> str:
        return reverse("city", args=[item.slug])

    def lastmod(self, item: Any) -> datetime:
        return item.last_activity_at


class Boards(_Part):
    """The boards."""

    def items(self) -> Any:
        return known_boards(VISITOR)

    def location(self, item: Any) -> str:
        return reverse("board", args=[item.city.slug, item.slug])

    def lastmod(self, item: Any) -> datetime:
        return item.last_activity_at


class Threads(_Part):
    """The threads."""

    def items(self) -> Any:
        return known_threads(VISITOR)

    def location(self, item: Any) -> str:
        return reverse("thread", args=[item.pk])

    def lastmod(self, item: Any) -> datetime:
        return item.last_post_at


SITEMAPS = {"cities": Cities, "boards": Boards, "threads": Threads}
