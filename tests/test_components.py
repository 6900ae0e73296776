"""The parts that every page is made of, rendered on their own."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.dates import say_near
from accounts.models import User
from forum.models import City
from forum.templatetags.cityboards import grouped


def part(name: str, **context: Any) -> str:
    return " ".join(render_to_string(f"components/_{name}.html", context).split())


class LetterForm(forms.Form):
    title = forms.CharField(label="Title", help_text="One sentence.")
    body = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I agree")
    paper = forms.ChoiceField(label="Paper", choices=[("a4", "A4")], widget=forms.RadioSelect, help_text="Its size.")
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("name", "classes"),
    [("城", "seal--1"), ("渡口書房", "seal--4"), ("Letterpress Yard", "seal--2 seal--latin")],
)
def test_seal_knows_how_many_characters_it_cuts(name: str, classes: str) -> None:
    assert f'class="seal {classes}"' in part("seal", city=City(name=name, ink="pine"))


def test_seal_is_silent_unless_it_stands_alone() -> None:
    city = City(name="茶")
    assert 'aria-hidden="true"' in part("seal", city=city)
    assert 'role="img" aria-label="茶"' in part("seal", city=city, label=city.name)


def test_a_city_is_cut_in_a_stone_of_its_own() -> None:
    names = ("茶", "海角", "渡口書房", "Letterpress Yard", "舊書攤", "紙上河流")
    cuts = [part("seal", city=City(name=name)).partition('data-cut="')[2][0] for name in names]
    assert cuts == [part("seal", city=City(name=name)).partition('data-cut="')[2][0] for name in names]
    assert len(set(cuts)) > 1
    assert set(cuts) <= set("0123")


def test_avatar_of_a_person_keeps_its_ink() -> None:
    person = User(username="lindu", display_name="林渡")
    assert part("avatar", person=person) == part("avatar", person=person)
    assert ">林</span>" in part("avatar", person=person)


@pytest.mark.parametrize(
    ("kind", "text"), [("", "3 September 2026, 21:14"), ("date", "3 September 2026"), ("month", "September 2026")]
)
def test_time_is_the_readers(kind: str, text: str) -> None:
    with timezone.override("Asia/Taipei"):
        shown = part("time", at=timezone.localtime(datetime(2026, 9, 3, 13, 14, tzinfo=UTC)), kind=kind)
    assert shown == f'<time datetime="2026-09-03T21:14:00+08:00">{text}</time>'


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-09-03 21:13:40", "just now"),
        ("2026-09-03 21:14:20", "just now"),  # by another clock
        ("2026-09-03 21:13", "1 minute ago"),
        ("2026-09-03 20:15", "59 minutes ago"),
        ("2026-09-03 20:14", "1 hour ago"),
        ("2026-09-03 00:05", "21 hours ago"),
        ("2026-09-02 23:55", "yesterday"),
        ("2026-09-02 00:00", "yesterday"),
        ("2026-09-01 23:59", "1 September"),
        ("2026-01-01 00:00", "1 January"),
        ("2025-12-31 23:59", "31 December 2025"),
        ("2027-01-01 00:00", "1 January 2027"),
    ],
)
def test_a_near_moment_is_told_as_short_as_today_allows(at: str, words: str) -> None:
    with timezone.override("Asia/Taipei"):
        moment = timezone.make_aware(datetime.fromisoformat(at)).astimezone(UTC)
        now = timezone.make_aware(datetime(2026, 9, 3, 21, 14))  # noqa: DTZ001 - made aware in the reader's zone
        assert say_near(moment, now) == words


def test_last_night_is_still_a_few_hours_ago_and_a_day_is_the_readers_own() -> None:
    moment, now = datetime(2026, 9, 2, 22, 30, tzinfo=UTC), datetime(2026, 9, 3, 1, 30, tzinfo=UTC)
    with timezone.override("UTC"):
        assert say_near(moment, now) == "3 hours ago"
        assert say_near(moment, now.replace(hour=8)) == "yesterday"
    with timezone.override("Asia/Taipei"):
        assert say_near(moment, now.replace(hour=8)) == "10 hours ago"


def test_a_near_moment_is_said_in_chinese_and_carries_the_whole() -> None:
    at = timezone.now() - timedelta(minutes=20, seconds=5)
    with translation.override("zh-hant"):
        shown = part("time", at=at, kind="near")
    assert ">20 分鐘前</time>" in shown
    assert f'datetime="{at.replace(microsecond=0).isoformat()}"' in shown
    assert f'title="{timezone.localtime(at).year} 年' in shown


def test_numbers_are_grouped_in_both_languages() -> None:
    for language in ("en", "zh-hant"):
        with translation.override(language):
            assert [grouped(999), grouped(12960)] == ["999", "12,960"]


def test_stamp_is_for_officers_only() -> None:
    assert "Mayor" in part("stamp", role="mayor")
    assert "Deputy mayor" in part("stamp", role="deputy")
    assert part("stamp", role="citizen") == ""


def test_state_names_what_a_thread_is() -> None:
    thread = SimpleNamespace(is_on_top=True, is_locked=True, is_featured=False, is_hidden=False)
    shown = part("state", thread=thread)
    assert "Pinned" in shown
    assert "Locked" in shown
    assert "Featured" not in shown


def test_field_ties_hint_and_error_to_its_widget() -> None:
    form = LetterForm({"title": ""})
    shown = part("field", field=form["title"])
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'id="id_title_helptext"' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_field_keeps_what_was_typed_and_says_what_may_stay_empty() -> None:
    form = LetterForm({"body": "half a letter"})
    assert "half a letter" in part("field", field=form["body"])
    assert "(optional)" in part("field", field=form["body"])
    assert "(optional)" not in part("field", field=form["title"])


def test_field_of_choices_is_a_group_with_a_name() -> None:
    shown = part("field", field=LetterForm()["paper"])
    assert "<legend" in shown
    assert 'aria-describedby="id_paper_helptext"' in shown
    assert 'id="id_paper_helptext"' in shown


def test_errors_stand_together_and_take_the_focus() -> None:
    shown = part("form", form=LetterForm({"title": "", "agree": "", "paper": "a3"}))
    assert 'role="alert" tabindex="-1" data-focus' in shown
    assert '<a href="#id_title">Title</a>: ' in shown
    assert "Please look" not in part("form", form=LetterForm())
    assert 'type="hidden" name="key"' in shown


def test_pagination_appears_with_the_second_page() -> None:
    one, many = Paginator(range(5), 20), Paginator(range(500), 20)
    assert part("pagination", page=one.page(1), pages=one.get_elided_page_range(1)) == ""
    shown = part(
        "pagination", page=many.page(3), pages=many.get_elided_page_range(3), query="sort=new&", anchor="#posts"
    )
    assert 'aria-current="page" href="?sort=new&amp;page=3#posts"' in shown
    assert 'rel="prev"' in shown
    assert 'rel="next"' in shown


def test_more_appears_when_there_is_more() -> None:
    assert part("more", older="", newer="") == ""
    assert 'href="?after=7" rel="next"' in part("more", older="?after=7")


def test_text_size_shows_the_size_that_is_chosen() -> None:
    shown = part("text_size", look=SimpleNamespace(size="large"), here="/t/1/")
    assert 'value="large" aria-pressed="true"' in shown
    assert 'value="small" aria-pressed="false"' in shown
    assert 'name="next" value="/t/1/"' in shown


def test_confirm_can_be_left_without_a_script() -> None:
    shown = part("confirm", text="Hide this post?", action="/p/1/hide/", verb="Hide", cancel="/t/1/", danger=True)
    assert 'action="/p/1/hide/"' in shown
    assert 'href="/t/1/" data-close' in shown
    assert "button--danger" in shown


@pytest.mark.parametrize(("language", "other"), [("zh-hant", "en"), ("en", "zh-hant")])
def test_frame_speaks_one_language_and_offers_the_other(language: str, other: str) -> None:
    with translation.override(language):
        page = render_to_string("layout/base.html", {"here": "/cities/", "here_quoted": "%2Fcities%2F"})
    assert f'<html lang="{language}" data-theme="auto" data-size="medium">' in page
    assert f'name="language" value="{other}"' in page
    assert "?next=%2Fcities%2F" in page
