"""Post: one text in a thread, by number."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.threads import Thread


class PostQuerySet(models.QuerySet["Post"]):
    """Scopes of posts."""

    def shown(self) -> "PostQuerySet":
        """Posts that no moderator has hidden."""
        return self.filter(is_hidden=False)

    def replies(self) -> "PostQuerySet":
        """Every post but the opening one."""
        return self.filter(number__gt=1)


class Post(models.Model):
    """A post: Markdown as typed (`body`) with the safe HTML made of it (`html`).

    `revision_number` is that of the present text; 1 is the text as first written. An imported post
    may have been edited before: `earlier_edits` and `earlier_recommendations` are bare numbers from
    the archive. `addressed` is the post replied to; `addressed_number` stays when that one is missing.
    A post that waits for approval, or was refused it, is held and hidden (see Hold). `office` is set when an
    officer speaks as such.
    `submission` marks one filled-in form, so that sending it twice makes one post.
    """

    class Office(models.TextChoices):
        DEPUTY = "deputy", _("As deputy mayor")
        MAYOR = "mayor", _("As mayor")
        MODERATOR = "moderator", _("As site moderator")

    thread = models.ForeignKey(Thread, models.PROTECT, verbose_name=_("thread"), related_name="posts", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="posts", db_index=False
    )
    addressed = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answers", db_index=False
    )
    addressed_number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"))
    html = models.TextField()
    renderer_version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    is_repost = models.BooleanField(_("repost"), default=False)
    office = models.CharField(_("office"), max_length=10, choices=Office, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    revision_number = models.PositiveIntegerField(default=1)
    earlier_edits = models.PositiveIntegerField(default=0)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    is_held = models.BooleanField(_("held for approval"), default=False)
    recommendations_count = models.PositiveIntegerField(default=0)
    earlier_recommendations = models.PositiveIntegerField(default=0)
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = (
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_unique_in_thread"),
            models.UniqueConstraint(fields=["author", "submission"], name="post_submitted_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="post_numbers_start_at_1"),
            models.CheckConstraint(condition=models.Q(revision_number__gte=1), name="post_revisions_start_at_1"),
        )
        indexes = (
            models.Index(fields=["author", "-created_at", "-id"], name="posts_of_author"),
            models.Index(fields=["thread", "number"], condition=models.Q(is_held=True), name="posts_held_in_thread"),
            models.Index(fields=["addressed"], condition=models.Q(addressed__isnull=False), name="posts_addressing"),
            # What was written in a thread since somebody marked everything as read.
            models.Index(
                fields=["thread", "created_at", "author"],
                condition=models.Q(is_hidden=False),
                name="posts_shown_by_time",
            ),
            # What a search asks of posts by the thousand, apart from their texts.
            models.Index(
                fields=["id", "thread", "author", "is_hidden", "recommendations_count", "earlier_recommendations"],
                name="posts_without_texts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread} #{self.number}"

    @property
    def is_opener(self) -> bool:
        """Whether this post opened its thread."""
        return self.number == 1

    @property
    def edits(self) -> int:
        """How often the text was edited: the N of 修改第 N 次."""
        return self.revision_number - 1 + self.earlier_edits

    @property
    def recommendations(self) -> int:
        """All recommendations: those by name and those that came as a number from an archive."""
        return self.recommendations_count + self.earlier_recommendations
