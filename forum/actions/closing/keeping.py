"""What somebody kept: digests and pictures, when their account is closed."""

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from forum.models import Attachment, Digest, MessageReport


@transaction.atomic
def forget_digests(person: User) -> None:
    """Delete the person's digests; public ones stay when their texts stay under the name."""
    digests = Digest.objects.filter(owner=person)
    if person.farewell == User.Farewell.KEEP:
        digests = digests.filter(is_public=False)
    digests.delete()


def forget_reported_messages(person: User) -> None:
    """Empty the copies of the person's messages that others showed to the site's moderators."""
    if person.farewell == User.Farewell.BLANK:
        MessageReport.objects.filter(person=person).update(body="")


@transaction.atomic
def forget_pictures(person: User) -> None:
    """Delete the person's pictures with their files; those that a text shows stay as long as the texts do."""
    pictures = Attachment.objects.filter(owner=person)
    if person.farewell != User.Farewell.BLANK:
        pictures = pictures.filter(placings=None)
    for picture in pictures:
        transaction.on_commit(lambda path=picture.path: default_storage.delete(path))  # type: ignore[misc]
        picture.delete()
