"""Seals, initials and inks."""

import pytest

from forum.text.names import initial, ink, seal_characters


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("歐洲", "歐洲"),
        ("歌仔戲", "歌仔戲"),
        ("時事論壇", "時事論壇"),
        ("古典音樂愛好者", "古典"),
        ("台北文學 讀書會", "台北文學"),
        ("PTT 八卦版", "八卦版"),
        ("Bench and Type", "BT"),
        ("the Old News", "ON"),
        ("urho3d", "U"),
        ("Of", "O"),
        ("élan vital", "ÉV"),
        ("🎻", "🎻"),
        ("", "城"),
    ],
)
def test_a_seal_shows_what_a_carver_would_cut(name, characters):
    assert seal_characters(name) == characters


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("王小明", "王"),
        ("ann", "A"),
        ("@bob", "B"),
        ("e\u0301mile", "É"),
        ("ßeta", "ß"),
        ("👨‍👩‍👧 us", "U"),
        ("🇹🇼🎉", "🇹🇼"),
        ("👍🏽", "👍🏽"),
        ("", ""),
    ],
)
def test_an_initial_is_one_character_as_readers_see_it(name, character):
    assert initial(name) == character


def test_an_ink_is_always_the_same_and_there_are_enough_of_them():
    assert ink("ann", 8) == ink("ann", 8)
    assert {ink(f"person {number}", 8) for number in range(200)} == set(range(8))
