"""THE table of what pages show: which changes of which rows make the generations of which scopes grow.

A new model takes its place here, or among those that no visitor ever sees; a test says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from forum.caching.scopes import POSTS, STRETCHES, Kind

ROW = "{row}"  # stands for OLD and NEW in what follows


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of a model that pages show: `scopes` says where (kind → SQL of its key), `when` which rows (SQL).
    `each` names places of which there may be many: kind → a query of their keys, as `key`.

    A row that comes or goes counts unless `on` leaves that out, a row that changes when one of its columns does that
    are not `unshown`, or that are `only` these.
    """

    model: str
    scopes: Mapping[Kind, str]
    unshown: str = ""
    only: str = ""
    when: str = ""
    each: Mapping[Kind, str] = field(default_factory=dict)
    on: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")

    @property
    def reads(self) -> set[str]:
        """The columns that say where a row shows, besides its id, which never changes."""
        asked = " ".join([*self.scopes.values(), *self.each.values()])
        return set(re.findall(r"{row}\.(\w+)", asked)) - {"id"}


def _everywhere(scopes: Mapping[Kind, str] | None = None) -> dict[Kind, str]:
    return {**(scopes or {}), Kind.EVERYWHERE: "0"}


def _site() -> dict[Kind, str]:
    return _everywhere({Kind.SITE: "0"})


def _news(city: str) -> dict[Kind, str]:
    return _everywhere({Kind.NEWS: city})


def _face(city: str) -> dict[Kind, str]:
    return _news(city) | {Kind.CITY: city}


def _thread(thread: str) -> dict[Kind, str]:
    """Return the scopes of what a thread shows; its board shows it only as far as the row of the thread tells."""
    return _news(f"(SELECT city_id FROM forum_thread WHERE id = {thread})") | {Kind.THREAD: thread}


def _post(post: str) -> dict[Kind, str]:
    return _thread(f"(SELECT thread_id FROM forum_post WHERE id = {post})")


def _poll(poll: str) -> dict[Kind, str]:
    city, thread = (f"(SELECT {column} FROM forum_poll WHERE id = {poll})" for column in ("city_id", "thread_id"))
    return _news(city) | {Kind.THREAD: thread}


_STRETCH = f"%s.thread_id * {STRETCHES} + (%s.number - 1) / {POSTS}"
_WRITTEN = {Kind.STRETCH: _STRETCH % (ROW, ROW)}
_ITS_STRETCH = f"(SELECT {_STRETCH % ('post', 'post')} FROM forum_post post WHERE post.id = {ROW}.post_id)"
_LEFT = "SELECT DISTINCT former.thread_id AS key FROM forum_formernumber former"
_ANSWER = f"FROM forum_post answer WHERE answer.addressed_id = {ROW}.id"
_ANSWERED = f"SELECT DISTINCT {_STRETCH % ('answer', 'answer')} AS key {_ANSWER}"
_LEFT_OR_ANSWERED = f"{_LEFT} WHERE former.post_id = {ROW}.id UNION SELECT answer.thread_id {_ANSWER}"
_LEFT_FOR = f"{_LEFT} JOIN forum_post post ON post.id = former.post_id WHERE post.thread_id = {ROW}.id"
COUNTERS = "threads_count posts_count last_activity_at"
CITY_COUNTERS = f"{COUNTERS} recommendations_count writers_count"

