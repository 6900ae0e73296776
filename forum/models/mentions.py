"""Mention: a text speaks of a person by @name."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post


class Mention(models.Model):
    """A version of the post named the person. The row stays when a later one does not: nobody is told twice.

    `created_at` is the time of the version, and of the event that tells of it.
    """

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="mentions", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="mentions"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = (models.UniqueConstraint(fields=["post", "user"], name="mentioned_once_in_a_post"),)

    def __str__(self) -> str:
        return f"{self.post} · {self.user}"
