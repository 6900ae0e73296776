"""What makes a book of a digest: chapters, a foreword, an order by hand."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.pictures import Picture
from forum.actions.attachments import delete_image, upload_image
from forum.actions.digests import (
    add_chapter,
    arrange_digest,
    change_chapter,
    change_digest,
    chapters,
    create_digest,
    keep_post,
    keeping,
    move_chapter,
    move_entry,
    place_entry,
    remove_chapter,
    remove_entry,
    write_foreword,
)
from forum.actions.digests.ordering import arranged, key_of, lines_of
from forum.actions.posts import add_reply
from forum.models import Digest, DigestChapter, DigestEntry
from forum.permissions.attachments import can_see_attachment
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Forbidden
from forum.queries.attachments import placings_of
from tests.permissions.pictured import png
from tests.races import together
from tests.world import World


@pytest.fixture
def digest(world: World) -> Digest:
    """Coco's private digest with posts 1 to 5 in it."""
    digest = create_digest(by=world.coco, title="Bridges")
    posts = [world.opener, world.reply, *(add_reply(world.thread, by=world.dan, body=f"{n}") for n in range(3))]
    for post in posts:
        keep_post(post, by=world.coco, digest=digest)
    return digest


def entry(digest: Digest, number: int) -> DigestEntry:
    return digest.entries.get(post__number=number)


def book(digest: Digest) -> str:
    """Return the digest in a line: headings as they are, entries by the number of their post."""
    lines = lines_of(digest)
    return " ".join(one.title if isinstance(one, DigestChapter) else str(one.post.number) for one in lines)


def whole(digest: Digest) -> bool:
    """Return whether entries and chapters are numbered without a gap, and each entry stands in the chapter it is in."""
    entries = list(digest.entries.order_by("position"))
    places = [one.chapter.position if one.chapter else 0 for one in entries]
    return (
        [one.position for one in entries] == list(range(1, len(entries) + 1))
        and [one.position for one in digest.chapters.all()] == list(range(1, digest.chapters.count() + 1))
        and places == sorted(places)
    )


def test_chapter_begins_with_an_entry_or_at_the_end(world: World, digest: Digest) -> None:
    add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 3))
    add_chapter(digest, by=world.coco, title="Stone")
    assert book(digest) == "1 2 Wood 3 4 5 Stone"
    assert whole(digest)
    assert entry(digest, 2).chapter is None


def test_what_is_kept_later_belongs_to_the_last_chapter(world: World, digest: Digest) -> None:
    add_chapter(digest, by=world.coco, title="Stone")
    keep_post(add_reply(world.thread, by=world.dan, body="One more."), by=world.coco, digest=digest)
    assert book(digest) == "1 2 3 4 5 Stone 6"
    assert whole(digest)


def test_chapter_needs_a_heading_and_keeps_its_introduction_as_safe_html(world: World, digest: Digest) -> None:
    with pytest.raises(ValidationError) as problem:
        add_chapter(digest, by=world.coco, title=" ")
    assert "title" in problem.value.message_dict
    chapter = add_chapter(digest, by=world.coco, title="Wood", introduction="*Oak*<script>")
    assert "<em>Oak</em>&lt;script&gt;" in chapter.introduction_html
    change_chapter(chapter, by=world.coco, title=" Timber ", introduction="")
    chapter.refresh_from_db()
    assert (chapter.title, chapter.introduction_html) == ("Timber", "")


def test_entry_moves_past_a_heading_into_the_other_chapter(world: World, digest: Digest) -> None:
    wood = add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 3))
    assert move_entry(entry(digest, 2), by=world.coco, direction="down").chapter == wood
    assert book(digest) == "1 Wood 2 3 4 5"
    move_entry(entry(digest, 2), by=world.coco, direction="up")
    assert book(digest) == "1 2 Wood 3 4 5"
    assert whole(digest)


