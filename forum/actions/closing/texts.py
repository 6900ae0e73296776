"""Taking one's texts back: the words of every version go, their hashes and the numbers of the posts stay."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from forum import events
from forum.actions.erasing import UNTITLED, erase_words, without_words
from forum.models import Event, Option, Poll, Post, Revision, Thread
from forum.search.index import index_posts

AT_ONCE = 50  # posts in one transaction


def take_texts_back(person: User, *, at: datetime, most: int) -> int:
    """Erase the texts of at most so many posts of the person, and return how many there were."""
    done = 0
    while done < most:
        number = _take_some_back(person, at=at, most=min(AT_ONCE, most - done))
        done += number
        if number < AT_ONCE:
            break
    return done


@transaction.atomic
def _take_some_back(person: User, *, at: datetime, most: int) -> int:
    versions = Revision.objects.filter(post=OuterRef("pk"), is_erased=False)
    left = Post.objects.filter(Exists(versions), author=person)
    posts = list(left.select_related("thread__city").order_by("pk")[:most])
    for post in posts:
        _take_post_back(post, by=person, at=at)
    index_posts(posts)
    return len(posts)


def _take_post_back(post: Post, *, by: User, at: datetime) -> None:
    """Erase every version of a post, what the record says of it, and the poll that stands above it."""
    thread = Thread.objects.select_for_update(no_key=True).get(pk=post.thread_id)
    count = Revision.objects.filter(post=post).update(title="", body="", reason="", salt="", is_erased=True)
    post.title = post.body = post.html = post.source = ""
    post.save(update_fields=["title", "body", "html", "source"])
    words = []
    if post.is_opener:
        words = [thread.title]
        words += _take_poll_back(thread, by)
        Thread.objects.filter(pk=thread.pk).update(title=UNTITLED, alias="", excerpt="")
        post.thread.title = UNTITLED
    events.record("post.taken_back", by=by, post=post, at=at, versions=count)
    erase_words(_that_say(thread, post, by, words), by=by, at=at)


def _take_poll_back(thread: Thread, by: User) -> list[str]:
    """Erase the words of the person's poll in the thread and return its question; how people voted stays."""
    poll = Poll.objects.filter(thread=thread, author=by).first()
    if poll is None:
        return []
    Option.objects.filter(poll=poll).update(text=UNTITLED)
    Poll.objects.filter(pk=poll.pk).update(question=UNTITLED)
    return [poll.question]


def _that_say(thread: Thread, post: Post, by: User, words: list[str]) -> Iterable[Event]:
    """Yield the events of the thread that hold words of the person: their own, and those that repeat such a title."""
    for event in Event.objects.filter(thread=thread):
        is_own = event.post_id == post.pk and event.actor_id == by.pk
        says_something = bool(event.reason) or without_words(event.data) != event.data
        if (is_own and says_something) or any(value in words for value in event.data.values()):
            yield event
