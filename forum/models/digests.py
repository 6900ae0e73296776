"""Digest, DigestChapter and DigestEntry: posts a person keeps, in the version they kept, ordered like a book."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post
from forum.models.revisions import Revision


class Digest(models.Model):
    """A named, ordered collection of posts, private or public.

    `foreword` is Markdown as typed, `foreword_html` the safe HTML made of it. `language` is guessed from what the owner
    wrote; "" where it cannot be told.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="digests")
    slug = models.SlugField(_("address"), max_length=80, allow_unicode=True)
    title = models.CharField(_("title"), max_length=80)
    subtitle = models.CharField(_("subtitle"), max_length=120, blank=True)
    dedication = models.CharField(_("dedication"), max_length=200, blank=True)
    description = models.CharField(_("description"), max_length=500, blank=True)
    foreword = models.TextField(_("foreword"), max_length=40_000, blank=True)
    foreword_html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    entries_count = models.PositiveIntegerField(_("entries"), default=0)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ("-changed_at", "-id")
        constraints = (models.UniqueConstraint("owner", Lower("slug"), name="digest_address_unique_for_owner"),)
        indexes = (models.Index(fields=["owner", "-changed_at", "-id"], name="digests_of_owner"),)

    def __str__(self) -> str:
        return self.title


class DigestChapter(models.Model):
    """A chapter of a digest: a heading, and an introduction in Markdown with the safe HTML made of it.

    Its entries follow one another: each stands in the chapter of the nearest heading before it.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, verbose_name=_("digest"), related_name="chapters")
    title = models.CharField(_("heading"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=4_000, blank=True)
    introduction_html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ("position", "id")
        indexes = (models.Index(fields=["digest", "position", "id"], name="chapters_by_position"),)

    def __str__(self) -> str:
        return self.title


class DigestEntry(models.Model):
    """A post in a digest, pinned to the revision that was kept.

    `position` counts from 1 through the whole digest, so it is the order of reading; entries without a `chapter` stand
    before the first one.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, verbose_name=_("digest"), related_name="entries", db_index=False)
    chapter = models.ForeignKey(
        DigestChapter, models.RESTRICT, null=True, blank=True, verbose_name=_("chapter"), related_name="entries"
    )
    post = models.ForeignKey(Post, models.PROTECT, verbose_name=_("post"), related_name="digest_entries")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    note = models.TextField(_("note"), max_length=1000, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("digest entry")
        verbose_name_plural = _("digest entries")
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=["digest", "post"], name="post_once_per_digest"),)
        indexes = (models.Index(fields=["digest", "position", "id"], name="entries_by_position"),)

    def __str__(self) -> str:
        return f"{self.digest} · {self.post}"
