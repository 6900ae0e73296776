"""Recommendation: a person vouches for a post by name."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post
from forum.models.revisions import Revision


class Recommendation(models.Model):
    """One person recommends one post, in the version they read. Lists show the oldest first."""

    post = models.ForeignKey(
        Post, models.CASCADE, verbose_name=_("post"), related_name="recommendation_set", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("person"),
        related_name="recommendations",
        db_index=False,
    )
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("created_at", "id")
        constraints = (models.UniqueConstraint(fields=["post", "user"], name="recommendation_once_per_person"),)
        indexes = (
            models.Index(fields=["post", "created_at", "id"], name="recommenders_oldest_first"),
            models.Index(fields=["user", "-created_at", "-id"], name="recommendations_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.user} → {self.post}"
