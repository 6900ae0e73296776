"""The mixtures of what is asked: people who read and write, and in the hour all that asks a site in the open."""

import random
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.templatetags.static import static

from accounts.models import User
from bench.load import places
from bench.load.wrk import Request
from forum.models import City, Thread
from forum.queries.heads.cards import card_of_thread, card_path

WORDS = ("河", "中國", "城市", "the bridge", "俄羅斯 Putin", "in:title 橋", "不存在的詞語", "的")


@dataclass(frozen=True, slots=True)
class Mixture:
    """What the mixture is drawn from: the pages of the table, members, the threads they read, what they write."""

    pages: list[str]
    cookies: list[str]
    threads: list[int]
    replies: list[Request]
    recommendations: list[Request]

    def draw(self, rng: random.Random, count: int = 2_000) -> list[Request]:
        """Return requests of visitors and members: 95 of 100 read, four write, one recommends."""
        found = []
        for number in range(count):
            chance = rng.random()
            if chance < 0.04:
                reply = rng.choice(self.replies)
                address = f"/t/{rng.choice(self.threads)}/replies/"
                found.append(Request(address, reply.headers, "POST", reply.body))
            elif chance < 0.05:
                found.append(self.recommendations[number % len(self.recommendations)])
            else:
                address = f"/t/{rng.choice(self.threads)}/" if chance < 0.6 else rng.choice(self.pages)
                found.append(places.page(address, rng.choice(self.cookies) if rng.random() < 0.3 else ""))
        return found


def mixture_of(found: places.Places, cookies: list[str], recommendations: list[Request]) -> Mixture:
    """Return the mixture of a site: its places, members of its largest city, and what they have not recommended yet."""
    pages = [one for name, one in found.pages.items() if name != places.SEARCH]
    threads, replies = places.threads_of_members(found.thread), places.replies(found.thread, cookies)
    return Mixture(pages, cookies, threads, replies, recommendations)


class OpenNet:
    """What comes besides, from everywhere: searches, feeds, pictures, nonsense, and robots that open each page once."""

    def __init__(self) -> None:
        self.style = static("css/app.css")
        self.last = Thread.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.cities = [quote(one) for one in City.objects.values_list("slug", flat=True)]
        self.people = [quote(one) for one in User.objects.order_by("-pk").values_list("username", flat=True)[:2_000]]
        shown = Thread.objects.filter(is_hidden=False).select_related("city", "board", "author").order_by("-pk")[:100]
        self.cards = [card_path("thread", one.pk, card_of_thread(one)) for one in shown]

    def draw(self, rng: random.Random) -> Request:
        """Return a request by somebody who is not signed in."""
        draw = rng.choices(
            (self._robots, self._feeds, self._files, self._searches, self._nowhere, self._absurd), (5, 1, 1, 1, 1, 1)
        )[0]
        return places.page(draw(rng))

    def _robots(self, rng: random.Random) -> str:
        thread, number = rng.randint(1, self.last), rng.randint(1, 3)
        person, city = rng.choice(self.people), rng.choice(self.cities)
        addresses = (
            f"/t/{thread}/?page={number}",
            f"/t/{thread}/?x={rng.random()}",
            f"/u/{person}/",
            f"/c/{city}/log/",
        )
        return rng.choice(addresses)

    def _feeds(self, rng: random.Random) -> str:
        return rng.choice(("/feeds/", f"/feeds/c/{rng.choice(self.cities)}/", f"/feeds/t/{rng.randint(1, self.last)}/"))

    def _files(self, rng: random.Random) -> str:
        return rng.choice((self.style, rng.choice(self.cards)))

    def _searches(self, rng: random.Random) -> str:
        return f"/search/?{urlencode({'q': rng.choice(WORDS)})}"

    def _nowhere(self, rng: random.Random) -> str:
        return rng.choice((f"/t/{10**12 + rng.randint(1, 10**6)}/", f"/wp-login-{rng.randint(1, 10**6)}.php"))

    def _absurd(self, rng: random.Random) -> str:
        return f"/t/{rng.randint(1, self.last)}/?q={rng.randint(0, 9)}{'y' * rng.randint(1_000, 7_000)}"
