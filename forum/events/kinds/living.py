"""What people do besides: digests, watches, the roll call, the guestbook."""

from django.utils.translation import gettext_lazy as _

from forum.events.kinds.kind import logged, private

KINDS = {
    # Their old name stands in the data of the event until they close their account.
    "profile.renamed": private(_("%(actor)s changed their name.")),
    "profile.changed": private(_("%(actor)s changed what others read of them.")),
    "account.closing": private(_("%(actor)s asked that their account be closed.")),
    "account.stayed": private(_("%(actor)s came back before the account was closed.")),
    "account.closed": private(_("%(actor)s closed their account.")),
    "digest.created": private(_("%(actor)s made a digest.")),
    "digest.changed": private(_("%(actor)s changed a digest.")),
    "digest.deleted": private(_("%(actor)s deleted a digest.")),
    "digest.added": private(_("%(actor)s kept %(number)s in a digest.")),
    "digest.removed": private(_("%(actor)s took %(number)s out of a digest.")),
    "watch.set": private(_("%(actor)s watches something.")),
    "watch.ended": private(_("%(actor)s stopped watching something.")),
    "watch.preferred": private(_("%(actor)s chose whether replying is watching.")),
    "draft.returned": private(_("A text of %(person)s could not appear at its time.")),
    "roll.answered": private(_("%(actor)s answered the roll call.")),
    "guestbook.written": private(_("%(actor)s wrote in the guestbook.")),
    "guestbook.hidden": logged(_("%(actor)s hid a line of %(person)s in the guestbook.")),
    "guestbook.restored": logged(_("%(actor)s restored a line of %(person)s in the guestbook.")),
    "city.recommended": private(_("%(actor)s recommended the city.")),
    "city.unrecommended": private(_("%(actor)s withdrew a recommendation of the city.")),
}
