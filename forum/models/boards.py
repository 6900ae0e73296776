"""Board: a named part of a city that holds threads."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City


class Board(models.Model):
    """A board of one city. One board of each city is the default 不分版."""

    class Posting(models.TextChoices):
        CITY = "", _("As in the whole city")
        CITIZENS = "citizens", _("Citizens only")
        MEMBERS = "members", _("Every member of the site")
        OFFICERS = "officers", _("Only mayor and deputies open threads")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="boards")
    slug = models.SlugField(_("address"), max_length=60, allow_unicode=True)
    name = models.CharField(_("name"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_default = models.BooleanField(_("default"), default=False)
    posting = models.CharField(_("posting"), max_length=12, choices=Posting, default=Posting.CITY, blank=True)
    min_length = models.PositiveIntegerField(_("shortest post, in characters"), default=0)
    max_length = models.PositiveIntegerField(_("longest post, in characters"), default=40_000)
    threads_count = models.PositiveIntegerField(_("threads"), default=0)
    posts_count = models.PositiveIntegerField(_("posts"), default=0)
    last_activity_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint("city", Lower("slug"), name="board_address_unique_in_city"),
            models.UniqueConstraint(
                fields=["city"], condition=models.Q(is_default=True), name="one_default_board_per_city"
            ),
            models.CheckConstraint(
                condition=models.Q(min_length__lte=models.F("max_length")), name="board_lengths_in_order"
            ),
        )
        indexes = (models.Index(fields=["city", "position", "id"], name="boards_by_position"),)

    def __str__(self) -> str:
        return self.name
