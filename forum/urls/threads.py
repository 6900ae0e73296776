"""Boards, threads, their polls and their posts."""

from django.urls import path, re_path

from forum.urls.cities import CITY
from forum.views import (
    ballots,
    boards,
    books,
    erasing,
    focus,
    history,
    keeping,
    legacy,
    marks,
    merging,
    moderation,
    polls,
    posts,
    printing,
    recommendations,
    reports,
    search,
    threads,
    watches,
)

BOARD = f"{CITY}b/<uslug:board>/"

# What is asked most: Django tries one address after the other.
first = [
    path("t/<int:thread>/", threads.show, name="thread"),
    path(BOARD, boards.show, name="board"),
]

urlpatterns = [
    path(f"{BOARD}watch/", watches.board, name="board_watch"),
    path(f"{BOARD}read/", marks.board, name="board_read"),
    path(f"{BOARD}threads/", threads.create, name="thread_create"),
    path(f"{BOARD}threads/new/", threads.new, name="thread_new"),
    path(f"{BOARD}threads/similar/", search.similar, name="threads_similar"),
    path("t/<int:thread>/replies/", posts.create, name="reply"),
    path("t/<int:thread>/watch/", watches.thread, name="thread_watch"),
    path("t/<int:thread>/unread/", marks.unread, name="thread_unread"),
    path("t/<int:thread>/read/", marks.thread, name="thread_read"),
    path("t/<int:thread>/report/", reports.thread, name="report_thread"),
    path("t/<int:thread>/focus/", focus.thread, name="thread_focus"),
    path("t/<int:thread>/print/", printing.thread, name="thread_print"),
    path("t/<int:thread>/book/", books.thread, name="thread_book"),
    path("t/<int:thread>.<book:format>", books.thread_file, name="thread_file"),
    path("t/<int:thread>/pin/", moderation.pin, name="thread_pin"),
    path("t/<int:thread>/unpin/", moderation.unpin, name="thread_unpin"),
    path("t/<int:thread>/lock/", moderation.lock, name="thread_lock"),
    path("t/<int:thread>/unlock/", moderation.unlock, name="thread_unlock"),
    path("t/<int:thread>/feature/", moderation.feature, name="thread_feature"),
    path("t/<int:thread>/unfeature/", moderation.unfeature, name="thread_unfeature"),
    path("t/<int:thread>/hide/", moderation.hide_thread, name="thread_hide"),
    path("t/<int:thread>/restore/", moderation.restore_thread, name="thread_restore"),
    path("t/<int:thread>/move/", moderation.move, name="thread_move"),
    path("t/<int:thread>/merge/", merging.merge, name="thread_merge"),
    path("t/<int:thread>/split/", merging.split, name="thread_split"),
    # Polls
    path("t/<int:thread>/poll/", polls.edit, name="thread_poll"),
    path("polls/<int:poll>/", polls.show, name="poll"),
    path("polls/<int:poll>/vote/", ballots.vote, name="poll_vote"),
    path("polls/<int:poll>/receipt/", ballots.receipt, name="poll_receipt"),
    path("polls/<int:poll>/tally/", ballots.tally, name="poll_tally"),
    path("polls/<int:poll>/ballots.csv", ballots.as_csv, name="poll_csv"),
    path("polls/<int:poll>/ballots.json", ballots.as_json, name="poll_json"),
    path("polls/<int:poll>/close/", polls.close, name="poll_close"),
    # Posts
    path("p/<int:post>/", posts.show, name="post"),
    path("p/<int:post>/edit/", posts.edit, name="post_edit"),
    path("p/<int:post>/hide/", moderation.hide_post, name="post_hide"),
    path("p/<int:post>/restore/", moderation.restore_post, name="post_restore"),
    path("p/<int:post>/report/", reports.post, name="report_post"),
    path("p/<int:post>/recommend/", recommendations.create, name="recommend"),
    path("p/<int:post>/unrecommend/", recommendations.delete, name="unrecommend"),
    path("p/<int:post>/recommenders/", recommendations.index, name="recommenders"),
    path("p/<int:post>/history/", history.index, name="post_history"),
    path("p/<int:post>/history/<int:number>/erase/", erasing.revision, name="revision_erase"),
    path("p/<int:post>/focus/", focus.post, name="post_focus"),
    path("p/<int:post>/print/", printing.post, name="post_print"),
    path("p/<int:post>/digest/", keeping.keep, name="post_digest"),
    # Addresses of imported forums: after those that they could be taken for
    re_path(r"^t/(?P<slug>[^/]+)/(?P<source>\d+)(?:/(?P<number>\d+))?/?$", legacy.thread, name="legacy_thread"),
]
