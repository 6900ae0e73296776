"""The world of the table: every kind of thing stands in it once, and can be brought into any state."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from accounts.models import User
from forum.actions.applications import apply_to_city
from forum.actions.cities import set_crest
from forum.actions.city_life import write_in_guestbook
from forum.actions.digests import add_chapter, annotate_entry, keep_in_new_digest
from forum.actions.drafts import save_draft
from forum.actions.moderation import feature_thread, hide_post, hide_thread, lock_thread
from forum.actions.notices import post_notice
from forum.actions.posts import add_reply
from forum.actions.profiles import set_picture
from forum.actions.reports import file_report
from forum.actions.rules import change_rules
from forum.actions.searches import save_search
from forum.actions.threads import create_thread
from forum.mailing.families import CHOSEN
from forum.mailing.marks import stop_token
from forum.models import (
    Application,
    Archive,
    Board,
    Category,
    City,
    Digest,
    DigestChapter,
    DigestEntry,
    Event,
    Hold,
    Notification,
    Post,
    Thread,
)
from forum.notifying import deliver
from tests.permissions.decided import SANCTIONED, Decided
from tests.permissions.entrances import Entrances
from tests.permissions.pictured import Pictured
from tests.permissions.private import Private
from tests.permissions.site_wide import SiteWide
from tests.permissions.voting import Voting
from tests.world import PASSWORD, World, make_person

NEW = "a bridge of three planks"
PNG = b"\x89PNG a crest: the files are served as they were stored"


class Places:
    """The world, an applicant, a notice; a digest and a notification of Cai's. Rows speak of `post`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.post: Post = world.opener
        City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.APPLICATION)
        applicant = make_person("abe")
        city = City.objects.get(pk=world.stoneferry.pk)
        self.application: Application = apply_to_city(city, by=applicant, statement="I like bridges.")
        City.objects.filter(pk=world.stoneferry.pk).update(joining=City.Joining.OPEN)
        self.decided = Decided(world, applicant)
        self.notice = post_notice(world.stoneferry, by=world.mei, title="The ferry rests")
        self.entry: DigestEntry = keep_in_new_digest(world.reply, by=world.cai, title="Bridges", is_public=True)
        self.chapter: DigestChapter = add_chapter(self.entry.digest, by=world.cai, title="Planks")
        annotate_entry(self.entry, by=world.cai, note="Short and good.")
        deliver(Event.objects.filter(kind="post.created", post=world.reply))
        self.notification = Notification.objects.get(user=world.cai)
        self.draft = save_draft(world.thread, by=world.cai, body="Not sent yet.")
        self.line = write_in_guestbook(world.stoneferry, by=world.coco, body="Passed by.")
        self.crest = set_crest(world.stoneferry, by=world.mei, picture=PNG).crest.name
        self.picture = set_picture(world.cai, by=world.cai, picture=PNG).avatar
        self.search = save_search("bridge", by=world.cai)
        self.hold = self._held()
        self.other = create_thread(world.general, by=world.coco, title="The ferry", body="It rests on Mondays.")
        feature_thread(self.other, by=world.mei)
        self.event = Event.objects.get(kind="thread.featured")
        self.report = file_report(by=world.cai, reason="abuse", words="Rude.", post=world.reply)
        self.voting = Voting(world)
        self.pictured = Pictured(world)
        self.site_wide = SiteWide(world)
        self.private = Private(world)
        self.entrances = Entrances(world)
        archive = Archive.objects.create(city=world.stoneferry, software="discourse")
        Thread.objects.filter(pk=world.thread.pk).update(archive=archive, source_id=77, source_slug="the-bridge")

    def _held(self) -> Hold:
        """Return the hold of a reply by Coco, who was new when she wrote it."""
        rules = change_rules(self.world.stoneferry, by=self.world.mei, probation_posts=9)
        hold = add_reply(self.world.thread, by=self.world.coco, body="Is it safe at night?").hold
        rules.delete()
        return hold

    def arguments(self, address: str = "") -> dict[str, Any]:
        """Return what the addresses are made of, by the names the URL patterns use."""
        if address == "thread_merge":  # the thread of the world has a poll and stays
            return self.arguments() | {"thread": self.other.pk}
        return {
            "city": "stoneferry",
            "board": "general",
            "thread": self.world.thread.pk,
            "post": self.post.pk,
            "event": self.event.pk,
            "application": self.application.pk,
            "hold": self.hold.pk,
            **self.decided.arguments(),
            **self.site_wide.arguments(address),
            **self.private.arguments(),
            "report": self.report.pk,
            "kind": "report",
            "format": "epub",
            "item": self.report.case_id,
            "notice": self.notice.pk,
            "notification": self.notification.pk,
            "name": "cai",
            "digest": self.entry.digest.slug,
            "entry": self.entry.pk,
            "chapter": self.chapter.pk,
            "draft": self.draft.pk if self.draft else 0,
            **self.voting.arguments(),
            **self.pictured.arguments(address),
            "search": self.search.pk,
            "section": "threads",
            "part": "0",
            "noun": "thread",
            "shared": self.world.thread.pk,
            "version": "0" * 12,
            "slug": "the-bridge",
            "source": "77",
            "uidb36": "1",
            "key": "nonsense",
            "pk": 0,
            "number": 1,
            "line": self.line.pk,
            "link": stop_token(self.world.cai.pk, "replies"),
            "avatar": self.picture,
            "crest": self.crest.removeprefix("crests/").removesuffix(".png"),
            **self.entrances.arguments(address),
        }

    def sent(self, address: str) -> dict[str, Any]:
        """Return a rightly filled-in form for an address; empty when it asks for nothing."""
        category = Category.objects.filter(parent__isnull=False).first()
        assert category
        city = {"name": "Newtown", "category": category.pk, "ink": "pine", "joining": "open"}
        city |= {"posting": "citizens", "visibility": "public"}
        words = {"title": "On planks", "body": "Three of them. 三塊。"}
        reason = {"reason": "So that people find it."}
        told = {"reason": "spam", "words": "It sells planks."}
        forms: dict[str, dict[str, Any]] = {
            **self.decided.sent(),
            **self.voting.sent(),
            **self.pictured.sent(),
            **self.site_wide.sent(),
            **self.private.sent(),
            **self.entrances.sent(),
            "cities": city,
            "city_apply": {"statement": "I like bridges."},
            "hall_settings": city,
            "hall_rules": {"join_days": "3"},
            "hall_held": {"decision": "approve"},
            "hall_item": {"decision": "dismiss"},
            "hall_bulk": {"item": f"report-{self.report.case_id}", "decision": "dismiss", "confirm": "1"},
            "report_post": told,
            "report_thread": told,
            "report_person": told,
            "report_city": told,
            "hall_boards": {"name": "Ferries"},
            "hall_boards_order": {"board": self.world.letters.pk, "step": "up"},
            "hall_board": {"name": "General", "min_length": 0, "max_length": 1000, "posting": ""},
            "hall_application": {"decision": "accept", f"a{self.application.pk}-answer": "Welcome."},
            "hall_deputies": {"person": "coco", **reason},
            "hall_deputy_dismiss": {"person": "dan", **reason},
            "guestbook": {"body": "Passed by again.", "submission": uuid4()},
            "hall_crest": {"remove": "1"},
            "hall_notices": words,
            "hall_notice": words,
            "thread_create": {**words, "submission": uuid4()},
            "reply": {"body": "Four, I think.", "submission": uuid4()},
            "thread_pin": {"lasting": "month", **reason},
            "thread_merge": {"into": self.world.thread.pk, **reason},
            "thread_split": {"post": [2], "title": "Crossing", "board": self.world.letters.pk, **reason},
            "thread_move": {"board": self.world.letters.pk, **reason},
            "post_edit": {**words, "base": 1},
            "thread_book": {"format": "epub", "direction": "horizontal"},
            "digest_book": {"format": "epub", "direction": "horizontal"},
            "post_digest": {"digest": "new", "title": "Kept"},
            "thread_watch": {"level": "muted"},
            "board_watch": {"level": "threads"},
            "person_watch": {"level": "all"},
            "me_watches": {"watches_replies": "on"},
            "city_watch": {"level": "all"},
            "me_mail": dict.fromkeys((family.name for family in CHOSEN), "none"),
            "me_settings": {
                "text_size": "large",
                "theme": "dark",
                "writing": "vertical",
                "calendar": "roc",
                "language": "en",
                "time_zone": "UTC",
            },
            "me_profile": {
                "display_name": "",
                **dict.fromkeys(("cities_shown_to", "posts_shown_to"), "members"),
                **dict.fromkeys(("recommendations_shown_to", "digests_shown_to"), "myself"),
            },
            "me_picture": {"remove": "1"},
            "me_close": {"farewell": "former"},
            "me_searches": {"query": "planks", "scope": "", "name": "Planks"},
            "me_blocks": {"words": "planks"},
            "me_digests": {"title": "Planks"},
            "digest_edit": {"title": "Bridges and planks"},
            "digest_entry": {"note": "Shorter."},
            "digest_foreword": {"body": "Why I keep planks."},
            "digest_chapter_new": {"title": "Planks"},
            "digest_chapter": {"title": "Three planks"},
            "digest_chapter_move": {"to": "up"},
            "digest_order": {"order": "e1"},
            "digest_entry_move": {"direction": "up", "to": "up"},
            "preferences": {"size": "large"},
            "account_login": {"login": "rita", "password": PASSWORD},
            "account_signup": {"username": "newcomer", "email": "n@example.org", "password1": NEW, "password2": NEW},
            "account_change_password": {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
            "account_reset_password": {"email": "rita@example.org"},
            "account_reauthenticate": {"password": PASSWORD},
        }
        return forms.get(address, reason)


def _city(**fields: object) -> Callable[[Places], object]:
    return lambda places: City.objects.filter(pk=places.world.stoneferry.pk).update(**fields)


def _hidden_post(places: Places) -> None:
    hide_post(places.world.reply, by=places.world.mei, reason="Rude")
    places.post = places.world.reply


def _officers_board(places: Places) -> None:
    Board.objects.filter(pk=places.world.general.pk).update(posting=Board.Posting.OFFICERS)


# What is otherwise than at first, by the name of the state in the table.
STATES: dict[str, Callable[[Places], object]] = {
    **SANCTIONED,
    "as it is at first": lambda places: None,
    "the thread is locked": lambda places: lock_thread(places.world.thread, by=places.world.mei),
    "the thread is hidden": lambda places: hide_thread(places.world.thread, by=places.world.mei, reason="Spam"),
    "the post, a citizen's reply, is hidden": _hidden_post,
    "the city is archived": _city(state=City.State.ARCHIVED),
    "the city is for its citizens": _city(visibility=City.Visibility.CITIZENS),
    "one joins by application": _city(joining=City.Joining.APPLICATION),
    "every member may write": _city(posting=City.Posting.MEMBERS),
    "the board is for officers": _officers_board,
    "the digest is private": lambda places: Digest.objects.update(is_public=False),
    "nobody is signed in any more": lambda places: User.objects.update(is_active=False),
}