SHOWN: tuple[Shown, ...] = (
    # People: what they see only themselves, how they sign in, and when they were here, is shown nowhere.
    Shown(
        "accounts.User",
        _site(),
        unshown="password last_login is_superuser email shows_signatures watches_replies folded_words messages_from"
        " language text_size theme writing calendar time_zone must_confirm last_seen_on closes_at",
        on=("UPDATE", "DELETE"),
    ),
    Shown("accounts.User", _everywhere(), on=("INSERT",)),  # nothing shows yet who has just come
    # Cities
    Shown("forum.Category", _site()),
    Shown("forum.City", _face("{row}.id"), unshown=CITY_COUNTERS),  # the citizens stand beside every thread
    Shown("forum.City", _news("{row}.id"), only=CITY_COUNTERS, on=("UPDATE",)),
    Shown("forum.Rules", _face("{row}.city_id")),
    Shown("forum.Archive", _face("{row}.city_id")),
    Shown("forum.ArchivedAuthor", _everywhere()),
    Shown("forum.Claim", _everywhere()),
    Shown("forum.Membership", _face("{row}.city_id"), when="{row}.role <> 'citizen'"),
    Shown("forum.Membership", _news("{row}.city_id"), when="{row}.role = 'citizen'"),
    Shown("forum.Grant", _face("(SELECT city_id FROM forum_membership WHERE id = {row}.membership_id)")),
    # A ban takes an officer off the page; what holds on the whole site has no city.
    Shown("forum.Sanction", _face("{row}.city_id"), when="{row}.city_id IS NOT NULL"),
    Shown("forum.Sanction", _site(), when="{row}.city_id IS NULL"),
    Shown("forum.Notice", _face("{row}.city_id"), when="{row}.city_id IS NOT NULL"),
    Shown("forum.Notice", _site(), when="{row}.city_id IS NULL"),
    Shown("forum.RollCall", _news("{row}.city_id")),
    Shown("forum.GuestbookEntry", _news("{row}.city_id"), unshown="submission"),
    Shown("forum.CityRecommendation", _news("{row}.city_id")),
    # Boards, threads, posts
    Shown("forum.Board", _face("{row}.city_id") | {Kind.BOARD: "{row}.id"}, unshown=COUNTERS),
    Shown("forum.Board", _news("{row}.city_id") | {Kind.BOARD: "{row}.id"}, only=COUNTERS, on=("UPDATE",)),
    Shown(
        "forum.Thread",
        _news("{row}.city_id") | {Kind.BOARD: "{row}.board_id", Kind.THREAD: "{row}.id"},
        unshown="views_count",
    ),
    Shown("forum.Post", _thread("{row}.thread_id") | _WRITTEN, unshown="submission renderer_version"),
    # A thread that posts have left says where each of them stands now, and under which title; an answer, to whom.
    Shown(
        "forum.Thread",
        _everywhere(),
        only="title is_hidden is_held city_id author_id",
        each={Kind.THREAD: _LEFT_FOR},
        on=("UPDATE",),
    ),
    Shown(
        "forum.Post",
        _everywhere(),
        only="thread_id number author_id",
        each={Kind.THREAD: _LEFT_OR_ANSWERED, Kind.STRETCH: _ANSWERED},
        on=("UPDATE",),
    ),
    Shown("forum.Revision", _post("{row}.post_id")),
    Shown("forum.FormerNumber", _thread("{row}.thread_id")),
    Shown("forum.Recommendation", _post("{row}.post_id") | {Kind.STRETCH: _ITS_STRETCH}),
    # What happened: also what stands in no log moves the end of the chain, which the page of the log shows.
    Shown("forum.Event", _news("{row}.city_id"), when="NOT {row}.in_thread"),
    Shown("forum.Event", _news("{row}.city_id") | {Kind.THREAD: "{row}.thread_id"}, when="{row}.in_thread"),
    # Polls and offices
    Shown("forum.Poll", _news("{row}.city_id") | {Kind.THREAD: "{row}.thread_id"}),
    Shown("forum.Option", _poll("{row}.poll_id")),
    Shown("forum.Voter", _poll("{row}.poll_id")),
    Shown("forum.Ballot", _poll("{row}.poll_id")),
    Shown("forum.Election", _news("{row}.city_id")),
    Shown("forum.Candidacy", _news("(SELECT city_id FROM forum_election WHERE id = {row}.election_id)")),
    Shown("forum.Petition", _news("{row}.city_id")),
    Shown("forum.Signature", _news("(SELECT city_id FROM forum_petition WHERE id = {row}.petition_id)")),
    Shown("forum.Handover", _news("{row}.city_id")),
    # What waits and what was decided: the ledger counts them.
    Shown("forum.Hold", _news("{row}.city_id")),
    Shown("forum.Case", _news("{row}.city_id")),
    Shown("forum.Appeal", _news("{row}.city_id")),
    Shown("forum.Application", _news("{row}.city_id")),
    # Digests, and the books made of them and of threads
    Shown("forum.Digest", _everywhere()),
    Shown("forum.DigestChapter", _everywhere()),
    Shown("forum.DigestEntry", _everywhere()),
    Shown(
        "forum.Publication",
        _thread("{row}.thread_id"),
        unshown="is_vertical asked_by_id done total claim claimed_until attempts",
    ),
)

# Models that no page for visitors shows, and why not. A label of an application stands for all of its models.
UNSHOWN: dict[str, str] = {
    "accounts.Invitation": "only who invites sees them",
    "accounts.KnownBrowser": "only its owner sees it",
    "forum.Attachment": "pictures are files by themselves; a text holds the description in its HTML",
    "forum.Block": "only who blocks knows of it",
    "forum.BoardMark": "what somebody has read is theirs alone",
    "forum.Chain": "its end moves only with an event, which counts",
    "forum.Conversation": "private messages",
    "forum.Delivery": "how far the telling of an event has come",
    "forum.Draft": "only its author sees it",
    "forum.Letter": "mail to one person",
    "forum.MailSetting": "only its owner sees it",
    "forum.Mention": "the text of the post shows it",
    "forum.Message": "private messages",
    "forum.MessageReport": "only moderators see it",
    "forum.Notification": "only who is told sees it",
    "forum.Participant": "private messages",
    "forum.Placing": "follows the texts that show the picture",
    "forum.ReadMark": "what somebody has read is theirs alone",
    "forum.RecentSearch": "only who searched sees it",
    "forum.Report": "the case counts; who reported it is known to officers alone",
    "forum.SavedSearch": "only its owner sees it",
    "forum.Suppression": "addresses that mail does not reach",
    "forum.Watch": "nobody else knows of it",
    "account": "how people sign in",
    "accounts.User_groups": "what staff may do in the administration",
    "accounts.User_user_permissions": "what staff may do in the administration",
    "admin": "the administration",
    "auth": "what staff may do in the administration",
    "contenttypes": "names of tables",
    "mfa": "how people sign in",
    "sessions": "how people sign in",
    "socialaccount": "how people sign in",
    "usersessions": "how people sign in",
}