def test_entry_is_put_at_the_end_of_another_chapter(world: World, digest: Digest) -> None:
    wood = add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 2))
    stone = add_chapter(digest, by=world.coco, title="Stone", before=entry(digest, 4))
    place_entry(entry(digest, 5), by=world.coco, chapter=wood)
    place_entry(entry(digest, 2), by=world.coco, chapter=None)
    assert book(digest) == "1 2 Wood 3 5 Stone 4"
    place_entry(entry(digest, 4), by=world.coco, chapter=stone)
    assert book(digest) == "1 2 Wood 3 5 Stone 4"
    assert whole(digest)


def test_chapter_moves_with_its_texts_and_stops_at_the_ends(world: World, digest: Digest) -> None:
    wood = add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 2))
    add_chapter(digest, by=world.coco, title="Stone", before=entry(digest, 4))
    for direction, expected in (("up", "1 Wood 2 3 Stone 4 5"), ("down", "1 Stone 4 5 Wood 2 3")) * 2:
        move_chapter(wood, by=world.coco, direction=direction)  # type: ignore[arg-type]
        assert book(digest) == expected
        assert whole(digest)


def test_removed_chapter_leaves_its_texts_in_the_one_before(world: World, digest: Digest) -> None:
    wood = add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 2))
    stone = add_chapter(digest, by=world.coco, title="Stone", before=entry(digest, 4))
    remove_chapter(stone, by=world.coco)
    remove_chapter(stone, by=world.coco)
    assert book(digest) == "1 Wood 2 3 4 5"
    remove_chapter(wood, by=world.coco)
    assert book(digest) == "1 2 3 4 5"
    assert whole(digest)


def test_taking_a_text_out_leaves_no_gap(world: World, digest: Digest) -> None:
    remove_entry(entry(digest, 2), by=world.coco)
    remove_entry(entry(digest, 1), by=world.coco)
    assert book(digest) == "3 4 5"
    assert whole(digest)


def test_page_that_was_put_in_order_moves_nothing_elsewhere(world: World, digest: Digest) -> None:
    add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 3))
    order = [f"e{entry(digest, number).pk}" for number in (4, 2)]
    arrange_digest(digest, by=world.coco, order=[*order, "e999999", "x", order[0]])
    assert book(digest) == "1 4 Wood 3 2 5"
    assert whole(digest)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.booleans(), max_size=12), data=st.data())
def test_any_order_keeps_every_line_and_moves_only_what_it_names(kinds: list[bool], data: st.DataObject) -> None:
    lines = [DigestChapter(pk=n) if is_chapter else DigestEntry(pk=n) for n, is_chapter in enumerate(kinds, start=1)]
    keys = [key_of(line) for line in lines]
    order = data.draw(st.lists(st.sampled_from([*keys, "c0", "e99", ""]), max_size=20))
    after = [key_of(line) for line in arranged(lines, order)]
    named = set(order) & set(keys)
    assert sorted(after) == sorted(keys)
    assert [key for key in after if key in named] == [key for key in dict.fromkeys(order) if key in named]
    assert [(place, key) for place, key in enumerate(after) if key not in named] == [
        (place, key) for place, key in enumerate(keys) if key not in named
    ]


@pytest.mark.django_db(transaction=True)
def test_ordering_at_once_loses_nothing(transactional_db: None, world: World, digest: Digest) -> None:
    wood = add_chapter(digest, by=world.coco, title="Wood", before=entry(digest, 3))
    order = [key_of(line) for line in lines_of(digest)]
    more = add_reply(world.thread, by=world.dan, body="One more.")
    first, last = entry(digest, 1), entry(digest, 5)
    together(
        [
            lambda: arrange_digest(digest, by=world.coco, order=order[::-1]),
            lambda: move_entry(first, by=world.coco, direction="down"),
            lambda: remove_entry(last, by=world.coco),
            lambda: keep_post(more, by=world.coco, digest=digest),
            lambda: add_chapter(digest, by=world.coco, title="Stone"),
            lambda: move_chapter(wood, by=world.coco, direction="down"),
        ]
    )
    assert sorted(book(digest).split()) == ["1", "2", "3", "4", "6", "Stone", "Wood"]
    assert whole(digest)


