"""Reporting through the pages, and one's own reports."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import quote

import pytest

from forum.actions.cases import decide_case
from forum.actions.digests import keep_in_new_digest
from forum.actions.moderation import hide_post
from forum.actions.posts import add_reply
from forum.actions.reports import file_report
from forum.models import Case, Notification, Report, Rules
from tests.clients import HTMX, browser, text_of
from tests.world import World

type Counting = Callable[[int], AbstractContextManager[object]]


def test_a_post_is_reported_with_a_reason_and_words(world: World) -> None:
    client = browser(world.cai)
    address = f"/p/{world.reply.pk}/report/"
    page = text_of(client.get(address))
    assert "Insults or threats" in page
    assert "Misuse of office" not in page
    answer = client.post(address, {"reason": "abuse", "words": "Rude."}, follow=True)
    assert "You will be told what is decided." in text_of(answer)
    assert Report.objects.get().words == "Rude."


def test_the_form_opens_in_place_with_htmx(world: World) -> None:
    page = text_of(browser(world.cai).get(f"/p/{world.reply.pk}/report/", headers=HTMX))
    assert page.strip().startswith('<header class="dialog__head">')
    assert f'action="/p/{world.reply.pk}/report/"' in page


def test_a_wrong_report_comes_back_with_what_was_typed(world: World) -> None:
    answer = browser(world.cai).post(f"/p/{world.reply.pk}/report/", {"reason": "", "words": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)
    answer = browser(world.cai).post("/u/coco/report/?city=stoneferry", {"reason": "abuse"})
    assert answer.status_code == 422
    assert "what happened, and where" in text_of(answer)


def test_who_reported_already_is_told_kindly(world: World) -> None:
    report = file_report(by=world.cai, reason="abuse", post=world.reply)
    client = browser(world.cai)
    assert "Nobody has decided yet" in text_of(client.get(f"/p/{world.reply.pk}/report/"))
    decide_case(report.case, by=world.mei, upheld=False, answer="This is how Coco talks.")
    page = text_of(client.get(f"/p/{world.reply.pk}/report/"))
    assert "Your report was dismissed." in page
    assert "This is how Coco talks." in page


def test_a_city_has_reasons_of_its_own(world: World) -> None:
    Rules.objects.create(city=world.stoneferry, report_reasons="No bridge in it\n\nToo many planks\n")
    page = text_of(browser(world.cai).get(f"/p/{world.reply.pk}/report/"))
    for words in ("No bridge in it", "Too many planks", "Something else"):
        assert words in page
    assert "Copyright" not in page
    browser(world.cai).post(f"/p/{world.reply.pk}/report/", {"reason": "Too many planks"})
    assert "Too many planks" in text_of(browser(world.cai).get("/me/reports/"))


def test_a_person_is_reported_in_a_city(world: World) -> None:
    client = browser(world.rita)
    answer = client.get("/u/coco/report/")
    assert "Misuse of office" in text_of(answer)  # of one city nobody asks
    client.post("/u/coco/report/?city=stoneferry", {"reason": "harassment", "words": "In the thread on the bridge."})
    assert Case.objects.get().person == world.coco
    add_reply(world.thread, by=world.mei, body="Hello.")
    assert client.get("/u/coco/report/?city=hilltop").status_code == 404


def test_of_several_cities_one_is_chosen(world: World) -> None:
    page = text_of(browser(world.cai).get("/u/ada/report/"))
    assert "belongs to no city" in page
    Rules.objects.all().delete()
    from_hill = browser(world.rita).get("/u/stan/report/")
    assert "Misuse of office" in text_of(from_hill)


def test_a_city_is_reported_to_the_site(world: World) -> None:
    client = browser(world.rita)
    assert "The site's moderators read this report" in text_of(client.get("/c/stoneferry/report/")).replace(
        "&#x27;", "'"
    )
    client.post("/c/stoneferry/report/", {"reason": "spam", "words": "Everything is."})
    assert Case.objects.get().escalated_at


def test_own_reports_show_what_was_decided_and_are_withdrawn(world: World) -> None:
    first = file_report(by=world.cai, reason="abuse", words="Rude.", post=world.reply)
    second = file_report(by=world.cai, reason="office", words="Late.", person=world.dan, city=world.stoneferry)
    decide_case(first.case, by=world.mei, upheld=True, answer="It is hidden.")
    client = browser(world.cai)
    page = text_of(client.get("/me/reports/"))
    for words in ("Rude.", "It is hidden.", "decided by 梅市長", "Upheld", "Late."):
        assert words in page
    client.post(f"/me/reports/{second.pk}/withdraw/")
    second.refresh_from_db()
    assert second.state == Report.State.WITHDRAWN
    assert client.post(f"/me/reports/{first.pk}/withdraw/", follow=True).status_code == 200
    assert browser(world.rita).post(f"/me/reports/{first.pk}/withdraw/").status_code == 404


def test_what_one_no_longer_sees_is_not_named(world: World) -> None:
    report = file_report(by=world.cai, reason="abuse", post=add_reply(world.thread, by=world.coco, body="Secret words"))
    hide_post(report.case.post, by=world.mei, reason="Rude")
    page = text_of(browser(world.cai).get("/me/reports/"))
    assert "Something that you no longer see" in page
    assert "Secret words" not in page


def test_who_decides_and_who_reported_hear_of_it(
    world: World, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = file_report(by=world.cai, reason="abuse", post=world.reply)
        file_report(by=world.rita, reason="abuse", post=world.reply)
    heard = Notification.objects.filter(kind="reported").order_by("user").values_list("user", flat=True)
    assert list(heard) == [world.mei.pk, world.dan.pk]
    assert "A report waits for your decision" in text_of(browser(world.mei).get("/me/notifications/"))
    row = Notification.objects.get(kind="reported", user=world.mei)
    opened = browser(world.mei).get(f"/me/notifications/{row.pk}/")
    assert opened.headers["Location"] == f"/c/stoneferry/hall/queue/report/{report.case_id}/?news={row.pk}"
    with django_capture_on_commit_callbacks(execute=True):
        decide_case(report.case, by=world.dan, upheld=True)
    told = Notification.objects.filter(kind="report_upheld").order_by("user").values_list("user", flat=True)
    assert set(told) == {world.cai.pk, world.rita.pk}
    assert "upheld your report" in text_of(browser(world.rita).get("/me/notifications/"))


def test_reports_about_the_mayor_call_the_site(
    world: World, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file_report(by=world.coco, reason="office", words="See.", person=world.mei, city=world.stoneferry)
    assert [row.user for row in Notification.objects.all()] == [world.ada]


@pytest.mark.parametrize("count", [1, 20])
def test_own_reports_ask_little(world: World, django_assert_num_queries: Counting, count: int) -> None:
    for number in range(count):
        file_report(by=world.coco, reason="spam", post=add_reply(world.thread, by=world.cai, body=f"Words {number}"))
    client = browser(world.coco)
    with django_assert_num_queries(5):
        assert client.get("/me/reports/").status_code == 200


def test_a_digest_is_reported_as_what_its_owner_wrote(world: World) -> None:
    entry = keep_in_new_digest(world.reply, by=world.coco, title="橋書", is_public=True)
    client, page = browser(world.cai), f"/u/coco/digests/{entry.digest.slug}/"
    link = f"/u/coco/report/?digest={quote(entry.digest.slug)}"
    assert link in text_of(client.get(page)) and link not in text_of(browser(world.coco).get(page))
    words = text_of(client.get(link))
    assert "Report this digest" in words and "About the digest “橋書”, http://testserver" in words
    client.post(f"{link}&city=stoneferry", {"reason": "abuse", "words": "Its foreword is rude."})
    assert Report.objects.get().case.person == world.coco
    assert client.get("/u/coco/report/?digest=gone").status_code == 404
