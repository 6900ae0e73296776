"""Keeping a post from its page, one's digests, and the page of a digest."""

import json

import pytest

from forum.actions.digests import change_digest, create_digest, keep_post
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.models import City, Digest, DigestEntry
from tests.clients import HTMX, browser, text_of
from tests.world import World


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's public digest with the opener in it."""
    digest = create_digest(by=world.coco, title="Bridges", is_public=True)
    keep_post(world.opener, by=world.coco, digest=digest, note="All of it.")
    return digest


def read(world: World, person: object = None) -> str:
    return text_of(browser(person).get("/u/coco/digests/bridges/"))  # type: ignore[arg-type]


def test_chooser_offers_a_new_digest_to_who_has_none(world: World) -> None:
    client = browser(world.rita)
    address = f"/p/{world.opener.pk}/digest/"
    assert 'name="title"' in text_of(client.get(address))
    response = client.post(address, {"digest": "new", "title": "Rivers", "note": "Wet."})
    assert response["Location"] == f"/p/{world.opener.pk}/"
    entry = DigestEntry.objects.get()
    assert (entry.digest.title, entry.digest.is_public, entry.note) == ("Rivers", False, "Wet.")


def test_chooser_offers_the_digests_one_has(world: World, digest: Digest) -> None:
    page = text_of(browser(world.coco).get(f"/p/{world.reply.pk}/digest/"))
    assert f'value="{digest.pk}"' in page
    browser(world.coco).post(f"/p/{world.reply.pk}/digest/", {"digest": digest.pk})
    assert digest.entries.count() == 2


def test_htmx_closes_the_chooser_and_marks_the_post(world: World, digest: Digest) -> None:
    client = browser(world.coco)
    chooser = text_of(client.get(f"/p/{world.reply.pk}/digest/", headers=HTMX))
    assert "<html" not in chooser
    assert 'data-hx-target="#overlay"' in chooser
    response = client.post(f"/p/{world.reply.pk}/digest/", {"digest": digest.pk}, headers=HTMX)
    triggers = json.loads(response["HX-Trigger"])
    assert triggers["announce"]["text"] == "Kept in the digest Bridges."
    assert "dialog:close" in triggers
    assert '<hx-partial hx-target="#p2-keep"' in text_of(response)
    assert "In my digest" in text_of(response)


def test_new_digest_without_a_title_keeps_what_was_typed(world: World, digest: Digest) -> None:
    data = {"digest": "new", "title": " ", "note": "Do not lose me."}
    response = browser(world.coco).post(f"/p/{world.reply.pk}/digest/", data, headers=HTMX)
    assert response.status_code == 422
    assert "Do not lose me." in text_of(response)
    assert "Give the digest a title." in text_of(response)


def test_digest_of_somebody_else_is_no_choice(world: World, digest: Digest) -> None:
    response = browser(world.dan).post(f"/p/{world.reply.pk}/digest/", {"digest": digest.pk})
    assert response.status_code == 422


