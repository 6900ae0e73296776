"""Hiding reaches everywhere: what is hidden, held, merged away or split off shows its text to nobody else."""

import io
import zipfile
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from accounts.models import User
from forum.actions.digests import keep_in_new_digest
from forum.actions.merging import merge_threads
from forum.actions.moderation import hide_post, hide_thread, restore_post
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.models import Event, Hold, Post, Thread
from forum.notifying import deliver
from tests.clients import browser
from tests.world import World

SECRET = "Kumquat-lane-seventeen"


class Secret:
    """A post with the secret in all its parts, by Cai, kept, recommended, answered and heard of by others."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.thread = create_thread(world.letters, by=world.dan, title="Where do you live?", body="Tell us.")
        watch_place(self.thread, by=world.rita)
        self.post = add_reply(self.thread, by=world.cai, body=f"At {SECRET}.", title=f"{SECRET}!", source=SECRET, to=1)
        self.digest = keep_in_new_digest(self.post, by=world.coco, title="Kept", is_public=True).digest
        for person in (world.coco, world.dan):
            recommend_post(self.post, by=person)
        self.answer = add_reply(self.thread, by=world.coco, body="A nice lane.", to=2)
        deliver(Event.objects.filter(kind="post.created", post=self.post))

    def hide(self) -> None:
        """Hide the post."""
        hide_post(self.post, by=self.world.mei, reason="An address")

    def addresses(self) -> Iterator[str]:
        """Yield every page on which a text may show."""
        world, post = self.world, Post.objects.get(pk=self.post.pk)
        yield from ("/", "/cities/", "/c/stoneferry/", "/c/stoneferry/b/letters/", "/c/stoneferry/b/general/")
        yield from ("/c/stoneferry/log/", "/c/stoneferry/citizens/", "/feeds/", "/feeds/c/stoneferry/", "/feeds/u/cai/")
        yield from ("/feeds/c/stoneferry/b/letters/", "/feeds/c/stoneferry/b/general/", "/u/cai/", "/u/coco/")
        yield from ("/sitemap-threads-0.xml", f"/u/coco/digests/{self.digest.slug}/", f"/search/?q={SECRET}")
        for thread in Thread.objects.filter(city=world.stoneferry).values_list("pk", flat=True):
            yield from (f"/t/{thread}/", f"/t/{thread}/focus/", f"/t/{thread}/print/", f"/feeds/t/{thread}/")
            yield from (f"/t/{thread}/replies/?to={post.number}", f"/t/{thread}/replies/?to=3")
        for pk in (post.pk, self.answer.pk):
            yield from (
                f"/p/{pk}/{page}"
                for page in ("", "focus/", "print/", "history/", "recommenders/", "digest/", "report/")
            )
        yield from ("/me/", "/me/notifications/", "/me/watches/", "/me/drafts/", "/me/digests/", "/me/reports/")
        yield f"/me/digests/{self.digest.slug}/"

    def shown_to(self, person: User | None) -> list[str]:
        """Return the addresses where the person reads the secret."""
        client = browser(person)
        return [address for address in dict.fromkeys(self.addresses()) if SECRET in _text(client, address)]


def _text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code < 500, address
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # What the reader looks for stands in the search box of course.
    return text.decode().replace(f'value="{SECRET}"', "") if "/search/" not in address else _results(text.decode())


def _results(page: str) -> str:
    return "".join(part.split("</li>")[0] for part in page.split('<li class="found')[1:])


def _held(secret: Secret) -> None:
    Post.objects.filter(pk=secret.post.pk).update(is_held=True, is_hidden=True)
    city = secret.world.stoneferry
    Hold.objects.create(city=city, post=secret.post, why=Hold.Why.PROBATION, due_at=secret.post.created_at)


def _in_a_merge(secret: Secret) -> None:
    secret.hide()
    merge_threads(secret.thread, by=secret.world.mei, into=secret.world.thread)


def _in_a_hidden_merge(secret: Secret) -> None:
    merge_threads(secret.thread, by=secret.world.mei, into=secret.world.thread)
    hide_thread(secret.world.thread, by=secret.world.mei, reason="All of it")


def _in_a_split(secret: Secret) -> None:
    secret.hide()
    split_thread(secret.thread, by=secret.world.mei, numbers=[2, 3], board=secret.world.general, title="Lanes")


def _after_a_split(secret: Secret) -> None:
    new = split_thread(secret.thread, by=secret.world.mei, numbers=[2], board=secret.world.general, title=f"{SECRET}?")
    hide_thread(new, by=secret.world.mei, reason="All of it")


WAYS: dict[str, Callable[[Secret], object]] = {
    "hidden": lambda secret: secret.hide(),
    "in a hidden thread": lambda secret: hide_thread(secret.thread, by=secret.world.mei, reason="All of it"),
    "held for approval": _held,
    "hidden, then merged": _in_a_merge,
    "merged into a thread hidden then": _in_a_hidden_merge,
    "hidden, then split off": _in_a_split,
    "split off into a thread hidden then": _after_a_split,
}


@pytest.fixture
def secret(world: World) -> Secret:
    """The post, not hidden yet."""
    return Secret(world)


def test_the_secret_shows_before_it_is_hidden(secret: Secret) -> None:
    shown = secret.shown_to(secret.world.coco)
    thread, post = secret.thread.pk, secret.post.pk
    for address in (
        f"/t/{thread}/",
        f"/t/{thread}/focus/",
        f"/t/{thread}/print/",
        f"/p/{post}/history/",
        f"/feeds/t/{thread}/",
        "/u/cai/",
    ):
        assert address in shown
    assert f"/u/coco/digests/{secret.digest.slug}/" in shown
    assert f"/search/?q={SECRET}" in shown


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["visitor", "citizen", "stranger mayor"])
def test_what_is_hidden_shows_to_nobody_else(secret: Secret, way: str, who: str) -> None:
    WAYS[way](secret)
    assert secret.shown_to(secret.world.person(who)) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["mayor", "moderator"])
def test_officers_still_read_it(secret: Secret, way: str, who: str) -> None:
    WAYS[way](secret)
    place = Post.objects.get(pk=secret.post.pk).thread_id
    assert f"/t/{place}/" in secret.shown_to(secret.world.person(who))


def test_restored_it_shows_again(secret: Secret) -> None:
    secret.hide()
    restore_post(secret.post, by=secret.world.mei)
    assert f"/t/{secret.thread.pk}/" in secret.shown_to(None)


def test_hidden_opener_shows_neither_in_lists_nor_to_machines(world: World) -> None:
    thread = create_thread(world.letters, by=world.cai, title="An address", body=f"{SECRET} it is.")
    hide_post(thread.posts.get(number=1), by=world.mei, reason="An address")
    add_reply(thread, by=world.coco, body="Thanks.")
    for address in ("/", "/c/stoneferry/", "/c/stoneferry/b/letters/", f"/t/{thread.pk}/", "/feeds/", "/feeds/u/cai/"):
        assert SECRET not in browser().get(address).content.decode(), address


@pytest.mark.parametrize("way", WAYS)
def test_what_others_take_along_holds_a_tombstone(secret: Secret, way: str) -> None:
    WAYS[way](secret)
    answer = browser(secret.world.coco).post("/me/export/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert [name for name in archive.namelist() if SECRET in archive.read(name).decode("utf-8", "replace")] == []


@pytest.mark.parametrize("way", WAYS)
def test_news_sent_later_does_not_tell_it(secret: Secret, way: str) -> None:
    WAYS[way](secret)
    deliver(Event.objects.filter(kind="post.created"))
    for name in ("coco", "rita", "stan"):
        page = browser(getattr(secret.world, name)).get("/me/notifications/").content.decode()
        assert SECRET not in page
