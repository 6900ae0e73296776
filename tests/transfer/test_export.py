"""The archive of one person: whole, readable without this site, and nobody else's."""

import json
import re
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from forum.actions.appeals import appeal_decision
from forum.actions.cases import decide_case
from forum.actions.digests import add_chapter, annotate_entry, create_digest, keep_in_new_digest, write_foreword
from forum.actions.drafts import save_draft
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.actions.reports import file_report
from forum.actions.searches import remember_search, save_search
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.events.chain import canonical, link_hash
from forum.models import City, Event
from tests.clients import browser, text_of
from tests.world import World


def exported(person: Any) -> ZipFile:
    """Return the archive as the person gets it."""
    answer = browser(person).post("/me/export/")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/zip", "no-store")
    return ZipFile(BytesIO(answer.getvalue()))


def read(archive: ZipFile, name: str) -> str:
    return archive.read(name).decode()


def loaded(archive: ZipFile, name: str) -> Any:
    return json.loads(read(archive, name))


def test_page_says_what_one_gets(world: World) -> None:
    page = text_of(browser(world.rita).get("/me/export/"))
    assert "Download the ZIP file" in page
    assert 'method="post"' in page


def test_posts_come_with_their_facts_and_their_text_as_typed(world: World) -> None:
    post = add_reply(world.thread, by=world.coco, body="一座**橋**。", title='On "bridges": 橋', to=1, source="A book")
    archive = exported(world.coco)
    text = read(archive, f"posts/{world.thread.pk}-3.md")
    found = re.fullmatch(r"---\n(.*?)\n---\n\n(.*)\n", text, re.S)
    assert found
    facts = {name: json.loads(value) for name, value in (line.split(": ", 1) for line in found[1].splitlines())}
    assert found[2] == "一座**橋**。"
    assert facts["title"] == 'On "bridges": 橋'
    assert (facts["city"], facts["board"], facts["number"], facts["in_reply_to"]) == ("石渡", "General", 3, 1)
    assert (facts["address"], facts["source"]) == (f"http://testserver/p/{post.pk}/", "A book")
    assert facts["written"] == post.created_at.isoformat()


def test_every_version_is_there_with_its_link_of_the_chain(world: World) -> None:
    edit_post(world.reply, by=world.coco, base=1, body="I crossed it twice.", reason="counted")
    rows = loaded(exported(world.coco), "revisions.json")
    assert [(row["version"], row["body"], row["reason"]) for row in rows] == [
        (1, "I crossed it. 我走過。", ""),
        (2, "I crossed it twice.", "counted"),
    ]
    previous = ""
    for row in rows:  # as docs/chain.md says
        content = [row["salt"], row["title"], row["body"], row["reason"]]
        assert sha256(canonical(content)).hexdigest() == row["content_hash"]
        link = [row["post_id"], row["version"], row["author_id"], row["content_hash"], row["written"]]
        previous = link_hash(previous, link)
        assert previous == row["chain_hash"]


def test_digests_hold_the_kept_versions_and_the_notes(world: World) -> None:
    entry = keep_in_new_digest(world.reply, by=world.cai, title="橋 Bridges")
    annotate_entry(entry, by=world.cai, note="Short\nand good.")
    create_digest(by=world.cai, title="Empty")
    edit_post(world.reply, by=world.coco, base=1, body="Quite another text.")
    archive = exported(world.cai)
    text = read(archive, f"digests/{entry.digest.slug}.md")
    for words in ("# 橋 Bridges", "By Coco, post 2, version 1", "> Short\n> and good.", "I crossed it. 我走過。"):
        assert words in text
    assert "Quite another text." not in text
    assert "# Empty" in read(archive, "digests/empty.md")


def test_digest_that_is_a_book_is_taken_along_as_one(world: World) -> None:
    entry = keep_in_new_digest(world.opener, by=world.cai, title="Bridges")
    write_foreword(entry.digest, by=world.cai, body="*Why*")
    add_chapter(entry.digest, by=world.cai, title="Wood", introduction="Oak.", before=entry)
    add_chapter(entry.digest, by=world.cai, title="Stone")
    text = read(exported(world.cai), "digests/bridges.md")
    places = [text.index(words) for words in ("# Bridges", "*Why*", "## Wood", "Oak.", "### The bridge", "## Stone")]
    assert places == sorted(places)


def test_who_watches_a_person_takes_that_along(world: World) -> None:
    watch_place(world.cai, by=world.coco)
    watched = [(row["what"], row["address"]) for row in loaded(exported(world.coco), "watches.json")]
    assert ("person", "http://testserver/u/cai/") in watched


