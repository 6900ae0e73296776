"""Draft: what somebody has written and not sent yet."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.conversations import Conversation
from forum.models.posts import Post
from forum.models.threads import Thread

# A conversation that is not stored stands for a new one.
type Place = Thread | Board | Post | Conversation


class DraftQuerySet(models.QuerySet["Draft"]):
    """Scopes of drafts."""

    def at(self, place: Place) -> "DraftQuerySet":
        """Drafts of replies to a thread, of threads on a board, of an edit of a post, or of messages."""
        if isinstance(place, Conversation) and place._state.adding:
            return self.filter(kind=Draft.Kind.MESSAGE, conversation=None)
        return self.filter(**{place_name(place): place})

    def open(self) -> "DraftQuerySet":
        """Those that are still being written."""
        return self.filter(appears_at=None)

    def scheduled(self) -> "DraftQuerySet":
        """Those that wait for their time."""
        return self.filter(appears_at__isnull=False)


def place_name(place: Place) -> str:
    """Return the name of the field that holds such a place."""
    return {Thread: "thread", Board: "board", Post: "post", Conversation: "conversation"}[type(place)]


class Draft(models.Model):
    """An unsent text: a reply to a `thread`, a new thread on a `board`, an edit of a `post`, or a message.

    A message is for a `conversation`, or begins a new one; then `title` is its subject and `beside` says to whom.

    `submission` is the mark of the form it was typed into; the post that carries the same mark takes its place.
    An edit has no mark: there is one draft for each post, made from the revision `base`. `version` counts how often it
    was saved and `desk` is the open form that saved last, so that no other one writes over it unseen.

    With `appears_at` it is a scheduled post: it waits to become one, as `sending` says. `problem` is why it could not.
    All of it is personal: the words, what was chosen beside them, and when they are to appear.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        THREAD = "thread", _("New thread")
        EDIT = "edit", _("Edit")
        MESSAGE = "message", _("Message")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="drafts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    thread = models.ForeignKey(
        Thread, models.CASCADE, verbose_name=_("thread"), null=True, blank=True, related_name="drafts"
    )
    board = models.ForeignKey(
        Board, models.CASCADE, verbose_name=_("board"), null=True, blank=True, related_name="drafts"
    )
    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), null=True, blank=True, related_name="drafts")
    conversation = models.ForeignKey(Conversation, models.CASCADE, null=True, blank=True, related_name="drafts")
    addressed_number = models.PositiveIntegerField(null=True, blank=True)
    base = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    beside = models.JSONField(_("chosen beside the text"), default=dict, blank=True)  # names and values of the form
    submission = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    desk = models.UUIDField(null=True, blank=True)
    appears_at = models.DateTimeField(_("appears"), null=True, blank=True)
    sending = models.JSONField(default=dict, blank=True)  # what the action is given beside the words
    problem = models.CharField(_("why it did not appear"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    kind="reply", thread__isnull=False, board__isnull=True, post__isnull=True, submission__isnull=False
                )
                | models.Q(
                    kind="thread", thread__isnull=True, board__isnull=False, post__isnull=True, submission__isnull=False
                )
                | models.Q(
                    kind="edit",
                    thread__isnull=True,
                    board__isnull=True,
                    post__isnull=False,
                    base__isnull=False,
                    submission__isnull=True,
                )
                | models.Q(
                    kind="message", thread__isnull=True, board__isnull=True, post__isnull=True, submission__isnull=False
                ),
                name="draft_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(conversation__isnull=True) | models.Q(kind="message"), name="draft_for_conversation"
            ),
            models.CheckConstraint(
                condition=models.Q(appears_at__isnull=True) | ~models.Q(kind__in=("edit", "message")),
                name="only_posts_appear_later",
            ),
            models.UniqueConstraint(fields=["user", "submission"], name="draft_once_per_form"),
            models.UniqueConstraint(fields=["user", "post"], name="draft_once_per_edited_post"),
        )
        indexes = (
            models.Index(fields=["user", "-changed_at", "-id"], name="drafts_newest_first"),
            models.Index(
                fields=["appears_at", "id"], condition=models.Q(appears_at__isnull=False), name="drafts_that_appear"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.kind}"