def test_digest_and_chapters_have_limits_that_are_told(
    world: World, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "ENTRIES_MOST", 5)
    monkeypatch.setattr(chapters, "CHAPTERS_MOST", 0)
    more = add_reply(world.thread, by=world.dan, body="One more.")
    with pytest.raises(ValidationError, match="at most 5 texts"):
        keep_post(more, by=world.coco, digest=digest)
    assert keep_post(world.opener, by=world.coco, digest=digest, note="Still here.").note == "Still here."
    with pytest.raises(ValidationError, match="at most 0 chapters"):
        add_chapter(digest, by=world.coco, title="Wood")


def test_title_subtitle_and_dedication_are_stored_with_the_language_they_are_in(world: World) -> None:
    digest = create_digest(by=world.coco, title=" 橋與渡口 ", subtitle=" 三年 ", dedication=" 給阿滿姨 ")
    assert (digest.title, digest.subtitle, digest.dedication, digest.language) == (
        "橋與渡口",
        "三年",
        "給阿滿姨",
        "zh-Hant",
    )
    change_digest(digest, by=world.coco, title="The bridges of our town", description="", is_public=False)
    digest.refresh_from_db()
    assert (digest.subtitle, digest.dedication, digest.language) == ("", "", "en")


def test_foreword_is_safe_html_and_can_be_emptied(world: World, digest: Digest) -> None:
    write_foreword(digest, by=world.coco, body="**Why** I keep <b>bridges</b>.")
    digest.refresh_from_db()
    assert "<strong>Why</strong> I keep &lt;b&gt;" in digest.foreword_html
    write_foreword(digest, by=world.coco, body="  ")
    digest.refresh_from_db()
    assert (digest.foreword, digest.foreword_html) == ("", "")


def test_pictures_of_the_foreword_are_seen_by_who_may_read_the_digest(world: World, digest: Digest) -> None:
    image = upload_image(Picture(png("red"), "png", 4, 3), by=world.coco, alt="A plank")
    write_foreword(digest, by=world.coco, body=f"Look: {image.markdown}")
    with pytest.raises(ValidationError, match="Take it out"):
        delete_image(image, by=world.coco)

    def is_seen(person: object) -> bool:
        return can_see_attachment(Viewer.of(person), image, placings_of(image))  # type: ignore[arg-type]

    assert not is_seen(world.dan)
    change_digest(digest, by=world.coco, title="Bridges", description="", is_public=True)
    assert is_seen(world.dan)
    add_chapter(digest, by=world.coco, title="Wood", introduction=image.markdown)
    write_foreword(digest, by=world.coco, body="None.")
    assert is_seen(world.dan)
    change_chapter(digest.chapters.get(), by=world.coco, title="Wood", introduction="")
    assert not is_seen(world.dan)


def test_nobody_else_writes_in_a_digest(world: World, digest: Digest) -> None:
    chapter = add_chapter(digest, by=world.coco, title="Wood")
    for act in (
        lambda: write_foreword(digest, by=world.mei, body="Mine"),
        lambda: add_chapter(digest, by=world.mei, title="Mine"),
        lambda: change_chapter(chapter, by=world.mei, title="Mine", introduction=""),
        lambda: remove_chapter(chapter, by=world.mei),
        lambda: move_chapter(chapter, by=world.mei, direction="up"),
        lambda: arrange_digest(digest, by=world.ada, order=[]),
        lambda: place_entry(entry(digest, 1), by=world.mei, chapter=chapter),
    ):
        with pytest.raises(Forbidden, match="owner"):
            act()
