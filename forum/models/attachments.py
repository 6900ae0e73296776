"""Attachment: a picture that somebody uploaded; Placing: where a text shows it."""

import re

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.digests import Digest
from forum.models.messages import Message
from forum.models.notices import Notice
from forum.models.revisions import Revision
from forum.text.pictures import PLACE


class Attachment(models.Model):
    """A picture of `owner`; what it shows, `alt` and the file itself are personal.

    The file lies in the storage at `path`. Its `name` is made of the owner and of its content, and tells its size, so
    no two rows ever share a file. While nothing shows it only its owner sees it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="attachments"
    )
    name = models.CharField(_("name"), max_length=60, unique=True)
    alt = models.CharField(_("description"), max_length=300, blank=True)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    bytes = models.PositiveIntegerField(_("bytes"))
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = (
            models.Index(fields=["owner", "-created_at", "-id"], name="attachments_newest_first"),
            models.Index(fields=["created_at"], name="attachments_by_age"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the file lies in the storage."""
        return f"images/{self.name}"

    @property
    def markdown(self) -> str:
        """What one writes into a text to show the picture, described by its `alt`."""
        words = " ".join(re.sub(r"([\\\[\]!*_`<>&~|])", r"\\\1", self.alt).split())
        return f"![{words}]({PLACE}{self.name})"


def _only(kind: str) -> models.Q:
    """Return the condition that the picture stands in a text of this kind and in no other."""
    return models.Q(**{f"{one}__isnull": one != kind for one in ("revision", "notice", "message", "digest")})


class Placing(models.Model):
    """That a version of a post, a notice, a message or a digest shows a picture: who may read it may see the picture.

    A digest shows it in its foreword or in the introduction of a chapter.
    """

    attachment = models.ForeignKey(Attachment, models.CASCADE, verbose_name=_("picture"), related_name="placings")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="placings")
    notice = models.ForeignKey(Notice, models.CASCADE, null=True, blank=True, related_name="placings")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="placings")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, blank=True, related_name="placings")

    class Meta:
        verbose_name = _("place of a picture")
        verbose_name_plural = _("places of pictures")
        constraints = (
            models.CheckConstraint(
                condition=_only("revision") | _only("notice") | _only("message") | _only("digest"),
                name="placing_in_one_text",
            ),
            models.UniqueConstraint(fields=["attachment", "revision"], name="placed_once_in_revision"),
            models.UniqueConstraint(fields=["attachment", "notice"], name="placed_once_in_notice"),
            models.UniqueConstraint(fields=["attachment", "message"], name="placed_once_in_message"),
            models.UniqueConstraint(fields=["attachment", "digest"], name="placed_once_in_digest"),
        )

    def __str__(self) -> str:
        return f"{self.attachment} · {self.pk}"

    @property
    def text(self) -> Revision | Notice | Message | Digest:
        """The text that shows the picture."""
        text = self.revision or self.notice or self.message or self.digest
        assert text is not None, "a constraint of the table"
        return text
