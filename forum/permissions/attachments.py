"""Attachments: who may upload pictures, and see, describe and delete them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from forum.models import Attachment, Digest, Message, Notice, Placing, Revision
from forum.permissions.cities import SIGN_IN_FIRST, can_act_on_site, can_see_city
from forum.permissions.conversations import can_see_conversation
from forum.permissions.digests import can_see_digest
from forum.permissions.messages import can_see_message_reports
from forum.permissions.posts import can_see_post
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import ALLOWED, Verdict, denied


def can_see_attachment(viewer: Viewer, attachment: Attachment, placings: Iterable[Placing]) -> bool:
    """Return whether the viewer may see the picture: their own, or one in a text that they may read.

    `placings` are where it is shown, each with its text; only those in messages cost queries.
    """
    if viewer.user is not None and viewer.user.pk == attachment.owner_id:
        return True
    return any(can_read_text_of(viewer, placing) for placing in placings)


def can_read_text_of(viewer: Viewer, placing: Placing) -> bool:
    """Return whether the viewer may read the text that shows a picture."""
    text = placing.text
    if isinstance(text, Revision):
        return can_see_post(viewer, text.post)
    if isinstance(text, Notice):
        return text.city is None or can_see_city(viewer, text.city)
    if isinstance(text, Digest):
        return can_see_digest(viewer, text)
    return can_see_conversation(viewer, text.conversation) or _is_reported_to(viewer, text)


def _is_reported_to(viewer: Viewer, message: Message) -> bool:
    """Of the messages of others, moderators read those that somebody passed on to them."""
    return bool(can_see_message_reports(viewer)) and message.reports.exists()


def can_upload_image(viewer: Viewer) -> Verdict:
    """Return whether the viewer may upload a picture: every member who is not suspended."""
    return can_act_on_site(viewer)


def can_change_attachment(viewer: Viewer, attachment: Attachment) -> Verdict:
    """Return whether the viewer may describe and delete the picture: its owner."""
    if viewer.user is None:
        return denied(SIGN_IN_FIRST)
    if viewer.user.pk != attachment.owner_id:
        return denied(_("Only who uploaded a picture may describe and delete it."))
    return ALLOWED
