"""What of a generated site is asked: the pages, members with their sessions, and what they write."""

from dataclasses import dataclass
from importlib import import_module
from itertools import islice, product
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from accounts.models import User
from bench.load.wrk import Request
from forum.models import Board, City, Membership, Post, ReadMark, Recommendation, Thread
from forum.queries.paging import PAGE_SIZE
from forum.queries.posts import POSTS_PER_PAGE

DEEP = 400  # pages
MEMBERS = 64
BROWSER = (
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Accept-Language", "zh-TW,zh;q=0.9,en;q=0.5"),
    ("Accept", "text/html"),
)
TOKEN = "a" * 32
SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of the scenarios, by name, and the thread they are about."""

    pages: dict[str, str]
    thread: Thread
    depth: int


def find() -> Places:
    """Return the places of the site: the longest thread, its board and city, and a page deep in that board."""
    thread = Thread.objects.filter(is_hidden=False, is_locked=False).order_by("-posts_count", "pk")[0]
    board, city = Board.objects.get(pk=thread.board_id), City.objects.get(pk=thread.city_id)
    address = f"/c/{quote(city.slug)}/b/{quote(board.slug)}/"
    depth, mark = _deep(board)
    last = (thread.posts_count - 1) // POSTS_PER_PAGE + 1
    pages = {
        "thread, first page": f"/t/{thread.pk}/",
        f"thread, page {last}": f"/t/{thread.pk}/?page={last}",
        "board, first page": address,
        f"board, page {depth}": f"{address}?{urlencode({'after': mark})}",
        "city": f"/c/{quote(city.slug)}/",
        "home": "/",
        SEARCH: f"/search/?{urlencode({'q': '河'})}",
    }
    return Places(pages, thread, depth)


def _deep(board: Board) -> tuple[int, str]:
    """Return the number of a page, 400 where the board has as many, and the mark that leads there."""
    rows = Thread.objects.filter(board=board, is_hidden=False).order_by("-last_post_at", "-pk")
    depth = max(2, min(DEEP, rows.count() // PAGE_SIZE - 1))
    last = rows[(depth - 1) * PAGE_SIZE - 1]
    return depth, f"{last.last_post_at.isoformat()}~{last.pk}"


def members(thread: Thread) -> dict[str, int]:
    """Return the cookies of members of the city who have read some of it, each signed in, with their ids."""
    readers = ReadMark.objects.filter(thread__city=thread.city_id).values("user").distinct()
    citizens = Membership.objects.filter(city=thread.city_id, role=Membership.Role.CITIZEN, user__in=readers)
    people = User.objects.filter(pk__in=citizens.order_by("pk").values("user")[:MEMBERS]).order_by("pk")
    return {_signed_in(one): one.pk for one in people}


def _signed_in(person: User) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def page(address: str, cookie: str = "", validator: str = "") -> Request:
    """Return the request for a page, of a visitor or a member, or of somebody who has it already."""
    more = (("Cookie", cookie),) if cookie else ()
    return Request(address, BROWSER + more + ((("If-None-Match", validator),) if validator else ()))


def _form(address: str, cookie: str, **fields: str) -> Request:
    headers = (*BROWSER, ("Cookie", cookie), ("Content-Type", "application/x-www-form-urlencoded"))
    return Request(address, headers, "POST", urlencode({"csrfmiddlewaretoken": TOKEN, **fields}))


def replies(thread: Thread, cookies: list[str], count: int = 640) -> list[Request]:
    """Return replies of all members in turn."""
    words = "橋邊的燈亮了，河水慢慢走。 The lamps are lit."
    numbered = ((number, cookies[number % len(cookies)]) for number in range(count))
    return [_form(f"/t/{thread.pk}/replies/", cookie, body=f"{words} {number}") for number, cookie in numbered]


def recommendations(thread: Thread, members: dict[str, int], limit: int = 5_000) -> list[Request]:
    """Return recommendations of the thread's posts that may be given and were not yet, by the members' cookies."""
    posts = Post.objects.filter(thread=thread, is_hidden=False).order_by("number").values_list("pk", "author_id")
    given = Recommendation.objects.filter(post__thread=thread, user__in=members.values())
    known = set(given.values_list("post_id", "user_id"))
    pairs = (
        (post, cookie)
        for (post, author), (cookie, pk) in product(posts, members.items())
        if author != pk and (post, pk) not in known
    )
    return [_form(f"/p/{post}/recommend/", cookie) for post, cookie in islice(pairs, limit)]


def threads_of_members(thread: Thread, count: int = 300) -> list[int]:
    """Return the newest threads of the same city in which its citizens may write."""
    rows = Thread.objects.filter(city=thread.city_id, is_hidden=False, is_locked=False)
    return list(rows.order_by("-last_post_at", "-pk").values_list("pk", flat=True)[:count])
