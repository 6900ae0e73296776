"""What changed between two versions."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.text.diffs import Chunk, differences, folded

MARKS = {"equal": "{}", "insert": "[+{}]", "delete": "[-{}]", "fold": "<{}>"}


def drawn(chunks):
    """Return chunks as one line that a person can read."""
    return "".join(MARKS[chunk.kind].format(chunk.text) for chunk in chunks)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("同", "同", "同"),
        ("", "新", "[+新]"),
        ("舊", "", "[-舊]"),
        ("", "", ""),
        ("市長說，中國警告各國。", "副市長說，中國已經警告俄國。", "[+副]市長說，中國[+已經]警告[-各][+俄]國。"),
        ("a quick fox", "a quick foxes", "a quick [-fox][+foxes]"),
        ("I don't know", "I do know", "I [-don't][+do] know"),
        ("我說 Putin 不會來", "我說 Xi 不會來", "我說 [-Putin][+Xi] 不會來"),
        ("今天好。", "今天好。明天也好。", "今天好。[+明天也好。]"),
        ("一\n\n二\n", "一\n\n新段\n\n二\n", "一\n\n[+新段\n\n]二\n"),
        ("𠀀𠀁字", "𠀀𠀂字", "𠀀[-𠀁][+𠀂]字"),
    ],
)
def test_differences_are_by_character_in_chinese_and_by_word_in_english(old, new, line):
    assert drawn(differences(old, new)) == line


def test_a_rewritten_sentence_is_no_confetti():
    assert len(differences("The cat sat on the mat.", "A dog ran over my lawn.")) <= 4


TEXTS = st.text(alphabet="ab c中文，。\n'𠀀", max_size=60)


@settings(deadline=None, database=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_the_chunks_are_both_versions_to_the_character(old, new):
    chunks = differences(old, new)
    assert "".join(chunk.text for chunk in chunks if chunk.kind != "insert") == old
    assert "".join(chunk.text for chunk in chunks if chunk.kind != "delete") == new


def test_the_longest_texts_take_no_longer_than_they_may():
    chance = random.Random(1)
    old, new = ("".join(chance.choices("中文字", k=40_000)) for _ in range(2))
    before = time.process_time()
    chunks = differences(old, new)
    assert time.process_time() - before < 1.5
    assert "".join(chunk.text for chunk in chunks if chunk.kind != "delete") == new


class TestFolding:
    LONG = "很長的一句話。" * 60

    def test_what_is_far_from_any_change_is_folded(self):
        chunks = folded(differences(f"{self.LONG}舊{self.LONG}", f"{self.LONG}新{self.LONG}"), context=20)
        assert [chunk.kind for chunk in chunks] == ["fold", "equal", "delete", "insert", "equal", "fold"]

    def test_folding_loses_nothing(self):
        chunks = differences(f"{self.LONG}舊{self.LONG}", f"{self.LONG}新{self.LONG}")
        assert "".join(chunk.text for chunk in folded(chunks)) == "".join(chunk.text for chunk in chunks)

    def test_a_fold_begins_and_ends_at_a_sentence(self):
        hidden = next(
            chunk for chunk in folded(differences(f"{self.LONG}舊", f"{self.LONG}新")) if chunk.kind == "fold"
        )
        assert hidden.text.endswith("。")

    def test_between_words_where_there_is_no_sentence(self):
        words = "word " * 200
        hidden = next(chunk for chunk in folded(differences(f"{words}old", f"{words}new")) if chunk.kind == "fold")
        assert hidden.text.endswith(" ")

    def test_a_short_stretch_stays_open(self):
        assert drawn(folded(differences("短短的一句話舊", "短短的一句話新"))) == "短短的一句話[-舊][+新]"

    def test_two_equal_versions_stay_open(self):
        assert folded([Chunk("equal", self.LONG)]) == [Chunk("equal", self.LONG)]
