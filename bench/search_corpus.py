"""As many posts as wanted for `bench.search`: paragraphs of the demo world and of an archive, put together anew."""

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import batched
from pathlib import Path

from accounts.models import User
from forum.management.demo import load
from forum.models import Board, Category, City, Post, Thread
from forum.text.plain import to_text
from forum.transfer.reading import Reading
from forum.transfer.report import Report
from forum.transfer.sources import Source

IN_A_THREAD = 20
WRITERS = 500
BATCH = 4000  # posts
YEARS = 10
# Words that are put in so many of a hundred thousand posts, beside those that stand there anyway.
WORDS = {"中國": 10_000, "台灣": 5_000, "俄羅斯": 2_000, "烏克蘭": 500, "白名單": 100, "龘靐": 2, "Putin": 3_000}
_HAN = re.compile(r"[\u4e00-\u9fff]")


def paragraphs(archive: Path | None) -> tuple[list[str], list[str]]:
    """Return the Chinese and the other paragraphs of the demo world, and of an archive of Discourse."""
    posts = [post.body for city in load().cities for thread in city.threads for post in thread.posts]
    texts = [line for body in posts for line in to_text(body).split("\n")]
    if archive:
        source = Source(archive, lambda file, why: None)
        for topic in Reading(source, Report(), lambda what, done: None).topics():
            for entry in topic.entries.values():
                cooked = re.sub(r"<[^>]+>", " ", entry.cooked.replace("</p>", "\n"))
                texts += [" ".join(line.split()) for line in unescape(cooked).split("\n")]
    texts = [text for text in texts if len(text) >= 6]
    chinese = [text for text in texts if len(_HAN.findall(text)) * 3 > len(text)]
    return chinese, [text for text in texts if len(_HAN.findall(text)) * 3 <= len(text)]


class Corpus:
    """Draws texts; the same seed draws the same ones."""

    def __init__(self, archive: Path | None) -> None:
        """Read what there is."""
        self.random = random.Random(20_260_101)
        self.chinese, self.other = paragraphs(archive)

    def text(self) -> list[str]:
        """Return the paragraphs of a post of about the length that posts have: three of five are Chinese."""
        lines = self.chinese if self.random.random() < 0.6 else self.other
        length = self.random.choice((60, 120, 250, 400, 700))
        parts: list[str] = []
        while sum(map(len, parts)) < length:
            parts.append(self.random.choice(lines)[:600])
        for word, often in WORDS.items():
            if self.random.random() < often / 100_000:
                place = self.random.randrange(len(parts))
                parts[place] = f"{parts[place]}，{word}的事"
        return parts

    def title(self) -> str:
        """Return the title of a thread."""
        return self.random.choice(self.chinese if self.random.random() < 0.6 else self.other)[:40]


def write(corpus: Corpus, count: int) -> Iterator[list[tuple[Post, list[str]]]]:
    """Write so many posts in four cities, one of which is closed, and yield them with their paragraphs as they come.

    Nothing is indexed.
    """
    people = User.objects.bulk_create(User(username=f"writer{number}") for number in range(WRITERS))
    boards = [_board(number) for number in range(4)]
    times = moments(count)
    for numbers in batched(range(count), BATCH):
        openers = range(numbers[0], numbers[-1] + 1, IN_A_THREAD)
        threads = Thread.objects.bulk_create(
            Thread(
                city=(board := corpus.random.choice(boards)).city,
                board=board,
                author=people[0],
                last_author=people[0],
                title=corpus.title(),
                last_number=IN_A_THREAD,
                created_at=times[number],
                is_featured=corpus.random.random() < 0.01,
            )
            for number in openers
        )
        posts, texts = [], []
        for number in numbers:
            thread = threads[(number - numbers[0]) // IN_A_THREAD]
            position = number % IN_A_THREAD + 1
            parts = corpus.text()
            texts.append(parts)
            posts.append(
                Post(
                    thread=thread,
                    number=position,
                    author=corpus.random.choice(people),
                    title=thread.title if position == 1 else "",
                    body="\n\n".join(parts),
                    html=html_of(parts),
                    renderer_version=1,
                    created_at=times[number],
                    is_hidden=corpus.random.random() < 0.005,
                    earlier_recommendations=int(corpus.random.paretovariate(1)) - 1,
                )
            )
        yield list(zip(Post.objects.bulk_create(posts), texts, strict=True))


def html_of(parts: list[str]) -> str:
    """Return the paragraphs as the renderer would."""
    return "\n".join(f"<p>{escape(part)}</p>" for part in parts)


def moments(count: int) -> list[datetime]:
    """Return when each of so many posts was written."""
    start = datetime.now(UTC) - timedelta(days=365 * YEARS)
    step = timedelta(days=365 * YEARS) / count
    return [start + number * step for number in range(count)]


def _board(number: int) -> Board:
    closed = City.Visibility.CITIZENS if number == 3 else City.Visibility.PUBLIC
    category = Category.objects.filter(parent__isnull=False)[0]
    city = City.objects.create(name=f"City {number}", slug=f"city-{number}", category=category, visibility=closed)
    return Board.objects.create(city=city, name="General", slug="general", is_default=True)
