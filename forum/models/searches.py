"""SavedSearch and RecentSearch: what somebody looks for again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 300  # characters of a query that is kept


class Search(models.Model):
    """A query as typed, and where it looks: "" is the whole site, else as `in` says it in the address of a search.

    `place` is the name of that place when it was kept.
    """

    query = models.CharField(_("search"), max_length=LONGEST_QUERY)
    scope = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.query


class SavedSearch(Search):
    """A search that somebody keeps under a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="saved_searches"
    )
    name = models.CharField(_("name"), max_length=80)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = (models.UniqueConstraint(fields=["user", "query", "scope"], name="search_saved_once"),)


class RecentSearch(Search):
    """What a member looked for lately; the oldest make room for new ones."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="recent_searches"
    )
    searched_at = models.DateTimeField(_("searched"), default=timezone.now)

    class Meta:
        verbose_name = _("recent search")
        verbose_name_plural = _("recent searches")
        constraints = (models.UniqueConstraint(fields=["user", "query", "scope"], name="search_recent_once"),)
        indexes = (models.Index(fields=["user", "-searched_at", "-id"], name="searches_newest_first"),)
