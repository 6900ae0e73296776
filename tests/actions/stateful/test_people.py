"""Whatever is reported, held, decided and appealed against, in any order: decided once, by the right ones."""

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from forum.actions.appeals import appeal_decision, decide_appeal, pass_appeal_on, withdraw_appeal
from forum.actions.cases import escalate_case
from forum.actions.deciding import Terms, decide_thing
from forum.actions.holds import approve_post, refuse_post
from forum.actions.merging import merge_threads
from forum.actions.posts import add_reply
from forum.actions.reports import file_report, withdraw_report
from forum.actions.rules import change_rules
from forum.actions.sanctions import impose_sanction, lift_sanction
from forum.actions.splitting import split_thread
from forum.actions.threads import create_thread
from forum.models import Appeal, Case, Event, Hold, Report, Sanction
from forum.permissions.appeals import APPEALABLE
from forum.queries.appeals import decision_of, is_taken_back
from tests.actions.stateful.machine import NUMBER, CityMachine, run
from tests.actions.stateful.promises import numbers_given, picture, what_waits_is_decided_once
from tests.world import World

HELD = "ferryman"  # the word that holds a post
DECISIONS = ("dismiss", "uphold", "hide", "lock", "move", "warn", "mute", "ban")


class PeopleMachine(CityMachine):
    """Citizens who write, report and appeal, and officers who decide about it."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        city, post = world.stoneferry, self.post(0)
        change_rules(city, by=world.mei, held_words=HELD)
        add_reply(post.thread, by=world.coco, body=self.words(HELD))
        file_report(by=world.rita, reason="abuse", post=post)
        impose_sanction(city, by=world.ada, person=world.cai, kind="warning", reason="abuse")
        appeal_decision(Event.objects.get(kind="sanction.warned"), by=world.cai, words="It was not so.")
        self.known, self.picture = numbers_given(), picture()

    @rule(who=NUMBER, where=NUMBER, starts=st.booleans())
    def write_what_is_held(self, who: int, where: int, starts: bool) -> None:
        by, body = self.writer(who), self.words(HELD)
        if starts:
            self.act(create_thread, self.world.letters, by=by, title="Who rows?", body=body)
        else:
            self.act(add_reply, self.thread(where), by=by, body=body)

    @rule(which=NUMBER, who=NUMBER, yes=st.booleans())
    def decide_hold(self, which: int, who: int, yes: bool) -> None:
        if holds := list(Hold.objects.order_by("-pk")[:5]):
            do = approve_post if yes else refuse_post
            self.act(do, holds[which % len(holds)], by=self.officer(who), answer="Read.")

    @rule(whom=NUMBER, who=NUMBER, kind=st.sampled_from(["warning", "mute", "ban"]), which=NUMBER)
    def sanction(self, whom: int, who: int, kind: str, which: int) -> None:
        post = self.post(which) if which % 2 else None
        person = post.author if post else self.writer(whom)
        terms = {"person": person, "kind": kind, "reason": "abuse", "words": f"No. {which}", "post": post}
        self.act(impose_sanction, self.world.stoneferry, by=self.officer(who), **terms)

    @rule(which=NUMBER, who=NUMBER)
    def lift(self, which: int, who: int) -> None:
        if sanctions := list(Sanction.objects.order_by("-pk")[:5]):
            self.act(lift_sanction, sanctions[which % len(sanctions)], by=self.officer(who), reason="Enough")

    @rule(which=NUMBER, who=NUMBER, about=st.sampled_from(["post", "thread", "person"]))
    def report(self, which: int, who: int, about: str) -> None:
        things = {
            "post": {"post": self.post(which)},
            "thread": {"thread": self.thread(which)},
            "person": {"person": self.writer(which), "city": self.world.stoneferry},
        }
        by = (*self.writers, self.world.rita)[who % 5]
        # Nothing but a suspension keeps anybody from asking for help.
        self.freely(file_report, by=by, reason="abuse", words="Rude.", **things[about])

    @rule(which=NUMBER)
    def take_report_back(self, which: int) -> None:
        if reports := list(Report.objects.select_related("reporter").order_by("-pk")[:5]):
            report = reports[which % len(reports)]
            self.freely(withdraw_report, report, by=report.reporter)

    @rule(which=NUMBER, who=NUMBER, decision=st.sampled_from(DECISIONS), where=NUMBER)
    def decide_case(self, which: int, who: int, decision: str, where: int) -> None:
        if cases := list(Case.objects.order_by("-pk")[:4]):
            board = (self.world.general, self.world.letters)[where % 2]
            terms = Terms(reason="Because", ground="abuse", words="Rude.", answer="Done.", board=board)
            case = cases[which % len(cases)]
            self.act(decide_thing, case, by=self.officer(who), decision=decision, terms=terms)

    @rule(which=NUMBER, who=NUMBER)
    def escalate(self, which: int, who: int) -> None:
        if cases := list(Case.objects.order_by("-pk")[:4]):
            self.act(escalate_case, cases[which % len(cases)], by=self.officer(who), words="Too hard.")

    @rule(which=NUMBER, stranger=st.booleans())
    def appeal(self, which: int, stranger: bool) -> None:
        decisions = list(Event.objects.filter(kind__in=APPEALABLE).select_related("person").order_by("-pk")[:4])
        if decisions:
            decision = decisions[which % len(decisions)]
            by = self.world.rita if stranger or decision.person is None else decision.person
            done = self.freely(appeal_decision, decision, by=by, words="It was not so.")
            assert not done or by == decision.person

    @rule(which=NUMBER, who=NUMBER, what=st.sampled_from(["grant", "refuse", "pass on", "withdraw"]))
    def hear(self, which: int, who: int, what: str) -> None:
        appeals = list(Appeal.objects.select_related("person", "decision").order_by("-pk")[:4])
        if not appeals:
            return
        appeal, by = appeals[which % len(appeals)], self.officer(who)
        if what == "withdraw":
            self.freely(withdraw_appeal, appeal, by=appeal.person)
        elif what == "pass on":
            self.act(pass_appeal_on, appeal, by=by, reason="Too hard.")
        else:
            done = self.act(decide_appeal, appeal, by=by, granted=what == "grant", answer="Heard.")
            if done and what == "grant":
                assert is_taken_back(decision_of(appeal.decision))

    @rule(which=NUMBER, into=NUMBER)
    def merge(self, which: int, into: int) -> None:
        self.act(merge_threads, self.thread(which), by=self.world.ada, into=self.thread(into))

    @rule(which=NUMBER, numbers=st.sets(st.integers(2, 6), min_size=1))
    def split(self, which: int, numbers: set[int]) -> None:
        terms = {"numbers": numbers, "board": self.world.letters, "title": "Apart"}
        self.act(split_thread, self.thread(which), by=self.world.ada, **terms)

    @invariant()
    def everything_is_decided_once(self) -> None:
        what_waits_is_decided_once()


def test_whatever_is_decided_about_people(world: World) -> None:
    run(PeopleMachine, world)
