"""What a plain scan finds, the search finds, and a phrase finds nothing else; the same on both databases."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.models import Post
from forum.text.tokens import fold, stem
from tests.search.corpus import HAN, WORD, demo_texts, found, plain, scan, write_posts
from tests.world import World

# One world for all the texts that are drawn: nothing is written while they are looked for.
ONE_WORLD = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def posts(world: World) -> list[Post]:
    return write_posts(world.general, world.cai, demo_texts(7))


def pieces(posts: list[Post], pattern: "re.Pattern[str]") -> list[str]:
    return [piece for post in posts for piece in pattern.findall(plain(post))]


def test_every_drawn_run_of_han_characters_is_found(posts: list[Post]) -> None:
    runs = pieces(posts, HAN)
    assert len(runs) > 1000

    @ONE_WORLD
    @given(st.sampled_from(runs), st.integers(1, 6), st.data())
    def check(run: str, length: int, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, max(0, len(run) - length)))
        asked = run[start : start + length]
        assert found(None, asked) & {post.pk for post in posts} == scan(posts, asked), asked

    check()


def test_every_drawn_english_word_is_found_and_only_its_forms(posts: list[Post]) -> None:
    words = sorted(set(pieces(posts, WORD)) - {"or", "and"})

    @ONE_WORLD
    @given(st.sampled_from(words))
    def check(word: str) -> None:
        ids = found(None, word) & {post.pk for post in posts}
        assert ids >= scan(posts, word), word
        assert scan(posts, word) == found(None, f'"{word}"') & {post.pk for post in posts}
        forms = {post.pk for post in posts if stem(word) in map(stem, WORD.findall(plain(post)))}
        assert ids == forms | scan(posts, word) | scan(posts, stem(word)), word

    check()


def test_a_drawn_phrase_is_found_where_it_stands_and_nowhere_else(posts: list[Post]) -> None:
    @ONE_WORLD
    @given(st.sampled_from(posts), st.integers(1, 60), st.data())
    def check(post: Post, length: int, data: st.DataObject) -> None:
        text = " ".join(plain(post).split())
        start = data.draw(st.integers(0, len(text)))
        phrase = text[start : start + length].replace('"', " ").strip()
        ids = found(None, f'"{phrase}"')
        for one in Post.objects.filter(pk__in=ids):
            assert " ".join(phrase.split()) in " ".join(plain(one).split()), phrase

    check()


@ONE_WORLD
@given(
    text=st.one_of(
        st.text(max_size=40), st.text(st.sampled_from("ab俄羅 \"'%_\\*?():-|^~{}[]&!<>+#@.,\x1f\n0"), max_size=30)
    )
)
def test_any_text_can_be_searched_for(world: World, text: str) -> None:
    ids = found(world.coco, text)
    assert ids <= set(Post.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    "text", ["俄罗斯", "俄羅斯", "Putin", "台灣", "臺湾", "ＣＯＶＩＤ－１９", "covid-19", "c++", "指針"]
)
def test_forms_of_the_same_are_found_alike(world: World, text: str) -> None:
    posts = write_posts(world.general, world.cai, ["俄羅斯總統 Putin 訪問臺灣", "COVID-19 與 C++ 的指針", "別的"])
    assert found(None, text) == scan(posts, text)
    assert len(found(None, text)) == 1
    assert fold(text) in plain(posts[0]) + plain(posts[1])
