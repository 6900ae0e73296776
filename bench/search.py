"""How well and how fast the search finds among a million posts: `make searchbench`.

Writes posts made of the demo world, and of an archive where one is given, indexes them as a reindex of everything on a
resting site does, and then measures: recall and precision against a plain scan on a slice of the posts, the time of
queries, the size of the index, what indexing adds to a write.
"""

import argparse
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from django.core.management import call_command
from django.db import connection, transaction

from bench.search_corpus import Corpus, html_of, moments, write
from forum.caching.triggers import without_triggers
from forum.models import Post
from forum.permissions.roles import Viewer
from forum.search import blocks, postgres
from forum.search.documents import document_from
from forum.search.engines import engine
from forum.search.find import find
from forum.search.index import index_posts
from forum.search.parsing import parse
from forum.search.resting import indexed_afterwards
from forum.search.results import Results, Scope
from forum.text.plain import html_to_text
from forum.text.tokens import analysed, fold

_BACKEND: dict[str, Path] = {}
FREQUENT = ("中國", "台灣", "俄羅斯", "的", "the", "Putin", "白名單", "龘靐", "因為", "can")
OTHERS = (
    "中國 台灣", '"the same"', "中國 -台灣", "中國 OR 龘靐", "in:title 一個", "中國 author:writer7", "中國 city:city-3",
    "中國 is:featured", "中國 recommended:>50", "中國 before:2019", "-的", "is:featured", "has:image", '"->"',
    "the of and", "C++", "不存在的詞語", '"因為 因為"', "recommended:>5000 的", "。",
)  # fmt: skip


def run() -> None:
    """Read the options, and do it all."""
    parser = argparse.ArgumentParser(prog="searchbench")
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--archive", type=Path, help="an archive of Discourse whose texts are used, too")
    parser.add_argument("--draws", type=int, default=2000, help="queries held against a plain scan")
    parser.add_argument("--keep", action="store_true", help="measure again what an earlier run wrote")
    options = parser.parse_args()
    corpus = Corpus(options.archive)
    print(f"{connection.vendor}: {options.posts:,} posts")
    if not options.keep:
        _build(corpus, options.posts)
    _sizes()
    _speed()
    _writes(corpus)
    _recall(options.draws)


