"""Revision: every version of a post there ever was."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post


class Revision(models.Model):
    """One version of a post; only ever added.

    `content_hash` is that of title, body and reason with `salt`; `chain_hash` that of the row, chained to the version
    before. So a text can be erased (text and salt emptied, `is_erased` set) and the chain stays whole.
    """

    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("post"), related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="+")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    salt = models.CharField(max_length=32, blank=True)
    content_hash = models.CharField(max_length=64)
    chain_hash = models.CharField(max_length=64)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    is_erased = models.BooleanField(_("erased"), default=False)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("post", "number")
        constraints = (
            models.UniqueConstraint(fields=["post", "number"], name="revision_number_unique_in_post"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="revision_numbers_start_at_1"),
        )

    def __str__(self) -> str:
        return f"{self.post} · {self.number}"
