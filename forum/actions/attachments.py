"""Uploading, describing and deleting pictures, and letting go of those that no text shows."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pictures import Picture
from forum.models import Attachment, Digest, Draft, Message, Notice, Placing, Revision
from forum.permissions.attachments import can_change_attachment, can_upload_image
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import require
from forum.queries.attachments import is_seen_by, own_image_of, room_of
from forum.text.pictures import names_in

ALT_LENGTH = 300
KEPT_UNUSED = timedelta(days=30)  # a long text may be on its way for weeks
SWEPT_AT_ONCE = 500


@transaction.atomic
def upload_image(picture: Picture, *, by: User, alt: str = "", at: datetime | None = None) -> Attachment:
    """Keep a picture that was written anew, and return it; the same one again is the same attachment.

    Raises Forbidden, and ValidationError for `image` when there is no room left.
    """
    require(can_upload_image(Viewer.of(by)))
    _lock(by)
    content = sha256(f"{by.pk}:".encode() + picture.data).hexdigest()[:32]
    name = f"{content}-{picture.width}x{picture.height}.{picture.ending}"
    now, alt = at or timezone.now(), _line(alt)
    attachment = Attachment.objects.filter(name=name).first()
    if attachment is None:
        _check_room(by, len(picture.data))
        size = {"width": picture.width, "height": picture.height, "bytes": len(picture.data)}
        attachment = Attachment.objects.create(owner=by, name=name, alt=alt, created_at=now, **size)
    else:
        attachment.created_at, attachment.alt = now, alt or attachment.alt
        attachment.save(update_fields=["created_at", "alt"])
    _store(attachment.path, picture.data)
    return attachment


def _lock(owner: User) -> None:
    """Let the pictures of one person come and go one after another: their room is counted, their files are shared."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=owner.pk)


def _check_room(person: User, size: int) -> None:
    room = room_of(person)
    if size > room.left:
        text = _("Your pictures may take %(quota)s MB, and there is no room for this one. Delete some you do not need.")
        raise ValidationError({"image": text % {"quota": room.quota // 2**20}})


def _store(path: str, data: bytes) -> None:
    """Write the file unless it is there whole: a process may have ended half-way."""
    if default_storage.exists(path):
        if default_storage.size(path) == len(data):
            return
        default_storage.delete(path)
    default_storage.save(path, ContentFile(data))


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:ALT_LENGTH]


@transaction.atomic
def describe_image(attachment: Attachment, *, by: User, alt: str) -> Attachment:
    """Say in words what the picture shows, and return it; texts that show it keep theirs. Raises Forbidden."""
    require(can_change_attachment(Viewer.of(by), attachment))
    attachment.alt = _line(alt)
    attachment.save(update_fields=["alt"])
    return attachment


@transaction.atomic
def delete_image(attachment: Attachment, *, by: User) -> None:
    """Delete the picture for good; twice changes nothing. Where others quote it, its description stays.

    Raises Forbidden, and ValidationError while a text of its owner's shows it, or showed it and is under report.
    """
    require(can_change_attachment(Viewer.of(by), attachment))
    _lock(attachment.owner)
    image = own_image_of(attachment)
    if image.posts or image.digests:
        raise ValidationError(_("Texts of yours show this picture. Take it out of them first."))
    if image.is_reported:
        raise ValidationError(_("A post that showed this picture was reported. It stays until that is decided."))
    _remove(Attachment.objects.filter(pk=attachment.pk))


def _remove(rows: QuerySet[Attachment]) -> int:
    """Delete the rows and their files; return how many there were."""
    found = list(rows)
    for attachment in found:
        attachment.delete()
        default_storage.delete(attachment.path)
    return len(found)


def place_images(text: Revision | Notice | Message | Digest, html: str, *, by: User) -> None:
    """Remember which pictures of ours a text shows, so that whoever reads it may see them.

    Part of the action that writes the text. Only pictures that the writer may see are shown: knowing the name of one
    opens it to nobody. Costs nothing for a text without any.
    """
    names = names_in(html)
    if not names:
        return
    field = {Revision: "revision", Notice: "notice", Message: "message", Digest: "digest"}[type(text)]
    # Locked in an order that all keep, so that none of them goes meanwhile.
    rows = Attachment.objects.filter(name__in=names).select_for_update(of=("self",), no_key=True).order_by("pk")
    viewer = Viewer.of(by)
    seen = [one for one in rows if is_seen_by(viewer, one)]
    Placing.objects.bulk_create([Placing(attachment=one, **{field: text}) for one in seen], ignore_conflicts=True)


def replace_images(digest: Digest, html: str, *, by: User) -> None:
    """Remember which pictures the digest's own texts show at present; those they no longer show are let go."""
    digest.placings.exclude(attachment__name__in=names_in(html)).delete()
    place_images(digest, html, by=by)


def displace_images(text: Revision | Notice | Message) -> None:
    """Forget which pictures a text showed: its words were erased. Part of the action that erases them."""
    text.placings.all().delete()


def sweep_images(at: datetime | None = None) -> int:
    """Delete pictures that no text and no draft has shown for KEPT_UNUSED; return how many there were."""
    now = at or timezone.now()
    ids = list(_unused(now).order_by("created_at").values_list("pk", "owner")[:SWEPT_AT_ONCE])
    return sum(_sweep(pk, User(pk=owner), now) for pk, owner in ids)


@transaction.atomic
def _sweep(pk: int, owner: User, now: datetime) -> int:
    _lock(owner)
    return _remove(_unused(now).filter(pk=pk))


def _unused(now: datetime) -> QuerySet[Attachment]:
    """Return the pictures that nothing shows; a draft has no placings, its text names them."""
    drafts = Draft.objects.filter(user=OuterRef("owner"), body__contains=OuterRef("name"))
    return Attachment.objects.filter(~Exists(drafts), placings=None, created_at__lt=now - KEPT_UNUSED)
