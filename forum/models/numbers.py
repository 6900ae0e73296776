"""FormerNumber: a number that a post bore in a thread it has left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post
from forum.models.threads import Thread


class FormerNumber(models.Model):
    """Number N of a thread leads to a post that stands elsewhere now: after a merge, a split, or undoing one.

    Together with the posts' present numbers these rows say for every number ever given in a thread which post it
    means; none is given twice.
    """

    thread = models.ForeignKey(Thread, models.CASCADE, verbose_name=_("thread"), related_name="former_numbers")
    number = models.PositiveIntegerField(_("number"))
    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="former_numbers")

    class Meta:
        verbose_name = _("former number")
        verbose_name_plural = _("former numbers")
        ordering = ("thread", "number")
        constraints = (models.UniqueConstraint(fields=["thread", "number"], name="former_number_once_in_thread"),)

    def __str__(self) -> str:
        return f"{self.thread} #{self.number}"
