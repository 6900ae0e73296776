"""Private messages: that something was written, never what, and what moderators decided about reported ones."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import logged, private

KINDS = {
    "message.sent": private(_("%(actor)s wrote a private message.")),
    "conversation.joined": private(_("%(actor)s added people to a conversation.")),
    "conversation.left": private(_("%(actor)s left a conversation.")),
    "message.reported": private(_("%(actor)s reported a private message.")),
    # Neither the message nor its people are named in public.
    "message_report.upheld": logged(_("%(actor)s upheld a report of a private message.")),
    "message_report.dismissed": logged(_("%(actor)s dismissed a report of a private message.")),
}
