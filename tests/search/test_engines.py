"""No search takes longer than it may, and what was found until then is shown."""

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from forum.actions.threads import create_thread
from forum.permissions.roles import Viewer
from forum.search import blocks, gathering, postgres, questions
from forum.search.candidates import Look
from forum.search.documents import document_of
from forum.search.engines import TookTooLong, engine, limited
from forum.search.filters import limits
from forum.search.find import find
from forum.search.matching import condition
from forum.search.parsing import parse
from forum.search.ranking import Ranking
from forum.search.results import EVERYWHERE
from forum.search.seeing import Seeing
from tests.world import World

ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) SELECT count(*) FROM n"


def ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_a_question_without_end_is_given_up(world: World) -> None:
    with pytest.raises(TookTooLong), limited(0.1):
        ask(ENDLESS)
    assert ask("SELECT 1") == 1
    assert find(Viewer(), parse("bridge")).count == 1


def test_the_limit_holds_for_a_search_only(world: World) -> None:
    with limited(0.5):
        assert ask("SELECT 1") == 1
    # A question that takes a moment longer than the limit that was.
    assert ask(ENDLESS.replace("1000000000", "2000000")) == 2_000_000


def test_an_error_of_another_kind_stays_itself(world: World) -> None:
    with pytest.raises(ZeroDivisionError), limited(1):
        1 / 0  # noqa: B018


def test_what_was_found_when_time_ran_out_is_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "SECONDS", 0)
    results = find(Viewer(), parse("bridge"))
    assert results.took_too_long
    assert not results.count_is_exact
    assert [group.thread for group in results.groups] == [world.thread]


def test_what_is_proposed_comes_by_the_index(world: World) -> None:
    words = " OR ".join(f"word{number}" for number in range(40))
    with CaptureQueriesContext(connection) as asked:
        find(Viewer(), parse(words))
    proposed = [one["sql"] for one in asked if "search_terms" in one["sql"]]
    assert proposed
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with limited(2), connection.cursor() as cursor:
        for question in proposed:
            cursor.execute(f"{explain} {question}")
            plan = str(cursor.fetchall())
            assert "Seq Scan on search_terms" not in plan
            assert "VIRTUAL TABLE INDEX" in plan or "Bitmap Index Scan on search_terms_keys" in plan


def test_what_is_asked_of_posts_reads_no_texts(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        find(Viewer(), parse("bridge"))
    # PostgreSQL chooses by how many rows there are; SQLite must be told.
    proposed = [one["sql"] for one in asked if "search_terms" in one["sql"] and connection.vendor == "sqlite"]
    assert len(proposed) == (connection.vendor == "sqlite")
    with connection.cursor() as cursor:
        for question in proposed:
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
            plan = [row[3] for row in cursor.fetchall()]
            about_posts = [step for step in plan if "posts_without_texts" in step]
            assert len(about_posts) == 2
            assert all("USING COVERING INDEX posts_without_texts (id=?" in step for step in about_posts)


def test_a_server_keeps_the_plans_of_few_questions(world: World) -> None:
    texts = set()
    for text in ("橋", "走過", "bridge", "俄羅斯", "in:title 橋", '"three planks"', "crossing", "a", "C++", "1.2.3"):
        look = Look(condition(parse(text).node), seeing=Seeing(Viewer(), Q()))
        if postgres._is_common(look):
            texts.add(questions.proposed(look, 0, 1)[0] if connection.vendor == "postgresql" else text)
    assert texts
    for odd in ("a b c d", "橋 OR 走", "橋 -木", "author:coco 橋", '"one two three four five six"'):
        limited_to = limits(Viewer(), parse(odd).filters, EVERYWHERE)
        look = Look(condition(parse(odd).node), marks=tuple(limited_to.marks), seeing=Seeing(Viewer(), Q()))
        assert not postgres._is_common(look), odd
    assert not postgres._is_common(Look(condition(parse("橋").node), seeing=Seeing(Viewer.of(world.coco), Q())))


def test_keys_of_a_block_stand_together_and_apart_from_those_of_the_next() -> None:
    numbers = questions.numbers_of(["~bridg", "橋", "^橋", "@city 1"])
    assert len(set(numbers)) == 4
    assert 0 <= min(numbers) <= max(numbers) < blocks.base_of(1) - blocks.base_of(0)
    bases = [blocks.base_of(block) for block in range(1025)]
    assert sorted(bases[:1024]) == bases[:1024]
    assert bases[1024] == bases[0] == -(2**31)
    assert bases[1023] + max(numbers) < 2**31


def test_both_engines_count_words_alike(world: World) -> None:
    body = " ".join(["The bridge and 橋橋 and bridges."] * 200)
    thread = create_thread(world.general, by=world.cai, title="Bridges of 石渡", body=body)
    asks = condition(parse("bridge 橋 石渡").node)
    ranking = Ranking(asks, day=0)
    [[found]] = [*engine().look(Look(asks, counted=ranking.counted))]
    words = document_of(thread.posts.get()).words
    assert found.length == 4000 < len(words)
    assert found.times == tuple(sum(map(words[:4000].count, needles)) for needles in ranking.counted)
    assert found.titled == 2


def test_keys_lie_beside_the_rows_that_are_read(world: World) -> None:
    # SQLite keeps no keys at all.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class WHERE relname = 'search_terms'")
            assert cursor.fetchone()[0]
