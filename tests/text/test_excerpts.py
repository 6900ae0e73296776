"""The beginning of a post in one line."""

import pytest

from forum.text.excerpts import excerpt, shorten


def test_a_short_post_is_its_own_excerpt():
    assert excerpt("今天 **天氣** 很好。") == "今天 天氣 很好。"


@pytest.mark.parametrize(
    "cited", ["> 別人的話", "```\ncode\n```", "![seal](https://example.org/a.png)", "| a |\n|-|\n| b |"]
)
def test_quotations_code_and_images_are_passed_over(cited):
    assert excerpt(f"{cited}\n\n自己的話") == "自己的話"


@pytest.mark.parametrize(
    ("source", "words"),
    [("> 別人的話", "別人的話"), ("```\ncode\n```", "code"), ("![seal](https://example.org/a.png)", "seal"), ("", "")],
)
def test_they_are_used_when_there_is_nothing_else(source, words):
    assert excerpt(source) == words


def test_words_after_a_very_long_quotation_are_found():
    assert excerpt(f"> {'引文' * 4000}\n\n自己的話") == "自己的話"


def test_a_long_chinese_post_is_cut_by_the_character():
    assert excerpt("字" * 100, 40) == "字" * 40 + "…"


def test_punctuation_does_not_hang_at_the_end():
    assert shorten("一二三四，五六七八", 5) == "一二三四…"
    assert shorten("一二三四（五六七八）", 5) == "一二三四…"


def test_a_sentence_that_is_nearly_whole_ends_the_excerpt():
    assert shorten("第一句話說到這裡就結束了。第二句", 15) == "第一句話說到這裡就結束了。…"


def test_latin_words_are_not_cut():
    assert shorten("an internationalization of everything", 12) == "an internationalization…"


def test_a_single_endless_word_is_cut():
    assert shorten("x" * 100, 10) == "x" * 20 + "…"


def test_latin_letters_count_half():
    assert shorten("word " * 8, 20) == "word word word word word word word word"
    assert shorten("中文 word " * 8, 13) == "中文 word 中文 word 中文…"
