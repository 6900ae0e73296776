"""What a batch of topics adds to the city, worked out before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from forum.actions.texts import rendered
from forum.actions.threads import EXCERPT_LENGTH
from forum.models import Archive, Event, FormerNumber, Post, Thread
from forum.text.excerpts import excerpt
from forum.transfer.addresses import Addresses
from forum.transfer.bodies import body_of
from forum.transfer.people import People
from forum.transfer.places import Place
from forum.transfer.report import Report
from forum.transfer.topics import Entry, Topic

TITLE_LENGTH = 200


@dataclass(slots=True)
class Missing:
    """What of a topic is missing here; `thread` is the one that exists already, else None."""

    topic: Topic
    thread: Thread | None
    entries: list[Entry]


@dataclass(slots=True)
class Draft:
    """A topic's thread with the posts and acts to add to it; posts, and a new thread, are not saved yet."""

    topic: Topic
    thread: Thread
    posts: list[Post]
    acts: list[Entry]

    @property
    def is_new(self) -> bool:
        """Whether the thread comes in now."""
        return self.thread.pk is None


def find_missing(archive: Archive, topics: Iterable[Topic], report: Report) -> list[Missing]:
    """Return what is missing of each topic, leaving out those that are here whole; four queries for all."""
    topics = list(topics)
    rows = Thread.objects.filter(archive=archive, source_id__in=[topic.source_id for topic in topics])
    threads = {thread.source_id: thread for thread in rows}
    numbers = _known_numbers(list(threads.values())) if threads else {}
    found = []
    for topic in topics:
        thread = threads.get(topic.source_id)
        known = numbers.get(thread.pk, {}) if thread else {}
        opener = topic.entries.get(1)
        if thread is None and (opener is None or opener.code):
            report.problem(topic.file, f"topic {topic.source_id} has no opening post")
            continue
        if thread and opener and opener.source_id != known.get(1, opener.source_id):
            report.problem(topic.file, f"topic {topic.source_id} of another forum came into this city before")
            continue
        entries = [entry for _, entry in sorted(topic.entries.items()) if _is_missing(entry, known, topic, report)]
        if thread and entries and thread.merged_into_id:
            report.problem(topic.file, f"topic {topic.source_id} was merged into another thread here")
        elif thread and not entries:
            report.known += 1
        else:
            found.append(Missing(topic, thread, entries))
    return found


def draft(missing: Missing, place: Place, people: People, addresses: Addresses) -> Draft:
    """Return the thread and posts to write, rendered but not saved. The authors have to be here already."""
    topic = missing.topic
    addresses.within(topic.source_id, topic.slug)
    posts = [_post(entry, people, addresses) for entry in missing.entries if not entry.code]
    acts = [entry for entry in missing.entries if entry.code]
    return Draft(topic, missing.thread or _thread(topic, posts, place), posts, acts)


def _known_numbers(threads: list[Thread]) -> dict[int, dict[int, int | None]]:
    """Return, by thread, the numbers that posts and acts have, with the id that each had in its archive."""
    numbers: dict[int, dict[int, int | None]] = {thread.pk: {} for thread in threads}
    for thread_id, number, source_id in Post.objects.filter(thread__in=threads).values_list(
        "thread_id", "number", "source_id"
    ):
        numbers[thread_id][number] = source_id
    former = FormerNumber.objects.filter(thread__in=threads).values_list("thread_id", "number", "post__source_id")
    for thread_id, number, source_id in former:  # posts that have gone to other threads since
        numbers[thread_id][number] = source_id
    acts = Event.objects.filter(thread__in=threads, in_thread=True, data__has_key="source_id")
    for thread_id, data in acts.values_list("thread_id", "data"):
        numbers[thread_id][data["number"]] = data["source_id"]
    return numbers


def _is_missing(entry: Entry, known: dict[int, int | None], topic: Topic, report: Report) -> bool:
    if entry.number not in known:
        return True
    if known[entry.number] != entry.source_id:
        report.problem(topic.file, f"post {entry.number}: somebody has written a post of that number here")
    return False


def _post(entry: Entry, people: People, addresses: Addresses) -> Post:
    return Post(
        number=entry.number,
        author_id=people.id_of(entry.author),
        addressed_number=entry.to,
        created_at=entry.at,
        edited_at=entry.edited_at,
        earlier_edits=entry.earlier_edits,
        earlier_recommendations=entry.recommendations,
        is_hidden=entry.is_hidden,
        source_id=entry.source_id,
        **rendered(body_of(entry, addresses), names_people=False),
    )


def _thread(topic: Topic, posts: list[Post], place: Place) -> Thread:
    board, opener, newest = place.board_for(topic.category), posts[0], max(posts, key=lambda post: post.created_at)
    opener.title = topic.title[:TITLE_LENGTH]
    return Thread(
        city=place.city,
        board=board,
        author_id=opener.author_id,
        title=opener.title,
        excerpt=excerpt(opener.body, EXCERPT_LENGTH),
        language=opener.language,
        created_at=opener.created_at,
        is_pinned=topic.is_pinned,
        is_locked=topic.is_locked,
        is_hidden=not topic.is_listed,
        last_number=max(topic.entries),
        posts_count=len(posts),
        replies_count=sum(not post.is_hidden and not post.is_opener for post in posts),
        views_count=topic.views,
        recommendations_count=opener.earlier_recommendations,
        last_post_at=newest.created_at,
        last_author_id=newest.author_id,
        archive=place.archive,
        source_id=topic.source_id,
        source_slug=topic.slug,
    )
