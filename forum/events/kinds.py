"""THE table of events: what each kind means in words, and where it shows."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `words` may use the keys of the event's data, and %(person)s, %(number)s, %(title)s."""

    words: Promise | str
    in_log: bool = False
    in_thread: bool = False


KINDS: dict[str, Kind] = {
    "city.founded": Kind(_("founded the city"), in_log=True),
    "city.changed": Kind(_("changed the city's settings: %(fields)s"), in_log=True),
    "city.imported": Kind(_("brought in an archive: %(threads)s threads, %(posts)s posts"), in_log=True),
    "board.created": Kind(_("created the board %(board_name)s"), in_log=True),
    "board.changed": Kind(_("changed the board %(board_name)s"), in_log=True),
    "board.ordered": Kind(_("put the boards in a new order"), in_log=True),
    "membership.joined": Kind(_("joined the city")),
    "membership.left": Kind(_("left the city")),
    "deputy.named": Kind(_("named %(person)s deputy mayor"), in_log=True),
    "deputy.dismissed": Kind(_("dismissed %(person)s as deputy mayor"), in_log=True),
    "application.sent": Kind(_("applied to join")),
    "application.withdrawn": Kind(_("withdrew an application")),
    "application.accepted": Kind(_("admitted %(person)s as a citizen"), in_log=True),
    # A refused person is not named in public; they read the answer themselves.
    "application.refused": Kind(_("refused an application"), in_log=True),
    "thread.created": Kind(_("started the thread %(title)s")),
    "thread.pinned": Kind(_("pinned this thread"), in_log=True, in_thread=True),
    "thread.unpinned": Kind(_("unpinned this thread"), in_log=True, in_thread=True),
    "thread.locked": Kind(_("locked this thread"), in_log=True, in_thread=True),
    "thread.unlocked": Kind(_("unlocked this thread"), in_log=True, in_thread=True),
    "thread.featured": Kind(_("marked this thread as featured"), in_log=True, in_thread=True),
    "thread.unfeatured": Kind(_("took the featured mark from this thread"), in_log=True, in_thread=True),
    "thread.hidden": Kind(_("hid this thread"), in_log=True, in_thread=True),
    "thread.restored": Kind(_("restored this thread"), in_log=True, in_thread=True),
    "thread.moved": Kind(_("moved this thread from %(old)s to %(new)s"), in_log=True, in_thread=True),
    "thread.split": Kind(_("split posts off into another thread"), in_log=True, in_thread=True),
    "thread.archived": Kind(_("archived this thread"), in_log=True, in_thread=True),
    "thread.listed": Kind(_("listed this thread again"), in_log=True, in_thread=True),
    "thread.unlisted": Kind(_("took this thread off the lists"), in_log=True, in_thread=True),
    "thread.acted": Kind(_("did something to this thread: %(code)s"), in_log=True, in_thread=True),
    "post.created": Kind(_("wrote post %(number)s")),
    "post.edited": Kind(_("edited post %(number)s")),
    "post.hidden": Kind(_("hid post %(number)s"), in_log=True),
    "post.restored": Kind(_("restored post %(number)s"), in_log=True),
    "post.recommended": Kind(_("recommended post %(number)s")),
    "post.unrecommended": Kind(_("withdrew a recommendation of post %(number)s")),
    "digest.created": Kind(_("made a digest")),
    "digest.changed": Kind(_("changed a digest")),
    "digest.deleted": Kind(_("deleted a digest")),
    "digest.added": Kind(_("kept post %(number)s")),
    "digest.removed": Kind(_("took out post %(number)s")),
    "notice.posted": Kind(_("posted the notice %(title)s"), in_log=True),
    "notice.changed": Kind(_("changed the notice %(title)s"), in_log=True),
    "notice.ended": Kind(_("ended the notice %(title)s"), in_log=True),
}
