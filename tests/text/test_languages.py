"""The language a text seems to be in."""

import pytest

from forum.text.languages import guess


@pytest.mark.parametrize(
    "text",
    [
        "今天天氣很好。",
        "普丁（Vladimir Putin）在烏克蘭的戰事中遭到了挫敗。",
        "```\nfor (int i = 0; i < n; i++) sum += values[i];\n```\n謝謝大家",
        "請看 https://example.org/a/very/long/address/in/english/words",
        "> A long quotation from an English newspaper about the war\n\n我不同意這個說法。",
    ],
)
def test_chinese_is_chinese_with_some_english_in_it(text):
    assert guess(text) == "zh-Hant"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Hello world",
        "He warned any country against meddling in Kazakhstan (哈薩克共和國), and it is not the first time.",
    ],
)
def test_english_is_english_with_some_chinese_in_it(text):
    assert guess(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42 :-)",
        "これは日本語の文章です",
        "한국어 문장입니다",
        "Это русский текст",
        "这是简体中文，我们说这个国家的事情",
        "谢谢你一直热心解答，我这个模型只是随便从网上下载下来试用的",
        "![圖片](https://example.org/a.png)",
        "Merci beaucoup pour votre aide dans ce forum mon ami",
        "Das ist ein schöner Satz über die Häuser",
    ],
)
def test_what_is_neither_is_not_marked(text):
    assert guess(text) == ""
