"""The rounds: each page between two measurements of its yardstick, so that what disturbs the machine meets both."""

import random
from collections.abc import Callable, Sequence

from bench.load import asking, places
from bench.load.lines import Line
from bench.load.mixture import mixture_of
from bench.load.servers import Server
from bench.load.wrk import Answered, Request, load

type Measured = tuple[Answered, float]  # what was answered, and the seconds of the processor it took
type Asking = Callable[[str], Measured]

CONNECTIONS = 16
Y1, Y2 = Request("/y1/", places.BROWSER), [Request(f"/y2/{place}/", places.BROWSER) for place in range(50)]


class Bench:
    """All scenarios on one site; `seconds` is how long each load goes on."""

    def __init__(self, site: Server, yardstick: Server, *, seconds: float, say: Callable[[str], None]) -> None:
        """Look at the site, and ask each page once as each reader."""
        self.site, self.yardstick, self.seconds, self.say = site, yardstick, seconds, say
        self.places = places.find()
        self.members = places.members(self.places.thread)
        self.cookies = list(self.members)
        self.change = asking.change(self.places.thread)
        self.turn = 0
        self.groups = {"cold": self._pages("visitor, first after a change", "Y2", 0.5)}
        self.groups["warm"] = self._pages("visitor, warm", "Y1", 0.7)
        self.groups["again"] = self._pages("visitor, has it already", "Y1", 0.9)
        self.groups["member"] = self._pages("member", "Y2", 0.0)
        self.yardsticks = {
            "cold": Line("Y2, one after the other", "yardstick"),
            "warm": Line("Y1", "yardstick"),
            "again": Line("Y1, again", "yardstick"),
            "member": Line("Y2", "yardstick"),
        }
        self.writes = [
            Line("reply, one writer", "member", most=(12, 50), expected=302),
            Line("recommending, one after the other", "member", expected=302),
            Line("reply, 64 writers in one thread", "member", most=(0, 500)),
            Line("95 % reading, 5 % writing, 16 connections", "mixed"),
            Line("95 % reading, 5 % writing, 256 connections", "mixed"),
        ]
        self._look()

    def _pages(self, reader: str, yardstick: str, least: float) -> list[Line]:
        lines = [Line(name, reader, yardstick, least if name != places.SEARCH else 0.0) for name in self.places.pages]
        for line in lines:
            if line.scenario.startswith("thread") and reader == "member":
                line.least, line.most_queries = 0.75, 6
            if least == 0.7 and line.least:
                line.tail = 3
        return lines

    def requests(self, group: str, name: str) -> list[Request]:
        """Return what is asked: a page, or for members the page by each of them."""
        address = self.places.pages[name]
        if group == "member":
            return [places.page(address, cookie) for cookie in self.cookies]
        if group == "warm":
            for _connection in range(8):  # so that each process has it
                asking.look(self.site.port, places.page(address))
        validator = asking.look(self.site.port, places.page(address))[2] if group == "again" else ""
        return [places.page(address, validator=validator)]

    def _look(self) -> None:
        """Note status, bytes and queries of each page, and of what is written."""
        for group, lines in self.groups.items():
            for line in lines:
                one = self.requests(group, line.scenario)[0]
                asking.look(self.site.port, one)
                line.status, line.size, _validator = asking.look(self.site.port, one)
                line.expected = 304 if group == "again" and line.scenario != places.SEARCH else 200
                line.queries = asking.queries(one, one, self.change if group == "cold" else lambda: None)
        for line, asked in zip(self.writes, (self._replies(), self._recommendations()), strict=False):
            line.status = asking.look(self.site.port, asked[-1])[0]
            line.queries = asking.queries(asked[-3], asked[-2])

    def _replies(self) -> list[Request]:
        return places.replies(self.places.thread, self.cookies)

    def _recommendations(self) -> list[Request]:
        return places.recommendations(self.places.thread, self.members)

    def round(self) -> None:
        """Measure everything once."""
        self.say("pages after a change")
        self._against("cold", self._one_by_one, lambda: self._slowly(self.yardstick, Y2[0]))
        for group, yardstick in (("warm", [Y1]), ("again", [Y1]), ("member", Y2)):
            self.say(f"pages: {self.groups[group][0].reader}")
            self._against(
                group,
                lambda name, group=group: self._warm(self.requests(group, name), group),  # type: ignore[misc]
                lambda asked=yardstick: self._load(self.yardstick, asked),  # type: ignore[misc]
            )
        self.say("writing")
        self._write()
        self.turn += 1

    def _against(self, group: str, ask: Asking, measure: Callable[[], Measured]) -> None:
        """Measure each page of a group between two measurements of the yardstick."""
        answered, spent = measure()
        self.yardsticks[group].add(answered, spent)
        for line in self.groups[group]:
            page, page_spent = ask(line.scenario)
            before = answered.rate
            answered, spent = measure()
            self.yardsticks[group].add(answered, spent)
            line.add(page, page_spent, (before + answered.rate) / 2)
            line.tails.append(answered.p99 / max(0.001, answered.p50))
            line.processor_ratios.append(self.yardsticks[group].processor[-1] / max(0.001, line.processor[-1]))

    def _warm(self, asked: Sequence[Request], group: str) -> Measured:
        """Load pages that each process has already made once, for members for each of them."""
        if group == "member":
            load(self.site.port, asked, seconds=1, connections=CONNECTIONS)
            self.site.settle()
        return self._load(self.site, asked)

    def _load(
        self, server: Server, asked: Sequence[Request], *, connections: int = CONNECTIONS, times: float = 1
    ) -> Measured:
        begun = server.processor()
        answered = load(server.port, asked, seconds=self.seconds * times, connections=connections)
        spent = server.processor() - begun
        server.settle()
        return answered, spent

    def _slowly(self, server: Server, asked: Request, before: Callable[[], None] = lambda: None) -> Measured:
        count = max(10, round(self.seconds * 12))
        begun = server.processor()
        answered = asking.one_by_one(server.port, asked, count=count, before=before)
        return answered, server.processor() - begun

    def _one_by_one(self, name: str) -> Measured:
        return self._slowly(self.site, self.requests("cold", name)[0], self.change)

    def _write(self) -> None:
        """Measure what is written, and what is read meanwhile."""
        alone, recommending, together, few, many = self.writes
        replies, recommendations = self._replies(), self._recommendations()
        half = len(recommendations) // 2
        alone.add(*self._load(self.site, replies, connections=1))
        recommending.add(*self._load(self.site, recommendations[:half], connections=1))
        together.add(*self._load(self.site, replies, connections=64, times=2))
        mixed = mixture_of(self.places, self.cookies, recommendations[half:]).draw(random.Random(self.turn))
        few.add(*self._load(self.site, mixed, connections=16, times=2))
        many.add(*self._load(self.site, mixed, connections=256, times=2))

    @property
    def lines(self) -> list[Line]:
        """All lines of the table in their order."""
        return [one for name, lines in self.groups.items() for one in (self.yardsticks[name], *lines)] + self.writes
