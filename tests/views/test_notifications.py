"""The page of notifications, and opening one."""

import pytest

from forum.actions.applications import apply_to_city
from forum.actions.memberships import dismiss_deputy
from forum.actions.moderation import hide_post, hide_thread
from forum.actions.posts import add_reply
from forum.actions.recommendations import recommend_post
from forum.actions.threads import create_thread
from forum.actions.watches import watch_place
from forum.models import City, Event, Membership, Notification
from forum.notifying.kinds import NEWS
from tests.clients import HTMX, browser, text_of
from tests.notifying.news import forget, tell_all
from tests.world import World, make_person


@pytest.fixture(autouse=True)
def _quiet_world(world: World) -> None:
    forget()


def _words(page: str) -> str:
    return " ".join(page.split())


def test_page_says_who_did_what_where(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Mind the third plank.", to=1)
    tell_all()
    page = _words(text_of(browser(world.cai).get("/me/notifications/")))
    news = Notification.objects.get(user=world.cai)
    assert f'<strong>Dan</strong> replied to you in <a href="/me/notifications/{news.pk}/"' in page
    for words in ("Mind the third plank.", "石渡", "news--unread", "Mark all as read"):
        assert words in page


def test_replies_in_a_thread_and_recommendations_of_a_post_stand_in_one_line_each(world: World) -> None:
    for person in (world.dan, world.mei, world.dan, world.ada, world.coco):
        if person != world.ada:
            add_reply(world.thread, by=person, body="Me too.")
    for person in (world.dan, world.mei):
        recommend_post(world.opener, by=person)
    tell_all()
    page = _words(text_of(browser(world.cai).get("/me/notifications/")))
    assert page.count('<li class="news') == 2
    assert "<strong>Coco</strong>, <strong>Dan</strong> and 1 other replied in your thread" in page
    assert "4 posts" in page
    assert "<strong>梅市長</strong> and <strong>Dan</strong> recommended your post in" in page


def test_a_line_leads_to_the_first_unread_post_whose_page_marks_the_line_read(world: World) -> None:
    for _number in range(3):
        add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    client = browser(world.cai)
    first = Notification.objects.filter(user=world.cai).order_by("created_at")[0]
    assert f'href="/me/notifications/{first.pk}/"' in text_of(client.get("/me/notifications/"))
    place = client.get(f"/me/notifications/{first.pk}/")["Location"]
    assert place == f"/t/{world.thread.pk}/?news={first.pk}#p3"
    # A browser may have fetched both ahead: so far nobody has read anything.
    assert client.get(place.partition("#")[0]).status_code == 200
    assert Notification.objects.filter(user=world.cai, read_at=None).count() == 3
    answer = client.post(f"/me/notifications/{first.pk}/read/", {"silently": "1"}, headers=HTMX)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Notification.objects.filter(user=world.cai, read_at=None).exists()
    assert "news--unread" not in text_of(client.get("/me/notifications/"))


def test_a_line_is_marked_read_in_its_place_and_by_a_plain_form(world: World) -> None:
    other = create_thread(world.letters, by=world.cai, title="A letter", body="Dear all.")
    for thread in (world.thread, other):
        add_reply(thread, by=world.dan, body="Me too.")
    tell_all()
    client, (first, second) = browser(world.cai), Notification.objects.filter(user=world.cai).order_by("pk")
    answer = client.post(f"/me/notifications/{first.pk}/read/", headers=HTMX)
    assert text_of(answer).count("news--unread") == 1
    assert '"news": true' in answer["HX-Trigger"]
    assert client.post(f"/me/notifications/{second.pk}/read/")["Location"] == "/me/notifications/"
    assert browser(world.mei).post(f"/me/notifications/{second.pk}/read/").status_code == 404
    assert not Notification.objects.filter(user=world.cai, read_at=None).exists()


def test_reading_posts_of_a_thread_is_reading_their_news(world: World) -> None:
    for _number in range(2):
        add_reply(world.thread, by=world.dan, body="Me too.")
    recommend_post(world.opener, by=world.dan)
    tell_all()
    client = browser(world.cai)
    client.post(f"/t/{world.thread.pk}/read/", {"number": "3"}, headers=HTMX)
    assert Notification.objects.filter(user=world.cai, read_at=None, kind="reply").count() == 1
    client.post(f"/t/{world.thread.pk}/read/", {"number": "4"}, headers=HTMX)
    assert list(Notification.objects.filter(user=world.cai, read_at=None).values_list("kind", flat=True)) == [
        "recommended"
    ]


def test_all_that_is_written_in_a_thread_stands_in_one_line_by_the_strongest_reason(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Me too.")
    add_reply(world.thread, by=world.mei, body="And @coco?", to=1)
    add_reply(world.thread, by=world.dan, body="Yes.")
    tell_all()
    page = _words(text_of(browser(world.coco).get("/me/notifications/")))
    assert page.count('<li class="news') == 1
    assert "<strong>梅市長</strong> mentioned you in" in page
    assert "3 posts" in page


@pytest.mark.parametrize(("count", "shown"), [(0, ""), (3, ">3<"), (100, ">99+<")])
def test_the_head_of_every_page_says_how_many_are_unread(
    world: World, django_assert_num_queries: object, count: int, shown: str
) -> None:
    events = Event.objects.bulk_create(Event(kind="deputy.named", actor=world.dan) for _number in range(count))
    Notification.objects.bulk_create(Notification(user=world.cai, kind="named", event=event) for event in events)
    client = browser(world.cai)
    page = text_of(client.get("/cities/"))
    assert (shown in page) if shown else "newscount__number" not in page
    assert "newscount" not in text_of(browser().get("/cities/"))
    with django_assert_num_queries(2):  # type: ignore[operator]
        answer = client.get("/me/notifications/count/")  # the session with its person, and how they stand
    assert shown in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert client.get(f"/me/notifications/count/?known={count}").status_code == 204


@pytest.mark.parametrize("kind", NEWS)
def test_every_kind_of_news_has_words_and_leads_somewhere(world: World, kind: str) -> None:
    recommend_post(world.opener, by=world.dan)
    event = Event.objects.get(kind="post.recommended")
    news = Notification.objects.create(user=world.mei, kind=kind, event=event, thread=world.thread)
    client = browser(world.mei)
    assert ("Dan</strong>" in text_of(client.get("/me/notifications/"))) == ("%(who)s" in str(NEWS[kind].words))
    assert client.get(client.get(f"/me/notifications/{news.pk}/")["Location"]).status_code == 200


def test_applications_lead_to_city_hall_while_one_holds_office_there(world: World) -> None:
    City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
    world.stoneferry.refresh_from_db()
    apply_to_city(world.stoneferry, by=world.rita, statement="Please.")
    tell_all()
    client = browser(world.dan)
    news = Notification.objects.get(user=world.dan)
    assert "applied to join" in text_of(client.get("/me/notifications/"))
    assert client.get(f"/me/notifications/{news.pk}/")["Location"] == f"/c/stoneferry/hall/applications/?news={news.pk}"
    dismiss_deputy(world.stoneferry, by=world.mei, person=world.dan)
    assert "applied to join" not in text_of(client.get("/me/notifications/"))


def test_what_one_may_no_longer_see_is_not_told(world: World) -> None:
    post = add_reply(world.thread, by=world.dan, body="Buy planks!")
    tell_all()
    client, news = browser(world.coco), Notification.objects.get(user=world.coco)
    hide_post(post, by=world.mei, reason="Advertising.")
    assert "wrote in" not in text_of(client.get("/me/notifications/"))
    assert client.get(f"/me/notifications/{news.pk}/").status_code == 404
    assert "unread notification" not in text_of(client.get("/me/"))


def test_what_one_reads_in_a_city_closed_since_is_told_to_its_citizens_only(world: World) -> None:
    watch_place(world.thread, by=world.rita)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    City.objects.filter(pk=world.stoneferry.pk).update(visibility=City.Visibility.CITIZENS)
    assert "wrote in" not in text_of(browser(world.rita).get("/me/notifications/"))
    assert "wrote in" in text_of(browser(world.coco).get("/me/notifications/"))


def test_the_author_is_told_why_a_thread_was_hidden(world: World) -> None:
    hide_thread(world.thread, by=world.mei, reason="Twice the same.")
    tell_all()
    client, news = browser(world.cai), Notification.objects.get(user=world.cai)
    assert "Reason: Twice the same." in text_of(client.get("/me/notifications/"))
    assert client.get(f"/me/notifications/{news.pk}/")["Location"] == f"/t/{world.thread.pk}/?news={news.pk}"


def test_titles_and_names_cannot_smuggle_markup_in(world: World) -> None:
    eve = make_person("eve", "<b>Eve</b> %(city)s")
    Membership.objects.create(city=world.stoneferry, user=eve)
    watch_place(world.general, by=world.rita)
    create_thread(world.general, by=eve, title="<i>100%</i>", body="Words.")
    tell_all()
    page = text_of(browser(world.rita).get("/me/notifications/"))
    assert "&lt;b&gt;Eve&lt;/b&gt; %(city)s" in page
    assert "&lt;i&gt;100%&lt;/i&gt;" in page


def test_all_are_marked_read_by_a_plain_form_and_in_place(world: World) -> None:
    client = browser(world.cai)
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    assert client.post("/me/notifications/read/", {"until": "0"})["Location"] == "/me/notifications/"
    assert Notification.objects.filter(user=world.cai, read_at=None).count() == 1
    until = Notification.objects.get(user=world.cai).pk
    answer = client.post("/me/notifications/read/", {"until": until}, headers=HTMX)
    assert text_of(answer).strip().startswith('<div id="notifications"')
    assert "news--unread" not in text_of(answer)
    assert "marked as read" in answer["HX-Trigger"]


def test_a_senseless_mark_reads_them_all(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Me too.")
    tell_all()
    browser(world.cai).post("/me/notifications/read/", {"until": "9" * 5000})
    assert not Notification.objects.filter(user=world.cai, read_at=None).exists()


def test_ones_home_says_how_many_are_unread(world: World) -> None:
    add_reply(world.thread, by=world.dan, body="Me too.")
    add_reply(world.thread, by=world.dan, body="Still.")
    tell_all()
    assert "2 unread notifications" in text_of(browser(world.cai).get("/me/"))
    event = Event.objects.filter(kind="post.created")[0]
    Event.objects.bulk_create(Event(kind=event.kind, actor=world.dan) for _number in range(120))
    new = [Notification(user=world.cai, kind="accepted", event=one) for one in Event.objects.filter(thread=None)]
    Notification.objects.bulk_create(new)
    assert "More than 99 unread notifications" in text_of(browser(world.cai).get("/me/"))


def test_an_empty_page_says_what_will_be_here(world: World) -> None:
    assert "you will find it here" in text_of(browser(world.rita).get("/me/notifications/"))


@pytest.mark.parametrize("count", [1, 500])
def test_page_takes_few_queries(world: World, django_assert_num_queries: object, count: int) -> None:
    events = Event.objects.bulk_create(
        Event(kind="post.created", actor=world.dan, city=world.stoneferry, thread=world.thread, post=world.reply)
        for _number in range(count)
    )
    kinds = ("reply", "recommended", "named", "thread_locked")
    Notification.objects.bulk_create(
        Notification(user=world.coco, kind=kinds[number % 4], event=event, thread=world.thread)
        for number, event in enumerate(events)
    )
    client = browser(world.coco)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert client.get("/me/notifications/").status_code == 200


def test_older_ones_stand_on_the_next_page(world: World) -> None:
    for number in range(30):
        thread = create_thread(world.letters, by=world.coco, title=f"Letter {number}", body="Words.")
        add_reply(thread, by=world.dan, body="Me too.")
        recommend_post(thread.posts.get(number=1), by=world.dan)
    tell_all()
    client = browser(world.coco)
    page = text_of(client.get("/me/notifications/"))
    assert page.count('<li class="news') == 50
    older = page.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert text_of(client.get(f"/me/notifications/{older}")).count('<li class="news') == 10
    assert client.get("/me/notifications/?after=nonsense").status_code == 404
