"""ReadMark and BoardMark: how far somebody has read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.models.boards import Board
from forum.models.threads import Thread


class ReadMark(models.Model):
    """`user` has read the thread up to the post of this number. Personal: it tells what somebody reads.

    There is none where nothing was read, and none for threads in which nothing was written for long: what is older
    than the person's BoardMark, or than permissions/marks.py remembers, counts as read without a row.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+", db_index=False
    )
    thread = models.ForeignKey(
        Thread, models.CASCADE, verbose_name=_("thread"), related_name="read_marks", db_index=False
    )
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        constraints = (models.UniqueConstraint(fields=["user", "thread"], name="thread_marked_once"),)
        indexes = (models.Index(fields=["thread", "user"], name="marks_in_thread"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.thread} #{self.number}"


class BoardMark(models.Model):
    """What was written on the board by then counts as read by `user`; without a board, what was written anywhere.

    Personal: it tells when somebody has read. At most one row for each board, and one for the site.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="+")
    board = models.ForeignKey(
        Board, models.CASCADE, verbose_name=_("board"), null=True, blank=True, related_name="read_marks"
    )
    read_before = models.DateTimeField(_("read until"))

    class Meta:
        verbose_name = _("reading mark of a board")
        verbose_name_plural = _("reading marks of boards")
        constraints = (
            models.UniqueConstraint(fields=["user", "board"], name="board_marked_once"),
            models.UniqueConstraint(fields=["user"], condition=models.Q(board=None), name="site_marked_once"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.board or '—'} · {self.read_before}"
