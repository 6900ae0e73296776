"""Hold: a post that waits for approval."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.cities import City
from forum.models.posts import Post


class Hold(models.Model):
    """Why a post waits, until when the officers promised to decide, and what they decided.

    While it waits, and when it was refused, the post is marked `is_held` and `is_hidden`: so nothing that leaves
    hidden posts out shows it, and no tombstone stands for it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")

    class Why(models.TextChoices):
        PROBATION = "probation", _("First posts wait for approval")
        WORD = "word", _("Contains a word that the city looks at first")
        PATTERN = "pattern", _("Matches a pattern that the city looks at first")

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("city"), related_name="holds")
    post = models.OneToOneField(Post, models.CASCADE, verbose_name=_("post"), related_name="hold")
    why = models.CharField(_("why"), max_length=12, choices=Why)
    found = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    due_at = models.DateTimeField(_("promised by"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("held post")
        verbose_name_plural = _("held posts")
        indexes = (models.Index(fields=["city", "state", "created_at", "id"], name="holds_by_state"),)

    def __str__(self) -> str:
        return str(self.post)

    @property
    def is_late(self) -> bool:
        """Whether it still waits though the officers promised to have decided."""
        return self.state == self.State.WAITING and self.due_at <= timezone.now()