def _build(corpus: Corpus, count: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    spent = {"writing posts": 0.0, "indexing": 0.0}
    if connection.vendor == "postgresql":
        seconds = [int(at.timestamp()) for at in moments(count)][:: blocks.POSTS]
        blocks.begin_generation([postgres.place_at(second, 0) for second in seconds[1:]], used_from=0)
        blocks.end_old_generations()
    cut = lru_cache(400_000)(analysed)
    start = perf_counter()
    with without_triggers(), indexed_afterwards():
        for number, batch in enumerate(_committed(write(corpus, count))):
            spent["writing posts"] += perf_counter() - start
            start = perf_counter()
            with transaction.atomic():
                # The same paragraphs come again and again: cutting each of them once is the part that is left out.
                engine().store([document_from(post, post.title, texts, cut) for post, texts in batch])
            spent["indexing"] += perf_counter() - start
            if number % 5 == 0:
                print(
                    f"  {number * len(batch):,}", {what: round(seconds) for what, seconds in spent.items()}, flush=True
                )
            start = perf_counter()
    spent["indexing"] += perf_counter() - start
    for what, seconds in spent.items():
        print(f"{what}: {seconds:.0f} s, {seconds / count * 1000:.2f} ms a post")


def _committed[T](batches: Iterator[T]) -> Iterator[T]:
    """Let each batch be one transaction."""
    while True:
        with transaction.atomic():
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def _sizes() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE search_terms, search_document, forum_post, forum_thread")
            names = ("search_terms_keys", "search_terms", "search_document", "forum_post", "forum_revision")
            for name in names:
                whole = "pg_relation_size" if name.endswith("keys") else "pg_table_size"
                cursor.execute(f"SELECT {whole}(%s)", [name])
                print(f"size of {name}: {cursor.fetchone()[0] / 1e6:,.0f} MB")
        else:
            cursor.execute("ANALYZE")
            for name in ("search_terms_data", "search_document", "forum_post"):
                cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name = %s", [name])
                print(f"size of {name}: {(cursor.fetchone()[0] or 0) / 1e6:,.0f} MB")


def _speed() -> None:
    print(f"{'query':24} {'order':10} {'found':>9} {'p50 ms':>8} {'high':>8} {'p50 cpu':>8} {'high':>8}")
    for text in (*FREQUENT, *OTHERS):
        for order in ("relevance", "date"):
            spent, results = _timed(text, order, 7)
            walls, works = zip(*spent, strict=True)
            about = " " if results.count_is_exact else "+"
            late = "  took too long" if results.took_too_long else ""
            times = f"{median(walls):8.1f} {max(walls):8.1f} {median(works):8.1f} {max(works):8.1f}"
            print(f"{text:24} {order:10} {results.count:8,}{about} {times}{late}", flush=True)
    drawn = [*_two_characters(380), *(["中國"] * 20)]
    for order in ("relevance", "date"):
        spent = [one for text in drawn for one in _timed(text, order, 1)[0]]
        for what, times in zip(("waiting", "working"), zip(*spent, strict=True), strict=True):
            cuts = quantiles(times, n=20)
            print(f"two characters, by {order}, {what}: p50 {median(times):.1f} ms, p95 {cuts[18]:.1f} ms")


def _timed(text: str, order: str, rounds: int) -> tuple[list[tuple[float, float]], Results]:
    """Return, for each round, the milliseconds that somebody waits and those that processors work; and the results."""
    query, spent = parse(text), []
    for _ in range(rounds):
        start, work = perf_counter(), _work()
        results = find(Viewer(), query, order=order)  # type: ignore[arg-type]
        spent.append(((perf_counter() - start) * 1000, (_work() - work) * 1000))
    return spent, results


def _work() -> float:
    """Return the seconds that processors have worked for this process and for the other end of its connection."""
    if connection.vendor == "sqlite":
        return process_time()
    if "backend" not in _BACKEND:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            _BACKEND["backend"] = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return process_time() + int(_BACKEND["backend"].read_text().split()[0]) / 1e9


def _two_characters(count: int) -> list[str]:
    """Return words of two characters as they stand in drawn posts: frequent ones come often."""
    draw = random.Random(7)
    last = Post.objects.order_by("-pk").values_list("pk", flat=True)[0]
    found: list[str] = []
    while len(found) < count:
        post = Post.objects.filter(pk__gte=draw.randrange(last)).order_by("pk").first()
        runs = re.findall(r"[\u4e00-\u9fff]{2,}", post.body) if post else []
        if runs:
            run = draw.choice(runs)
            start = draw.randrange(len(run) - 1)
            found.append(run[start : start + 2])
    return found


def _writes(corpus: Corpus) -> None:
    """Index posts one by one, each in a transaction of its own, as replies are written."""
    posts = list(Post.objects.select_related("thread").order_by("-pk")[:300])
    spent = []
    index_posts(posts[:1])  # what a process loads once
    for post in posts:
        post.html = html_of(corpus.text())
        start, work = perf_counter(), _work()
        with transaction.atomic():
            index_posts([post])
        spent.append(((perf_counter() - start) * 1000, (_work() - work) * 1000))
    for what, times in zip(("waiting", "working"), zip(*spent, strict=True), strict=True):
        high = quantiles(times, n=20)[18]
        print(
            f"indexing one post, {what}: p50 {median(times):.2f}, p95 {high:.2f}, mean {sum(times) / len(times):.2f} ms"
        )
    with transaction.atomic():
        index_posts(Post.objects.select_related("thread").order_by("-pk")[:300])


def _recall(draws: int) -> None:
    """Hold drawn queries against a plain scan of the last thread's city: of two thousand posts, in one city."""
    draw = random.Random(11)
    posts = list(Post.objects.select_related("thread").filter(thread__city__slug="city-1").order_by("-pk")[:2000])
    texts = {
        post.pk: " ".join(fold(f"{post.title}\n{html_to_text(post.html)}").split())
        for post in posts
        if not post.is_hidden
    }
    first = min(posts, key=lambda post: post.created_at).created_at
    missed = wrong = asked = 0
    for _ in range(draws):
        text = texts[draw.choice(list(texts))]
        query = _drawn(draw, text)
        if not query:
            continue
        asked += 1
        scanned = {pk for pk, text in texts.items() if _stands_in(query, text)}
        found = _all_of(f'"{query}" after:{first:%Y-%m-%d}', posts[0].thread.city)
        missed += len(scanned - found)
        wrong += sum(pk in texts and pk not in scanned for pk in found)
    print(f"recall: {asked} queries, {missed} posts missed, {wrong} found wrongly")


def _drawn(draw: random.Random, text: str) -> str:
    pattern = r"[\u4e00-\u9fff]+" if draw.random() < 0.6 else r"[a-z]+"
    runs = re.findall(pattern, text)
    run = draw.choice(runs) if runs else ""
    if run and pattern != r"[a-z]+":
        start = draw.randrange(len(run))
        return run[start : start + draw.randint(1, 6)]
    return run


def _stands_in(query: str, text: str) -> bool:
    if not query.isascii():
        return query in text
    return re.search(rf"(?<![a-z]){query}(?![a-z])", text) is not None


def _all_of(text: str, city: object) -> set[int]:
    found: set[int] = set()
    after = ""
    while True:
        results = find(Viewer(), parse(text), scope=Scope(city=city), order="date", after=after, size=1000)  # type: ignore[arg-type]
        found |= {hit.post.pk for group in results.groups for hit in group.hits}
        after = results.next
        if not after:
            return found
