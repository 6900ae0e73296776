"""Taking one's texts back: the words of every version go, their hashes and the numbers of the posts stay."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    left = Post.objects.filter(Exists(versions), author=person).order_by("thread__city", "pk")
    found = dict(left.values_list("pk", "thread")[:most])
    # Whoever records takes every other lock first, and those of the chains in the order of the cities.
    locked = Thread.objects.select_for_update(no_key=True).filter(pk__in=set(found.values()))
    threads = {thread.pk: thread for thread in locked.order_by("pk")}
    posts = list(left.filter(pk__in=found).select_related("thread__city"))  # another process may have been here
    taken = [_Taken(post, _words_above(post, threads[post.thread_id], person), _empty(post)) for post in posts]
    index_posts(posts)
    for one in taken:
        events.record("post.taken_back", by=person, post=one.post, at=at, versions=one.versions)
        erase_words(_that_say(one.post, person, one.titles), by=person, at=at)
    return len(found)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A post whose text was taken back: the titles that ever stood above it, and how many versions it had."""

    post: Post
    titles: list[str]
    versions: int


def _empty(post: Post) -> int:
    """Erase every version of the post, and return how many there are."""
    post.title = post.body = post.html = post.source = ""
    post.save(update_fields=["title", "body", "html", "source"])
    return Revision.objects.filter(post=post).update(title="", body="", reason="", salt="", is_erased=True)


def _words_above(post: Post, thread: Thread, by: User) -> list[str]:
    """Erase the title of the thread that the post opened, and the words of the person's poll; return what they were.

    How people voted stays.
    """
    if not post.is_opener:
        return []
    titles = [thread.title, *Revision.objects.filter(post=post).values_list("title", flat=True)]
    post.thread.title = UNTITLED
    Thread.objects.filter(pk=thread.pk).update(title=UNTITLED, alias="", excerpt="")
    if poll := Poll.objects.filter(thread=thread, author=by).first():
        titles.append(poll.question)
        Option.objects.filter(poll=poll).update(text=UNTITLED)
        Poll.objects.filter(pk=poll.pk).update(question=UNTITLED)
    return titles


def _that_say(post: Post, by: User, titles: list[str]) -> Iterator[Event]:
    """Yield the events that hold words of the person: their own of the post, and those that repeat a title."""
    for event in Event.objects.filter(post=post, actor=by):
        if event.reason or without_words(event.data) != event.data:
            yield event
    if titles:
        for event in Event.objects.filter(thread=post.thread_id).iterator():
            if any(value and value in titles for value in event.data.values()):
                yield event
