"""Threads and posts: what is written and what officers do to it."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import Kind, acted, logged, private

KINDS = {
    "thread.created": private(_("%(actor)s started %(thread)s.")),
    "thread.pinned": acted(_("%(actor)s pinned %(thread)s."), _("%(actor)s pinned this thread.")),
    "thread.pinned_until": acted(
        _("%(actor)s pinned %(thread)s until %(until)s."), _("%(actor)s pinned this thread until %(until)s.")
    ),
    "thread.unpinned": acted(_("%(actor)s unpinned %(thread)s."), _("%(actor)s unpinned this thread.")),
    "thread.locked": acted(_("%(actor)s locked %(thread)s."), _("%(actor)s locked this thread.")),
    "thread.unlocked": acted(_("%(actor)s unlocked %(thread)s."), _("%(actor)s unlocked this thread.")),
    "thread.featured": acted(_("%(actor)s featured %(thread)s."), _("%(actor)s featured this thread.")),
    "thread.unfeatured": acted(
        _("%(actor)s took the featured mark from %(thread)s."),
        _("%(actor)s took the featured mark from this thread."),
    ),
    "thread.hidden": acted(_("%(actor)s hid %(thread)s."), _("%(actor)s hid this thread.")),
    "thread.restored": acted(_("%(actor)s restored %(thread)s."), _("%(actor)s restored this thread.")),
    "thread.moved": acted(
        _("%(actor)s moved %(thread)s from %(old)s to %(new)s."),
        _("%(actor)s moved this thread from %(old)s to %(new)s."),
    ),
    "thread.merged": acted(
        _("%(actor)s merged another thread into %(thread)s; it begins at %(number)s."),
        _("%(actor)s merged another thread into this one; it begins at %(number)s."),
    ),
    "thread.unmerged": acted(
        _("%(actor)s took %(thread)s out of another thread again."),
        _("%(actor)s took this thread out of another thread again."),
    ),
    # An archive does not say which posts went where.
    "thread.split": acted(
        _("%(actor)s split %(posts)s off %(thread)s into %(other)s."),
        _("%(actor)s split %(posts)s off into %(other)s."),
    ),
    "thread.came_by_split": Kind(
        _("%(actor)s split %(thread)s off %(other)s."), _("%(actor)s split this thread off %(other)s."), in_thread=True
    ),
    "thread.unsplit": acted(
        _("%(actor)s brought posts that were split off back into %(thread)s."),
        _("%(actor)s brought posts that were split off back into this thread."),
    ),
    "thread.archived": acted(_("%(actor)s archived %(thread)s."), _("%(actor)s archived this thread.")),
    "thread.listed": acted(_("%(actor)s listed %(thread)s again."), _("%(actor)s listed this thread again.")),
    "thread.unlisted": acted(
        _("%(actor)s took %(thread)s off the lists."), _("%(actor)s took this thread off the lists.")
    ),
    "thread.acted": acted(
        _("%(actor)s did something to %(thread)s: %(code)s."), _("%(actor)s did something to this thread: %(code)s.")
    ),
    # Nobody here hid these: they were hidden already in the archive they came from.
    "thread.came_hidden": logged(_("%(thread)s came hidden from the archive.")),
    "post.held": private(_("%(actor)s wrote %(number)s in %(thread)s; it waits for approval.")),
    "post.approved": logged(_("%(actor)s approved %(number)s in %(thread)s.")),
    # Neither the author nor the thread is named in public; the author reads the answer.
    "post.refused": logged(_("%(actor)s refused a post that waited for approval.")),
    "post.created": private(_("%(actor)s wrote %(number)s in %(thread)s.")),
    "post.edited": private(_("%(actor)s edited %(number)s in %(thread)s.")),
    "post.came_hidden": logged(_("%(number)s in %(thread)s came hidden from the archive.")),
    "post.hidden": logged(_("%(actor)s hid %(number)s in %(thread)s.")),
    "post.restored": logged(_("%(actor)s restored %(number)s in %(thread)s.")),
    "post.recommended": private(_("%(actor)s recommended %(number)s in %(thread)s.")),
    "post.unrecommended": private(_("%(actor)s withdrew a recommendation of %(number)s in %(thread)s.")),
}
