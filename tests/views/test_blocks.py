"""Blocking somebody, and what is folded then: in threads, lists, search and on paper."""

from forum.actions.blocks import block_person, fold_words
from forum.actions.moderation import hide_post
from forum.actions.threads import create_thread
from forum.models import Block
from tests.clients import HTMX, browser, text_of
from tests.notifying.news import tell_all
from tests.world import World

WHOM = "Folded: Coco, whom you block."


def test_one_blocks_from_the_page_of_a_person_and_finds_them_in_the_list(world: World) -> None:
    cai = browser(world.cai)
    assert "/u/coco/block/" in text_of(cai.get("/u/coco/"))
    assert "They cannot mention you" in text_of(cai.get("/u/coco/block/"))
    answer = cai.post("/u/coco/block/", {"next": "/u/coco/"}, follow=True)
    assert answer.redirect_chain == [("/u/coco/", 302)]
    page = text_of(answer)
    assert "You block Coco from now on." in page
    assert 'action="/u/coco/unblock/"' in page
    assert "Coco" in text_of(cai.get("/me/blocks/"))
    assert "Coco" not in text_of(browser(world.rita).get("/me/blocks/"))
    answer = cai.post("/u/coco/unblock/", follow=True)
    assert answer.redirect_chain == [("/me/blocks/", 302)]
    assert not Block.objects.exists()


def test_the_question_opens_over_the_page_and_leads_back_to_the_post(world: World) -> None:
    cai = browser(world.cai)
    place = f"/t/{world.thread.pk}/"
    question = text_of(cai.get(f"/u/coco/block/?next={place}", headers=HTMX))
    assert "<html" not in question
    assert f'value="{place}"' in question
    assert cai.post("/u/coco/block/", {"next": place}, headers=HTMX).headers["HX-Redirect"] == place
    assert cai.post("/u/coco/block/", {"next": "https://elsewhere.example/"}).headers["Location"] == "/u/coco/"
    assert 'action="/u/coco/unblock/"' in text_of(cai.get(place))


def test_nobody_can_block_themselves(world: World) -> None:
    assert "/u/coco/block/" not in text_of(browser(world.coco).get("/u/coco/"))
    assert browser(world.coco).get("/u/coco/block/").status_code == 403


def test_one_who_has_left_can_be_let_go(world: World) -> None:
    block_person(world.coco, by=world.cai)
    world.coco.is_active = False
    world.coco.save()
    assert browser(world.cai).post("/u/coco/unblock/").status_code == 302
    assert not Block.objects.exists()


def test_posts_of_blocked_people_fold_and_keep_their_place(world: World) -> None:
    before = text_of(browser(world.cai).get(f"/t/{world.thread.pk}/"))
    block_person(world.coco, by=world.cai)
    page = text_of(browser(world.cai).get(f"/t/{world.thread.pk}/"))
    assert WHOM in page
    assert WHOM not in before
    assert page.count('id="p2"') == page.count('<details class="folded">') == 1
    assert "I crossed it." in page
    assert "1 reply" in page
    assert WHOM not in text_of(browser(world.coco).get(f"/t/{world.thread.pk}/"))
    assert WHOM not in text_of(browser(world.cai).get(f"/t/{world.thread.pk}/print/"))


def test_words_fold_posts_titles_and_results(world: World) -> None:
    fold_words("Bridge\n走過", by=world.dan)
    dan = browser(world.dan)
    thread, board = text_of(dan.get(f"/t/{world.thread.pk}/")), text_of(dan.get("/c/stoneferry/b/general/"))
    assert thread.count("Folded: “") == 2
    assert "Folded: “走過” stands in it." in thread
    assert "Folded: “Bridge” stands in it." in board
    assert "Folded: “" in text_of(dan.get("/search/?q=crossed"))
    assert "Folded: “" not in text_of(browser(world.coco).get("/c/stoneferry/b/general/"))


def test_threads_and_results_of_blocked_people_fold(world: World) -> None:
    create_thread(world.general, by=world.coco, title="The ferry", body="It rests on Mondays.")
    block_person(world.coco, by=world.cai)
    cai = browser(world.cai)
    for address in ("/", "/c/stoneferry/", "/c/stoneferry/b/general/", "/search/?q=Mondays"):
        assert WHOM in text_of(cai.get(address)), address


def test_a_tombstone_is_not_folded_again(world: World) -> None:
    hide_post(world.reply, by=world.mei, reason="Rude")
    block_person(world.coco, by=world.cai)
    assert WHOM not in text_of(browser(world.cai).get(f"/t/{world.thread.pk}/"))


def test_words_are_kept_and_shown_again_and_what_is_wrong_is_said(world: World) -> None:
    cai = browser(world.cai)
    assert cai.post("/me/blocks/", {"words": "spoiler\n劇透"}).status_code == 302
    assert "spoiler\n劇透" in text_of(cai.get("/me/blocks/"))
    wrong = cai.post("/me/blocks/", {"words": "x" * 70})
    assert wrong.status_code == 422
    assert "is too long" in text_of(wrong)
    assert "x" * 70 in text_of(wrong)
    assert cai.post("/me/blocks/", {"words": ""}).status_code == 302
    world.cai.refresh_from_db()
    assert world.cai.folded_words == ""


def test_what_a_blocked_person_wrote_before_folds_among_the_news(world: World) -> None:
    tell_all()
    block_person(world.coco, by=world.cai)
    page = text_of(browser(world.cai).get("/me/notifications/"))
    assert WHOM in page
    assert "news--unread" not in page
