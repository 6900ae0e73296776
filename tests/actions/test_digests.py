"""Making digests and keeping posts in them."""

import pytest
from django.core.exceptions import ValidationError

from forum.actions.digests import (
    annotate_entry,
    change_digest,
    create_digest,
    delete_digest,
    keep_in_new_digest,
    keep_post,
    move_entry,
    remove_entry,
)
from forum.actions.posts import add_reply, edit_post
from forum.models import City, Digest, DigestEntry, Event, Post
from forum.permissions.verdicts import Forbidden
from tests.races import together
from tests.world import World


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's private digest with the opener in it."""
    digest = create_digest(by=world.coco, title="橋 Bridges")
    keep_post(world.opener, by=world.coco, digest=digest, note="All of it.")
    digest.refresh_from_db()
    return digest


def order(digest: Digest) -> list[int]:
    return [entry.post.number for entry in digest.entries.select_related("post")]


def test_new_digest_is_private_empty_and_has_an_address_of_its_title(world: World) -> None:
    digest = create_digest(by=world.coco, title="  橋 Bridges ")
    assert (digest.title, digest.slug, digest.is_public, digest.entries_count) == ("橋 Bridges", "橋-bridges", False, 0)


def test_two_digests_of_one_title_have_different_addresses(world: World) -> None:
    slugs = [create_digest(by=world.coco, title="Bridges").slug for _ in range(3)]
    assert slugs == ["bridges", "bridges-2", "bridges-3"]
    assert create_digest(by=world.dan, title="Bridges").slug == "bridges"


def test_title_without_any_letter_still_gives_an_address(world: World) -> None:
    assert create_digest(by=world.coco, title="…").slug == "digest"


def test_digest_needs_a_title(world: World) -> None:
    with pytest.raises(ValidationError) as problem:
        create_digest(by=world.coco, title="   ")
    assert "title" in problem.value.message_dict


def test_kept_post_is_pinned_to_the_version_that_was_kept(world: World, digest: Digest) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="The bridge", body="Gone with the flood.")
    assert digest.entries.get().revision.body == "三塊板的橋。Three planks."
    assert digest.entries_count == 1


def test_keeping_again_takes_the_present_version_and_the_new_note(world: World, digest: Digest) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="The bridge", body="Gone with the flood.")
    entry = keep_post(world.opener, by=world.coco, digest=digest, note="It is gone now.")
    assert (entry.revision.number, entry.note) == (2, "It is gone now.")
    assert DigestEntry.objects.filter(digest=digest).count() == 1


def test_keeping_again_without_a_note_leaves_the_note(world: World, digest: Digest) -> None:
    assert keep_post(world.opener, by=world.coco, digest=digest).note == "All of it."


def test_post_and_digest_can_be_made_in_one_go(world: World) -> None:
    entry = keep_in_new_digest(world.reply, by=world.dan, title="Crossings", is_public=True, note="Short.")
    assert (entry.digest.title, entry.digest.is_public, entry.note) == ("Crossings", True, "Short.")


def test_failing_to_keep_leaves_no_empty_digest(world: World) -> None:
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=True)
    with pytest.raises(Forbidden, match="hidden"):
        keep_in_new_digest(world.reply, by=world.dan, title="Crossings")
    assert not Digest.objects.exists()
    Post.objects.filter(pk=world.reply.pk).update(is_hidden=False)


def test_post_in_a_city_one_may_not_read_is_not_kept(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    with pytest.raises(Forbidden):
        keep_in_new_digest(world.opener, by=world.rita, title="Secrets")


def test_post_of_an_archived_city_can_still_be_kept(world: World, digest: Digest) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(state=City.State.ARCHIVED)
    assert keep_post(world.reply, by=world.coco, digest=digest).position == 2


def test_nobody_else_touches_a_digest(world: World, digest: Digest) -> None:
    entry = digest.entries.get()
    for act in (
        lambda: keep_post(world.reply, by=world.mei, digest=digest),
        lambda: change_digest(digest, by=world.mei, title="Mine", description="", is_public=True),
        lambda: annotate_entry(entry, by=world.mei, note="Mine"),
        lambda: move_entry(entry, by=world.mei, direction="up"),
        lambda: remove_entry(entry, by=world.mei),
        lambda: delete_digest(digest, by=world.ada),
    ):
        with pytest.raises(Forbidden, match="owner"):
            act()


def test_changing_the_title_keeps_the_address(world: World, digest: Digest) -> None:
    change_digest(digest, by=world.coco, title="Rivers", description="What flows.", is_public=True)
    digest.refresh_from_db()
    assert (digest.title, digest.slug, digest.is_public) == ("Rivers", "橋-bridges", True)


def test_entries_move_up_and_down_and_stop_at_the_ends(world: World, digest: Digest) -> None:
    for number in (2, 3):
        post = world.reply if number == 2 else add_reply(world.thread, by=world.dan, body="Me too.")
        keep_post(post, by=world.coco, digest=digest)
    last = digest.entries.last()
    assert last is not None
    for expected in ([1, 3, 2], [3, 1, 2], [3, 1, 2]):
        move_entry(last, by=world.coco, direction="up")
        assert order(digest) == expected
    move_entry(last, by=world.coco, direction="down")
    assert order(digest) == [1, 3, 2]


def test_note_can_be_changed_and_emptied(world: World, digest: Digest) -> None:
    entry = digest.entries.get()
    assert annotate_entry(entry, by=world.coco, note=" Better. ").note == "Better."
    assert annotate_entry(entry, by=world.coco, note="").note == ""


def test_removed_entry_is_counted_out_once(world: World, digest: Digest) -> None:
    entry = digest.entries.get()
    remove_entry(entry, by=world.coco)
    remove_entry(entry, by=world.coco)
    digest.refresh_from_db()
    assert (digest.entries_count, digest.entries.count()) == (0, 0)


def test_deleting_a_digest_leaves_the_posts(world: World, digest: Digest) -> None:
    delete_digest(digest, by=world.coco)
    assert not Digest.objects.exists()
    assert Post.objects.filter(thread=world.thread).count() == 2
    assert Event.objects.filter(kind="digest.deleted").exists()


@pytest.mark.django_db(transaction=True)
def test_keeping_at_once_makes_one_entry(transactional_db: None, world: World, digest: Digest) -> None:
    together([lambda: keep_post(world.reply, by=world.coco, digest=digest)] * 6)
    digest.refresh_from_db()
    assert digest.entries_count == digest.entries.count() == 2


@pytest.mark.django_db(transaction=True)
def test_digests_made_at_once_get_addresses_of_their_own(transactional_db: None, world: World) -> None:
    together([lambda: create_digest(by=world.coco, title="Bridges")] * 4)
    assert Digest.objects.filter(owner=world.coco).count() == 4
