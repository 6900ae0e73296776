"""The catalogue of Simplified Chinese is what the Traditional one makes today, and wholly simplified."""

import pytest
from babel.messages.catalog import Catalog
from opencc import OpenCC

from scripts.simplify import SIMPLIFIED, TERMS, TRADITIONAL, Simplifier, read, simplified
from tests.house.test_messages import PLACES, messages

Words = dict[tuple[str | None, str], tuple[str, ...]]


def words_of(catalogue: Catalog) -> Words:
    return {
        key: (message.string,) if isinstance(message.string, str) else tuple(message.string)
        for key, message in messages(catalogue)
    }


@pytest.fixture(scope="module")
def written() -> Words:
    return words_of(read(SIMPLIFIED))


def test_it_is_what_the_traditional_catalogue_makes(written: Words) -> None:
    made = words_of(simplified(read(TRADITIONAL)))
    assert {key[1]: (made.get(key), words) for key, words in written.items() if made.get(key) != words} == {}
    assert made.keys() == written.keys(), "make messages"


def test_no_character_is_one_that_only_traditional_writing_uses(written: Words) -> None:
    characters = sorted(
        {character for words in written.values() for form in words for character in form if character > "\u3400"}
    )
    found = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    assert [old for old, new in zip(characters, found, strict=True) if old != new] == []


def test_every_place_is_kept(written: Words) -> None:
    before = words_of(read(TRADITIONAL))
    assert {
        key[1]: words
        for key, words in written.items()
        if [sorted(PLACES.findall(form)) for form in words] != [sorted(PLACES.findall(form)) for form in before[key]]
    } == {}


@pytest.mark.parametrize(
    ("traditional", "words"),
    [
        ("檢舉「%(title)s」", "检举“%(title)s”"),
        ("這個帳號的通行金鑰", "这个账号的通行密钥"),
        ("登出", "退出登录"),
        ("民國 115 年 11 月 23 日", "民国 115 年 11 月 23 日"),
        ("一則私人訊息", "一条私人消息"),
        ("%(count)s 則回應", "%(count)s 条回复"),
        ("檔案太大；請選 GIF 檔。", "文件太大；请选 GIF 文件。"),
        ("依預設設定", "依默认设置"),
    ],
)
def test_words_of_taiwan_become_those_of_the_mainland(traditional: str, words: str) -> None:
    assert Simplifier()(traditional) == words


def test_the_list_of_words_can_be_read() -> None:
    lines = [line for line in TERMS.read_text().splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if line.count("\t") != 1 or not all(line.split("\t"))] == []
    assert len({line.split("\t")[0] for line in lines}) == len(lines)
