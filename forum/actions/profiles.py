"""What a person says of themselves: names, words, audiences, a picture."""

from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from forum import events
from forum.permissions.people import PARTS, can_change_profile
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require

WORDS = ("display_name", "about", "signature")
AUDIENCES = tuple(f"{part}_shown_to" for part in PARTS)


@transaction.atomic
def change_profile(person: User, *, by: User, **values: Any) -> User:
    """Change what others read of the person, and to whom each part is shown; return the person.

    `values` are fields of User named in WORDS and AUDIENCES, as a valid ProfileForm gives them. Words are for who may
    act on the site; an audience may always be chosen. A new name is an event that holds the old one. Raises Forbidden.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    changed = [name for name in (*WORDS, *AUDIENCES) if name in values and getattr(person, name) != values[name]]
    if any(name in WORDS for name in changed):
        require(can_change_profile(Viewer.of(by)))
    if not changed:
        return person
    before = person.display_name
    for name in changed:
        setattr(person, name, values[name])
    person.save(update_fields=changed)
    if "display_name" in changed:
        events.record("profile.renamed", by=by, person=person, old=before)
    if changed != ["display_name"]:
        events.record(
            "profile.changed", by=by, person=person, fields=[name for name in changed if name != "display_name"]
        )
    return person


@transaction.atomic
def set_picture(person: User, *, by: User, picture: bytes | None) -> User:
    """Let a picture (a PNG made by us) stand for the person, or their initial again (None); return the person.

    Raises Forbidden, when a picture is given and the person may not act on the site.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if picture:
        require(can_change_profile(Viewer.of(by)))
    name, before = sha256(picture).hexdigest()[:32] if picture else "", person.avatar
    if name == before:
        return person
    if picture and not default_storage.exists(path_of(name)):
        default_storage.save(path_of(name), ContentFile(picture))
    person.avatar = name
    person.save(update_fields=["avatar"])
    transaction.on_commit(lambda: forget_picture(before))
    events.record("profile.changed", by=by, person=person, fields=["avatar"])
    return person


def path_of(name: str) -> str:
    """Return where the file of a picture lies."""
    return f"avatars/{name}.png"


def forget_picture(name: str) -> None:
    """Delete the file of a picture that stands for nobody any more (two people may have chosen the same)."""
    if name and not User.objects.filter(avatar=name).exists():
        default_storage.delete(path_of(name))
