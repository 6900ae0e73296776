"""Block: somebody does not want to read another person."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Block(models.Model):
    """`user` folds the posts of `blocked`, who cannot mention or write to them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="blocks")
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("blocked person"), related_name="blocked_by"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = (
            models.UniqueConstraint(fields=["user", "blocked"], name="blocked_once"),
            models.CheckConstraint(condition=~models.Q(user=models.F("blocked")), name="nobody_blocks_themselves"),
        )
        indexes = (models.Index(fields=["blocked", "user"], name="blocks_of_blocked"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.blocked}"
