"""What it costs to say what is new, to somebody who has read ten threads and to one who has read 10,000.

Builds a city of 10,000 threads, and prints for the list of a board, the boards of a city, and marking, how many threads
the reader has read, the SQL queries, and the median in milliseconds. `make bench PART=reading` runs it.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from forum.actions.boards import create_board
from forum.actions.cities import found_city
from forum.actions.marks import mark_thread_read
from forum.models import Board, Category, Post, ReadMark, Thread
from forum.permissions.roles import Viewer
from forum.queries.board_faces import BoardPlace, board_face
from forum.queries.board_pages import board_page
from forum.queries.own_lists import news_of_boards

BOARDS, THREADS, POSTS, ROUNDS = 20, 10_000, 3, 30


def build() -> Board:
    """Return a board of a new city with THREADS threads of POSTS posts on BOARDS boards."""
    call_command("migrate", verbosity=0)
    mayor = User.objects.create_user("benchmayor", "m@example.org")
    city = found_city(by=mayor, name="Bench", slug="bench", category=Category.objects.filter(parent__isnull=False)[0])
    board = Board.objects.get(city=city)
    places = [board, *(create_board(city, by=mayor, name=f"Board {number}") for number in range(1, BOARDS))]
    beside = {"city": city, "author": mayor, "last_author": mayor}
    beside |= {"last_number": POSTS, "posts_count": POSTS, "replies_count": POSTS - 1}
    threads = Thread.objects.bulk_create(
        [
            Thread(title=f"Thread {n}", board=places[n % BOARDS], last_post_at=timezone.now(), **beside)
            for n in range(THREADS)
        ],
        1000,
    )
    Post.objects.bulk_create(
        [
            Post(thread=thread, number=number, author=mayor, body="Words.", renderer_version=1)
            for thread in threads
            for number in range(1, POSTS + 1)
        ],
        1000,
    )
    return board


def reader(name: str, board: Board, count: int) -> Viewer:
    """Return somebody who has read so many threads of the city, each but for its last post; the newest first."""
    joined = timezone.now().replace(year=2020)
    person = User.objects.create_user(name, f"{name}@example.org", date_joined=joined)
    threads = Thread.objects.filter(city=board.city).order_by("-last_post_at", "-pk")[:count]
    ReadMark.objects.bulk_create([ReadMark(user=person, thread=one, number=POSTS - 1) for one in threads], 1000)
    return Viewer.of(person)


def line(what: str, viewer: Viewer, ask: Callable[[], object]) -> None:
    """Print queries and the median time of one thing."""
    _known = viewer.standing  # which every page asks once
    with CaptureQueriesContext(connection) as asked:
        ask()
    spent = []
    for _round in range(ROUNDS):
        start = perf_counter()
        ask()
        spent.append((perf_counter() - start) * 1000)
    count = ReadMark.objects.filter(user=viewer.user).count()
    print(f"{what:24} {count:>7} {len(asked):>8} {median(spent):>8.2f}")


def run() -> None:
    """Build the city and print the table."""
    board = build()
    readers = [reader("few", board, 10), reader("many", board, THREADS)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    thread = Thread.objects.select_related("city").filter(board=board)[0]
    print(f"{connection.vendor}\n{'':24} {'read':>7} {'queries':>8} {'ms':>8}")
    visitor = Viewer()
    line("a board, visitor", visitor, lambda: board_face(board.city.slug, board.slug, BoardPlace()))
    face = board_face(board.city.slug, board.slug, BoardPlace())
    for viewer in readers:
        line("a board", viewer, lambda v=viewer: board_page(v, face))  # type: ignore[misc]
        line("boards of a city", viewer, lambda v=viewer: news_of_boards(v, board.city))  # type: ignore[misc]
        assert viewer.user
        line("marking a thread", viewer, lambda v=viewer: mark_thread_read(thread, by=v.user, number=POSTS))  # type: ignore[misc]
