"""What decides how each part of a thread's page looks: the keys under which the parts are kept."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from forum.queries.drafts import offer_in
from forum.queries.own import NO_MARKS
from forum.queries.post_rights import rights_to
from forum.queries.posts import ShownPost

if TYPE_CHECKING:
    from forum.queries.thread_pages import ThreadPage


@dataclass
class PageKeys:
    """The keys of the parts of one page, as its viewer sees them; None for a part that is not to be kept.

    Thread, city, posts and people come with the prints of the face; words and dates with language, time zone and
    calendar, which are part of every key, as is the look of the site where it shows (templatetags/kept.py).
    """

    page: "ThreadPage"

    @cached_property
    def _each(self) -> Hashable:
        """What of the thread, and of the viewer, decides how each post looks."""
        page, city, user = self.page, self.page.thread.city, self.page.viewer.user
        state = (page.thread.pk, page.thread.is_locked, page.thread.is_hidden, city.pk, city.slug, city.is_archived)
        rights = (bool(page.may_reply), bool(page.may["move"]))
        return (*state, *rights, page.numbers.number, user is not None, user is None or user.shows_signatures)

    def of_post(self, shown: ShownPost) -> Hashable:
        """Return all that decides how a post looks; None for one that waits, or waited for its approval in vain."""
        post, user = shown.post, self.page.viewer.user
        if post.is_held or (kept := self.page.face.prints.get(post.pk)) is None:
            return None
        is_there = user is not None and user.pk in self.page.face.people
        named = user.pk if user and is_there and (user.pk == post.author_id or user in shown.recommenders) else 0
        rights = (bool(shown.may_edit), bool(shown.may_recommend), bool(shown.may_moderate), shown.may_sanction)
        marks = (shown.is_readable, shown.is_recommended, shown.is_kept, shown.is_first_unread, shown.fold, shown.role)
        return (kept, named, rights, marks, self._each)

    @property
    def posts(self) -> Hashable:
        """What decides how the posts look together, with the acts among them.

        None where something on the page is the viewer's own, or waits: then each post has a key of its own.
        """
        page, face, viewer = self.page, self.page.face, self.page.viewer
        if page.is_shared or page.posts is not face.posts or page.poll or face.former or page.first_new:
            return None
        if user := viewer.user:
            is_marked = page.marks != NO_MARKS or {user.pk, *viewer.standing.blocks} & face.people
            if is_marked or user.folded_words:
                return None
        return self._together

    @property
    def _together(self) -> Hashable:
        page, face, viewer = self.page, self.page.face, self.page.viewer
        rights = tuple(rights_to(viewer, post, role).key for post, role in face.kinds)
        return (face.print_of_posts, self._each, rights, tuple(act.is_told for act in page.acts))

    @property
    def whole(self) -> Hashable:
        """What decides how a whole page looks that many share (queries/thread_wholes.py)."""
        user = self.page.viewer.user
        shown = self.page.steps if user and user.pk else ()  # in their own thread, where some posts are theirs
        return (self.machines, self.head, self.around, self._together, self.reply, tuple(step.key for step in shown))

    @property
    def frame(self) -> Hashable:
        """What decides how all looks that stays for a visitor while others write (views/thread_frames.py)."""
        page, refusal = self.page, self.page.may_reply
        reply = (str(refusal.reason), refusal.is_sanction, refusal.way)
        return (page.face.print, page.numbers.has_next(), page.thread.is_on_top, self._each, reply)

    @property
    def around(self) -> Hashable:
        """What decides how all looks that stands around the posts, counters aside."""
        page, thread, user = self.page, self.page.thread, self.page.viewer.user
        own = (user is not None, user is not None and user.pk == thread.author_id, getattr(thread, "watch_level", None))
        rights = (bool(page.may_reply), bool(page.may_add_poll))
        return (page.face.print, page.neighbours, str(page.place), page.numbers.number, own, rights)

    @property
    def head(self) -> Hashable:
        """What decides how title, facts and the menu of officers look."""
        page, thread = self.page, self.page.thread
        counts = (thread.views_count, thread.replies_count, thread.recommendations_count)
        news = (getattr(thread, "unread", 0), getattr(thread, "is_unopened", False))
        state = (thread.is_on_top, page.numbers.number == 1, *map(bool, page.may.values()))
        return (page.face.print, counts, news, state)

    @property
    def machines(self) -> Hashable:
        """What decides what the page says of itself in its head."""
        page = self.page
        thread, is_last = page.thread, not page.numbers.has_next()
        place = (page.numbers.number, is_last, page.viewer.is_signed_in)
        return (page.face.print, place, thread.last_post_at, thread.excerpt)

    @property
    def data(self) -> Hashable:
        """What decides how the page looks as data, for visitors."""
        page, thread = self.page, self.page.thread
        counts = (thread.replies_count, thread.recommendations_count)
        number = page.numbers.number
        said = thread.excerpt if number > 1 else ""  # the first page has the opening post itself
        return (page.face.print, page.face.print_of_posts, number, counts, said)

    @property
    def reply(self) -> Hashable:
        """What decides how the form of a reply looks, or the reason why there is none; None for a visitor."""
        page, verdict = self.page, self.page.may_reply
        if page.viewer.user is None:
            return None
        refusal = None if verdict else (str(verdict.reason), verdict.is_sanction, verdict.way)
        desk = (*page.desk.notes, *(name for name, _label in page.desk.offices))
        return (page.face.print, page.numbers.number, offer_in(page.thread), refusal, desk)

    @property
    def opener(self) -> Hashable:
        """What decides what can be done with the opening post at the thumb."""
        one = self.page.opener
        return one and (one.post.pk, bool(one.may_recommend), one.is_recommended, one.is_kept)