def test_records_hold_the_rest(world: World) -> None:
    recommend_post(world.opener, by=world.coco)
    save_draft(world.letters, by=world.coco, title="A letter", body="Not sent yet")
    save_search("bridge", by=world.coco)
    remember_search("橋", by=world.coco, scope="city:stoneferry")
    archive = exported(world.coco)
    given = loaded(archive, "recommendations.json")
    assert [(row["title"], row["author"], row["version"]) for row in given] == [("The bridge 橋", "蔡渡", 1)]
    assert [(row["city"], row["role"]) for row in loaded(archive, "memberships.json")] == [("石渡", "citizen")]
    drafts = loaded(archive, "drafts.json")
    assert [(row["kind"], row["board"], row["body"]) for row in drafts] == [
        ("thread", world.letters.pk, "Not sent yet")
    ]
    watched = [(row["what"], row["address"], row["level"]) for row in loaded(archive, "watches.json")]
    assert watched == [("thread", f"http://testserver/t/{world.thread.pk}/", "all")]
    searches = [(row["kind"], row["query"], row["in"]) for row in loaded(archive, "searches.json")]
    assert searches == [("saved", "bridge", ""), ("recent", "橋", "city:stoneferry")]
    assert loaded(archive, "decisions.json") == []
    profile = loaded(archive, "profile.json")
    assert (profile["username"], profile["email"]) == ("coco", "coco@example.org")
    assert "password" not in profile
    assert [(row["number"], row["body"]) for row in loaded(archive, "posts.json")] == [(2, "I crossed it. 我走過。")]


def test_what_was_decided_about_oneself_goes_along_with_the_appeal(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    appeal_decision(Event.objects.get(kind="post.hidden"), by=world.coco, words="It was kind.")
    (row,) = loaded(exported(world.coco), "decisions.json")
    assert (row["kind"], row["by"], row["reason"], row["appeal"]["words"]) == (
        "post.hidden",
        "mei",
        "Rude",
        "It was kind.",
    )


def test_what_one_reported_goes_along_with_the_answer(world: World) -> None:
    report = file_report(by=world.coco, reason="spam", words="It sells planks.", post=world.opener)
    decide_case(report.case, by=world.mei, upheld=True, answer="Thank you.")
    (row,) = loaded(exported(world.coco), "reports.json")
    assert (row["thread"], row["number"], row["words"]) == (world.thread.pk, 1, "It sells planks.")
    assert (row["state"], row["answer"]) == ("upheld", "Thank you.")
    assert loaded(exported(world.cai), "reports.json") == []


def test_who_wrote_nothing_gets_a_whole_archive_too(world: World) -> None:
    archive = exported(world.rita)
    assert archive.testzip() is None
    assert loaded(archive, "revisions.json") == loaded(archive, "drafts.json") == []
    assert sorted(name for name in archive.namelist() if "/" in name) == []


class Links(HTMLParser):
    """What a page refers to, and what it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}


def test_first_page_leads_to_every_file_and_nowhere_else(world: World) -> None:
    keep_in_new_digest(world.opener, by=world.coco, title="Bridges")
    archive, page = exported(world.coco), Links()
    page.feed(read(archive, "index.html"))
    assert page.links == set(archive.namelist()) - {"index.html"}
    assert not page.tags & {"script", "img", "iframe"}
    assert "What Coco wrote and kept" in read(archive, "index.html")


def test_hidden_posts_of_my_own_are_mine_and_hidden_texts_of_others_are_not(world: World) -> None:
    keep_in_new_digest(world.opener, by=world.coco, title="Bridges")
    recommend_post(world.opener, by=world.coco)
    hide_post(world.reply, by=world.mei, reason="rude")
    hide_thread(world.thread, by=world.mei, reason="spam")
    archive = exported(world.coco)
    assert "I crossed it." in read(archive, f"posts/{world.thread.pk}-2.md")
    assert "A text you cannot read now" in read(archive, "digests/bridges.md")
    everything = "".join(read(archive, name) for name in archive.namelist())
    for words in ("三塊板", "The bridge", "蔡渡"):
        assert words not in everything


def test_city_that_closed_behind_somebody_gives_them_their_own_words_only(world: World) -> None:
    keep_in_new_digest(world.opener, by=world.rita, title="Bridges")
    City.objects.filter(pk=world.stoneferry.pk).update(visibility="citizens")
    archive = exported(world.rita)
    assert "三塊板" not in "".join(read(archive, name) for name in archive.namelist())


def test_nothing_of_others_is_in_it(world: World) -> None:
    save_draft(world.thread, by=world.cai, body="A draft of Cai's")
    keep_in_new_digest(world.opener, by=world.dan, title="A private digest of Dan's")
    add_reply(world.thread, by=world.cai, body="A reply of Cai's")
    archive = exported(world.coco)
    everything = "".join(read(archive, name) for name in archive.namelist())
    for words in ("of Cai's", "of Dan's", "cai@example.org", "三塊板"):
        assert words not in everything


@pytest.mark.parametrize("count", [1, 3, 50])
def test_archive_takes_the_same_queries_however_much_there_is(
    world: World, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        thread = create_thread(world.letters, by=world.coco, title=f"Letter {number}", body=f"Words {number}.")
        opener = add_reply(thread, by=world.cai, body="An answer.")
        recommend_post(opener, by=world.coco)
        keep_in_new_digest(opener, by=world.coco, title=f"Digest {number}")
        save_draft(thread, by=world.coco, body=f"Draft {number}")
    client = browser(world.coco)
    with django_assert_num_queries(53):
        client.post("/me/export/").getvalue()
