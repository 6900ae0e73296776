"""Languages on the page: what is marked, and the second title for who reads the site in that language."""

from forum.actions.posts import edit_post
from forum.actions.threads import create_thread
from forum.models import Thread
from tests.clients import browser, text_of
from tests.world import World

ALIAS = "The bridge of three planks"
ENGLISH, CHINESE = {"Accept-Language": "en"}, {"Accept-Language": "zh-Hant"}


def test_the_second_title_stands_below_the_first_for_who_reads_in_that_language(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="三塊板的橋", body="橋橫在河上。", alias=ALIAS)
    for address in (f"/t/{thread.pk}/", "/c/stoneferry/b/general/", "/"):
        assert ALIAS in text_of(browser().get(address, headers=ENGLISH))
        assert ALIAS not in text_of(browser().get(address, headers=CHINESE))
    edit_post(thread.posts.get(), by=world.cai, base=1, title="The bridge", body="橋橫在河上。")
    assert ALIAS not in text_of(browser().get(f"/t/{thread.pk}/", headers=ENGLISH))


def test_a_title_in_another_language_than_its_text_is_marked(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="The bridge of planks", body="橋橫在河上。")
    page = text_of(browser().get(f"/t/{thread.pk}/"))
    assert '<h1 class="threadhead__title" lang="en">' in page
    assert '<div class="post__body prose" lang="zh-Hant"' in page
    assert 'lang="en">The bridge of planks</a></h3>' in text_of(browser().get("/c/stoneferry/b/general/"))


def test_language_and_second_title_are_chosen_in_the_forms(world: World) -> None:
    cai = browser(world.cai)
    assert 'name="alias"' in text_of(cai.get("/c/stoneferry/b/general/threads/new/"))
    words = {"title": "橋", "alias": "The bridge", "body": "漢字", "language": "ja"}
    assert cai.post("/c/stoneferry/b/general/threads/", words).status_code == 302
    thread = Thread.objects.get(title="橋")
    assert (thread.alias, thread.language) == ("The bridge", "ja")
    form = text_of(cai.get(f"/p/{thread.posts.get().pk}/edit/"))
    assert '<option value="ja" selected>' in form
    assert 'value="The bridge"' in form
    reply = text_of(cai.get(f"/t/{thread.pk}/replies/"))
    assert 'name="language"' in reply
    assert 'name="alias"' not in reply
    assert cai.post(f"/t/{thread.pk}/replies/", {"body": "漢字", "language": "xx"}).status_code == 422


def test_a_draft_keeps_language_and_second_title(world: World) -> None:
    cai = browser(world.cai)
    words = {"title": "橋", "alias": "The bridge", "body": "漢字", "language": "ja", "draft": "1"}
    page = text_of(cai.post("/c/stoneferry/b/general/threads/", words, follow=True))
    assert 'value="The bridge"' in page
    assert '<option value="ja" selected>' in page


def test_a_name_says_its_language_only_where_it_is_another(world: World) -> None:
    english = text_of(browser().get("/c/stoneferry/"))
    assert '<h1 class="masthead__name" lang="zh-Hant">石渡</h1>' in english
    chinese = text_of(browser().get("/c/stoneferry/", headers={"Accept-Language": "zh-TW"}))
    assert '<h1 class="masthead__name">石渡</h1>' in chinese
    simplified = text_of(browser().get("/c/stoneferry/", headers={"Accept-Language": "zh-CN"}))
    assert '<h1 class="masthead__name" lang="zh-Hant">石渡</h1>' in simplified


def test_a_short_remark_at_the_end_of_a_title_is_not_broken_over_two_lines(world: World) -> None:
    thread = create_thread(world.general, by=world.cai, title="橋的規矩（<請先讀）", body="橋橫在河上。")
    for address in (f"/t/{thread.pk}/", f"/t/{thread.pk}/focus/", "/c/stoneferry/b/general/"):
        assert '橋的規矩<span class="whole">（&lt;請先讀）</span>' in browser().get(address).content.decode()