def test_hidden_post_is_not_kept(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Off topic")
    assert browser(world.rita).get(f"/p/{world.reply.pk}/digest/").status_code == 404
    assert browser(world.coco).get(f"/p/{world.reply.pk}/digest/").status_code == 403


def test_visitor_signs_in_first(world: World) -> None:
    for path in (f"/p/{world.opener.pk}/digest/", "/me/digests/", "/me/digests/bridges/"):
        assert browser().get(path)["Location"].startswith("/accounts/login/")


def test_digest_page_shows_the_kept_text_with_its_note(world: World, digest: Digest) -> None:
    page = read(world)
    for words in ("Bridges", "Kept by Coco", "All of it.", "三塊板的橋", "蔡渡", "石渡"):
        assert words in page


def test_digest_page_keeps_the_version_and_says_that_the_original_changed(world: World, digest: Digest) -> None:
    edit_post(world.opener, by=world.cai, base=1, title="Gone", body="Nothing is left.")
    page = read(world)
    assert "三塊板的橋" in page
    assert "Nothing is left." not in page
    assert "The original was edited after it was kept." in page
    assert f'href="/p/{world.opener.pk}/history/?from=1&amp;to=2"' in page


def test_digest_page_shows_a_tombstone_for_what_a_moderator_hid(world: World, digest: Digest) -> None:
    keep_post(world.reply, by=world.coco, digest=digest, note="Look!")
    hide_post(world.reply, by=world.mei, reason="Off topic")
    page = read(world, world.rita)
    assert "I crossed it." not in page
    assert "hidden by a moderator" in page
    assert "Look!" in page
    assert "I crossed it." in read(world, world.mei)


def test_digest_page_keeps_closed_cities_closed(world: World, digest: Digest) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    page = read(world, world.rita)
    for secret in ("三塊板的橋", "The bridge", "石渡", "蔡渡"):
        assert secret not in page
    assert "only its citizens may read" in page
    assert "三塊板的橋" in read(world, world.dan)


def test_private_digest_is_known_to_its_owner_only(world: World, digest: Digest) -> None:
    change_digest(digest, by=world.coco, title="Bridges", description="", is_public=False)
    assert browser(world.coco).get("/u/coco/digests/bridges/").status_code == 200
    for person in (None, world.dan, world.ada):
        assert browser(person).get("/u/coco/digests/bridges/").status_code == 404
    assert "Bridges" not in text_of(browser(world.dan).get("/u/coco/"))


def test_my_digests_can_be_made_and_changed(world: World) -> None:
    client = browser(world.rita)
    assert client.post("/me/digests/", {"title": ""}).status_code == 422
    assert client.post("/me/digests/", {"title": "Rivers"})["Location"] == "/me/digests/rivers/"
    assert "Rivers" in text_of(client.get("/me/digests/"))
    client.post("/me/digests/rivers/", {"title": "Streams", "description": "What flows.", "is_public": "on"})
    digest = Digest.objects.get()
    assert (digest.title, digest.slug, digest.description, digest.is_public) == (
        "Streams",
        "rivers",
        "What flows.",
        True,
    )
    assert client.post("/me/digests/rivers/", {"title": ""}).status_code == 422


def test_digest_of_another_person_cannot_be_found_among_mine(world: World, digest: Digest) -> None:
    entry = digest.entries.get()
    for path in ("", "delete/", f"entries/{entry.pk}/", f"entries/{entry.pk}/remove/"):
        assert browser(world.dan).get(f"/me/digests/bridges/{path}").status_code == 404
        assert browser(world.dan).post(f"/me/digests/bridges/{path}").status_code == 404
    assert browser(world.dan).post(f"/me/digests/bridges/entries/{entry.pk}/move/", {"to": "up"}).status_code == 404


def test_entry_moves_with_and_without_htmx(world: World, digest: Digest) -> None:
    entry = keep_post(world.reply, by=world.coco, digest=digest)
    client, move = browser(world.coco), f"/me/digests/bridges/entries/{entry.pk}/move/"
    response = client.post(move, {"to": "up"})
    assert response["Location"] == f"/me/digests/bridges/?page=1#entry-{entry.pk}"
    assert digest.entries.first() == entry
    response = client.post(move, {"to": "down"}, headers=HTMX)
    assert 'id="entries"' in text_of(response)
    assert "<html" not in text_of(response)
    assert json.loads(response["HX-Trigger"])["announce"]["text"] == "Now at place 2."
    assert client.post(move, {"to": "left"}).status_code == 404


def test_note_can_be_rewritten(world: World, digest: Digest) -> None:
    entry = digest.entries.get()
    client, address = browser(world.coco), f"/me/digests/bridges/entries/{entry.pk}/"
    assert "All of it." in text_of(client.get(address))
    assert client.post(address, {"note": "Most of it."}).status_code == 302
    assert client.post(address, {"note": "x" * 1001}).status_code == 422
    assert digest.entries.get().note == "Most of it."


def test_taking_out_and_deleting_ask_first(world: World, digest: Digest) -> None:
    client, entry = browser(world.coco), digest.entries.get()
    remove, delete = f"/me/digests/bridges/entries/{entry.pk}/remove/", "/me/digests/bridges/delete/"
    assert "Take this text out?" in text_of(client.get(remove))
    assert "Delete this digest?" in text_of(client.get(delete, headers=HTMX))
    client.post(remove)
    assert digest.entries.count() == 0
    client.post(delete)
    assert not Digest.objects.exists()


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize(("who", "queries"), [(None, 5), ("coco", 7), ("dan", 7)])
def test_digest_page_takes_few_queries(
    world: World, digest: Digest, django_assert_num_queries: object, count: int, who: str | None, queries: int
) -> None:
    for number in range(count - 1):
        post = add_reply(world.thread, by=world.dan, body=f"Words {number}")
        keep_post(post, by=world.coco, digest=digest)
        if number % 2:
            edit_post(post, by=world.dan, base=1, body="Other words")
    client = browser(getattr(world, who) if who else None)
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get("/u/coco/digests/bridges/")


@pytest.mark.parametrize("count", [1, 3, 50])
def test_page_where_a_digest_is_changed_takes_few_queries(
    world: World, digest: Digest, django_assert_num_queries: object, count: int
) -> None:
    for number in range(count - 1):
        keep_post(add_reply(world.thread, by=world.dan, body=f"Words {number}"), by=world.coco, digest=digest)
    client = browser(world.coco)
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/me/digests/bridges/")
