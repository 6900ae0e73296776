"""THE table of what comes by mail: families of news, and the rhythm of each that holds until somebody chooses."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Rhythm
from forum.notifying.kinds import NEWS

ONCE, DAILY, WEEKLY, NONE = Rhythm.ONCE, Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.NONE


@dataclass(frozen=True, slots=True)
class Family:
    """Kinds of news that are wanted in the same rhythm; `usual` is the rhythm of who has not chosen.

    What `is_always` comes at once to everybody: one must know it to answer in time.
    """

    name: str
    label: Promise | str
    kinds: frozenset[str]
    usual: Rhythm
    hint: Promise | str = ""
    rhythms: tuple[Rhythm, ...] = (ONCE, DAILY, WEEKLY, NONE)
    is_always: bool = False


def _family(name: str, label: Promise | str, usual: Rhythm, kinds: str = "", hint: Promise | str = "") -> Family:
    return Family(name, label, frozenset(kinds.split()), usual, hint)


TABLE: tuple[Family, ...] = (
    _family("replies", _("Replies to me"), ONCE, "addressed reply"),
    _family("mentions", _("Mentions of me"), ONCE, "mention"),
    _family("messages", _("Private messages"), ONCE, "message added", _("The mail says who wrote, not what.")),
    _family("watched", _("New posts and threads where I watch"), NONE, "watched thread person_wrote person_started"),
    _family("recommendations", _("Recommendations of my posts"), NONE, "recommended"),
    _family(
        "own",
        _("What becomes of my threads, polls and reports"),
        DAILY,
        "thread_locked thread_unlocked thread_featured thread_pinned thread_merged thread_unmerged posts_split "
        "thread_moved report_upheld report_dismissed message_upheld message_dismissed poll_closed returned",
    ),
    _family("votes", _("Votes and elections in my cities"), DAILY, "vote_called voting vote_decided vote_cancelled"),
    _family(
        "offices",
        _("Offices that I am offered, take or lose"),
        ONCE,
        "proposed office_offered office_accepted office_declined office_withdrawn became_mayor waited_for recalled "
        "elected_deputy term_ended named dismissed entrusted",
    ),
    _family(
        "desk",
        _("What waits for me as an officer"),
        DAILY,
        "applied held reported passed_on appealed appealed_to_site message_reported mayor_missing",
    ),
    Family(
        "bulletin",
        _("Bulletin: the best of my cities"),
        frozenset(),
        NONE,
        _("The most recommended threads, notices and votes of the day or the week."),
        rhythms=(DAILY, WEEKLY, NONE),
    ),
    Family(
        "decisions",
        _("Decisions about me and my posts"),
        frozenset(
            "accepted refused warned muted banned suspended lifted unsuspended appeal_granted appeal_refused "
            "suspension_ended suspension_upheld post_hidden post_restored thread_hidden thread_restored approved "
            "post_refused".split()
        ),
        ONCE,
        is_always=True,
    ),
)

FAMILIES: dict[str, Family] = {family.name: family for family in TABLE}
CHOSEN: tuple[Family, ...] = tuple(family for family in TABLE if not family.is_always)
_OF_KIND: dict[str, Family] = {kind: family for family in TABLE for kind in family.kinds}


def family_of(kind: str) -> Family:
    """Return the family of a kind of news; a decision that nobody has sorted is a decision all the same."""
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    news = NEWS.get(kind)
    return FAMILIES["decisions" if news and news.is_decision else "own"]
