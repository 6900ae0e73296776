"""The pages as data for search engines."""

import json
import re
import sys
from typing import Any

from accounts.models import User
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply, edit_post
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.models import Post
from forum.queries.heads import structured
from tests.clients import browser, text_of
from tests.world import World


def data_of(path: str) -> dict[str, Any]:
    """Return what a page says as data, by type."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text_of(browser().get(path)), re.S)
    assert len(found) == 1
    data = json.loads(found[0])
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def likes(thing: dict[str, Any]) -> dict[str, int]:
    """Return the counts of a thing by what they count."""
    counts = thing["interactionStatistic"]
    counts = counts if isinstance(counts, list) else [counts]
    return {one["interactionType"].removeprefix("https://schema.org/"): one["userInteractionCount"] for one in counts}


def test_a_thread_is_a_discussion_with_its_replies(world: World) -> None:
    recommend_post(world.reply, by=world.dan)
    edit_post(world.opener, by=world.cai, title="The bridge 橋", body="Who built it, really?", base=1)
    path = f"/t/{world.thread.pk}/"
    posting = data_of(path)["DiscussionForumPosting"]
    assert posting["headline"] == "The bridge 橋"
    assert posting["text"] == "Who built it, really?"
    assert posting["url"] == f"http://testserver{path}"
    assert posting["author"] == {"@type": "Person", "name": "蔡渡", "url": "http://testserver/u/cai/"}
    world.opener.refresh_from_db()
    assert world.opener.edited_at
    assert posting["dateModified"] == world.opener.edited_at.isoformat(timespec="seconds")
    assert likes(posting) == {"CommentAction": 1}
    (comment,) = posting["comment"]
    assert (comment["url"], comment["position"]) == (f"http://testserver{path}#p2", 2)
    assert comment["datePublished"] == world.reply.created_at.isoformat(timespec="seconds")
    assert likes(comment) == {"LikeAction": 1}
    crumbs = data_of(path)["BreadcrumbList"]["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == ["石渡", "General", "The bridge 橋"]


def test_a_later_page_names_the_opening_post_and_tells_its_own_replies(world: World) -> None:
    for number in range(25):
        add_reply(world.thread, by=(world.dan, world.coco)[number % 2], body=f"No. {number}")
    path = f"/t/{world.thread.pk}/"
    first, second = (data_of(f"{path}{query}")["DiscussionForumPosting"] for query in ("", "?page=2"))
    assert second["url"] == first["url"] == f"http://testserver{path}"
    assert len(first["comment"]) == 19
    assert second["comment"][0]["url"] == f"http://testserver{path}?page=2#p21"
    assert [comment["position"] for comment in second["comment"]] == list(range(21, 28))


def test_no_text_that_the_page_does_not_show_is_in_it(world: World) -> None:
    secret = add_reply(world.thread, by=world.dan, body="A secret of the deputy.")
    hide_post(secret, by=world.mei, reason="Off topic")
    posting = data_of(f"/t/{world.thread.pk}/")["DiscussionForumPosting"]
    assert [comment["position"] for comment in posting["comment"]] == [2]
    hide_post(world.opener, by=world.mei, reason="Off topic")
    assert data_of(f"/t/{world.thread.pk}/").keys() == {"BreadcrumbList"}


def test_no_text_ends_the_block(world: World) -> None:
    title = "</script><script>alert(1)</script> & <!--"
    thread = create_thread(world.general, by=world.cai, title=title, body=f"`{title}` \u2028 1 < 2")
    page = text_of(browser().get(f"/t/{thread.pk}/"))
    assert "<script>alert" not in page
    posting = data_of(f"/t/{thread.pk}/")["DiscussionForumPosting"]
    assert posting["headline"] == title
    assert "alert(1)" in posting["text"]


def test_long_texts_are_cut(world: World) -> None:
    Post.objects.filter(pk=world.reply.pk).update(html="<p>" + "石渡有橋。" * 2000 + "</p>")
    (comment,) = data_of(f"/t/{world.thread.pk}/")["DiscussionForumPosting"]["comment"]
    assert len(comment["text"]) <= 151


def test_who_left_no_name_behind_has_no_page(world: World) -> None:
    User.objects.filter(pk=world.coco.pk).update(farewell=User.Farewell.FORMER)
    (comment,) = data_of(f"/t/{world.thread.pk}/")["DiscussionForumPosting"]["comment"]
    assert "url" not in comment["author"]


def test_a_person_is_a_profile_with_no_more_than_it_shows(world: World) -> None:
    page = data_of("/u/cai/")["ProfilePage"]
    assert page["mainEntity"]["name"] == "蔡渡"
    assert page["mainEntity"]["agentInteractionStatistic"]["userInteractionCount"] == 1
    User.objects.filter(pk=world.cai.pk).update(posts_shown_to=User.Audience.MEMBERS)
    assert "ld+json" not in text_of(browser().get("/u/cai/"))


def test_the_site_says_how_to_search_it(world: World) -> None:
    search = data_of("/")["WebSite"]["potentialAction"]
    assert search["target"] == "http://testserver/search/?q={q}"
    assert data_of("/c/stoneferry/")["BreadcrumbList"]["itemListElement"][1]["name"] == "石渡"


def test_whole_texts_are_not_held_in_memory_for_their_beginnings() -> None:
    html = "<p>" + "從市集走到碼頭。" * 2000 + "</p>"
    known = sys.getrefcount(html)
    assert structured._text(html).endswith("…")
    assert sys.getrefcount(html) == known
