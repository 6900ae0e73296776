"""Building the demo world: what its files tell becomes steps in time, each done through an action."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import events
from forum.actions import moderation, pinning
from forum.actions.applications import apply_to_city, decide_application
from forum.actions.boards import create_board, edit_board, order_boards
from forum.actions.cities import found_city
from forum.actions.counters import counted_afterwards
from forum.actions.digests import add_chapter, create_digest, keep_post, write_foreword
from forum.actions.marks import mark_board_read
from forum.actions.memberships import dismiss_deputy, join_city, name_deputy
from forum.actions.notices import post_notice
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.actions.reports import file_report
from forum.actions.rules import change_rules
from forum.actions.threads import add_views, create_thread
from forum.management.demo import load, shapes
from forum.management.living import life_steps
from forum.management.voting import vote_steps
from forum.models import Board, Category, City, Post, Thread
from forum.notifying.reading import mark_read_before
from forum.permissions.verdicts import Forbidden
from forum.search.index import indexed_together

PASSWORD = "cityboards-demo"  # noqa: S105 - of the demo world, printed on every start
SIGN_INS = ("mayor", "deputy", "citizen", "reader")
AWAY = timedelta(days=4)

type Step = tuple[timedelta, Callable[[datetime], None]]

ACTS: dict[str, Callable[..., object]] = {
    "pin": pinning.pin_thread,
    "unpin": pinning.unpin_thread,
    "lock": moderation.lock_thread,
    "unlock": moderation.unlock_thread,
    "feature": moderation.feature_thread,
    "unfeature": moderation.unfeature_thread,
    "hide": moderation.hide_thread,
    "restore": moderation.restore_thread,
}


@dataclass
class Seeder:
    """Everything made so far, by the names the files use."""

    people: dict[str, User] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    boards: dict[tuple[str, str], Board] = field(default_factory=dict)
    threads: dict[tuple[str, str], Thread] = field(default_factory=dict)
    posts: dict[tuple[str, str, int], Post] = field(default_factory=dict)

    def add_people(self, people: tuple[shapes.Person, ...], now: datetime) -> None:
        """Create everybody; only the demo sign-ins have a password."""
        password = make_password(PASSWORD)  # once: hashing is slow by design
        made = User.objects.bulk_create(
            User(
                username=person.username,
                display_name=person.name,
                about=person.about,
                date_joined=now - person.ago,
                password=password if person.username in SIGN_INS else make_password(None),
            )
            for person in people
        )
        self.people = {user.username: user for user in made}

    def post(self, city: str, thread: str, number: int) -> Post:
        """Return a post as it is at this moment."""
        return Post.objects.select_related("thread").get(thread=self.threads[city, thread], number=number)

    def steps(self, world: shapes.World) -> Iterator[Step]:
        """Yield everything that happens, in no order; each step is told the moment it happens at."""
        for city in world.cities:
            yield city.ago, partial(self.found, city)
            yield from self.civic_steps(city)
            for thread in city.threads:
                yield from self.thread_steps(city, thread)
        for digest in world.digests:
            yield from self.digest_steps(digest)

    def found(self, city: shapes.City, at: datetime) -> None:
        """Found the city with its boards."""
        mayor = self.people[city.mayor]
        default = next(board for board in city.boards if board.default)
        made = self.cities[city.slug] = found_city(
            by=mayor,
            name=city.name,
            slug=city.slug,
            category=Category.objects.get(slug=city.category.rpartition("/")[2]),
            board_name=default.name,
            description=city.description,
            ink=city.ink,
            joining=city.joining,
            at=at,
        )
        first = made.boards.get()
        boards = {default.slug: edit_board(first, by=mayor, slug=default.slug, description=default.description, at=at)}
        for board in city.boards:
            if not board.default:
                boards[board.slug] = create_board(
                    made, by=mayor, name=board.name, slug=board.slug, description=board.description, at=at
                )
        order_boards(made, by=mayor, order=[boards[board.slug].pk for board in city.boards], at=at)
        self.boards |= {(city.slug, slug): board for slug, board in boards.items()}

    def civic_steps(self, city: shapes.City) -> Iterator[Step]:
        """Yield who came, who held office, and what was announced."""
        applied = {one.username for one in city.applications if one.state == "accepted"}
        for citizen in city.citizens:
            if citizen.role != "mayor" and citizen.username not in applied:
                yield (
                    citizen.ago,
                    lambda at, name=citizen.username: join_city(  # type: ignore[misc]
                        self.cities[city.slug], by=self.people[name], at=at
                    ),
                )
        for one in city.applications:
            yield one.ago, partial(self.apply, city.slug, one)
            if one.decided is not None:
                yield one.decided, partial(self.decide, city.slug, one)
        for office in city.offices:
            yield office.ago, partial(self.appoint, city, office, name_deputy)
            if office.until is not None:
                yield office.until, partial(self.appoint, city, office, dismiss_deputy)
        for notice in city.notices:
            yield notice.ago, partial(self.announce, city.slug, notice)
        if city.rules:
            yield city.rules.ago, partial(self.rule, city, city.rules)
        for report in city.reports:
            yield report.ago, partial(self.report, city.slug, report)

    def apply(self, city: str, one: shapes.Application, at: datetime) -> None:
        """Somebody asks to become a citizen."""
        apply_to_city(self.cities[city], by=self.people[one.username], statement=one.statement, at=at)

    def decide(self, city: str, one: shapes.Application, at: datetime) -> None:
        """An officer decides on an application."""
        waiting = self.cities[city].applications.get(user=self.people[one.username], state="waiting")
        decide_application(waiting, by=self.people[one.by], accept=one.state == "accepted", answer=one.why, at=at)

    def appoint(self, city: shapes.City, office: shapes.Office, act: Callable[..., object], at: datetime) -> None:
        """The mayor names or dismisses a deputy."""
        reason = office.why if act is dismiss_deputy else ""
        person = self.people[office.username]
        act(self.cities[city.slug], by=self.people[city.mayor], person=person, reason=reason, at=at)

    def announce(self, city: str, notice: shapes.Notice, at: datetime) -> None:
        """An officer posts a notice."""
        ends = at + notice.ago - notice.until if notice.until is not None else None
        author = self.people[notice.by]
        post_notice(self.cities[city], by=author, title=notice.title, body=notice.body, ends_at=ends, at=at)

    def rule(self, city: shapes.City, rules: shapes.Rules, at: datetime) -> None:
        """The mayor gives the city its rules."""
        change_rules(self.cities[city.slug], by=self.people[city.mayor], at=at, **rules.fields)

    def report(self, city: str, report: shapes.Report, at: datetime) -> None:
        """Somebody reports a post, a thread or a person."""
        thing: dict[str, Any] = {"person": self.people.get(report.person), "city": self.cities[city]}
        if report.thread:
            thread = self.threads[city, report.thread]
            thing = {"post": self.post(city, report.thread, report.post)} if report.post else {"thread": thread}
        file_report(by=self.people[report.by], reason=report.reason, words=report.words, at=at, **thing)

    def thread_steps(self, city: shapes.City, thread: shapes.Thread) -> Iterator[Step]:
        """Yield the course of one thread: posts, edits, recommendations, acts."""
        for post in thread.posts:
            yield post.ago, partial(self.write, city.slug, thread, post)
            for edit in post.edits:
                yield edit.ago, partial(self.edit, city.slug, thread.key, post.number, edit)
            for one in post.recommendations:
                yield one.ago, partial(self.recommend, city.slug, thread.key, post.number, one.username)
        for act in thread.acts:
            yield act.ago, partial(self.act, city.slug, thread.key, act)

    def write(self, city: str, thread: shapes.Thread, post: shapes.Post, at: datetime) -> None:
        """Somebody opens the thread or replies in it."""
        author, key = self.people[post.by], (city, thread.key)
        if post.number > 1:
            words: dict[str, Any] = {
                "body": post.body,
                "title": post.title,
                "source": post.source,
                "office": post.office,
            }
            reply = add_reply(self.threads[key], by=author, to=post.to, at=at, **words)
            assert reply.number == post.number
            self.posts[*key, post.number] = reply
            return
        board = self.boards[city, thread.board]
        self.threads[key] = create_thread(
            board, by=author, title=thread.title, body=post.body, source=post.source, office=post.office, at=at
        )
        self.posts[*key, 1] = self.threads[key].posts.get()
        add_views({self.threads[key].pk: thread.views})

    def edit(self, city: str, thread: str, number: int, edit: shapes.Edit, at: datetime) -> None:
        """The author edits a post."""
        post = self.post(city, thread, number)
        edit_post(
            post,
            by=post.author,
            base=post.revision_number,
            title=edit.title or post.title,
            body=edit.body,
            source=post.source,
            reason=edit.why,
            at=at,
        )

    def recommend(self, city: str, thread: str, number: int, username: str, at: datetime) -> None:
        """Somebody recommends a post, unless it was hidden before they came to it."""
        with suppress(Forbidden):
            recommend_post(self.posts[city, thread, number], by=self.people[username], at=at)

    def act(self, city: str, thread: str, act: shapes.Act, at: datetime) -> None:
        """An officer acts on the thread or on one of its posts."""
        officer, found = self.people[act.by], self.threads[city, thread]
        if act.do == "move":
            moderation.move_thread(found, by=officer, board=self.boards[city, act.to], reason=act.why, at=at)
        elif act.post:
            do = moderation.hide_post if act.do == "hide" else moderation.restore_post
            do(self.post(city, thread, act.post), by=officer, reason=act.why, at=at)
        else:
            ACTS[act.do](found, by=officer, reason=act.why, at=at)

    def digest_steps(self, digest: shapes.Digest) -> Iterator[Step]:
        """Yield how a digest came to be."""
        made = {}

        def start(at: datetime) -> None:
            made[0] = create_digest(
                by=self.people[digest.by],
                title=digest.title,
                subtitle=digest.subtitle,
                dedication=digest.dedication,
                description=digest.note,
                is_public=digest.public,
                at=at,
            )

        def keep(entry: shapes.Entry, at: datetime) -> None:
            by = self.people[digest.by]
            if entry.chapter:
                add_chapter(made[0], by=by, title=entry.chapter, introduction=entry.introduction, at=at)
            post = self.post(entry.city, entry.thread, entry.post)
            keep_post(post, by=by, digest=made[0], note=entry.note, at=at)

        yield digest.ago, start
        for entry in digest.entries:
            yield entry.ago, partial(keep, entry)
        if digest.foreword:  # one writes it when the book is there
            last = min(entry.ago for entry in digest.entries)

            def introduce(at: datetime) -> None:
                write_foreword(made[0], by=self.people[digest.by], body=digest.foreword, at=at)

            yield last, introduce


@transaction.atomic
def seed(world: shapes.World | None = None, *, now: datetime | None = None) -> Seeder:
    """Build the demo world (or another of its shape) as it stands at `now`, whole or not at all, and return it."""
    now, world, seeder = now or timezone.now(), world or load(), Seeder()
    seeder.add_people(world.people, now)
    # Oldest first; what happens at one moment happens in the order of the files.
    cities = {city.slug for city in world.cities}
    steps = [*seeder.steps(world), *vote_steps(seeder, cities), *life_steps(seeder, cities)]
    with events.told_together(), counted_afterwards(), indexed_together():
        for ago, step in sorted(steps, key=lambda step: step[0], reverse=True):
            step(now - ago)
    for name in seeder.people.keys() & set(SIGN_INS):  # they were here a few days ago, so that something is new
        mark_board_read(None, by=seeder.people[name], until=now - AWAY)
        mark_read_before(seeder.people[name], now - AWAY)
    return seeder
