"""The pictures of a book: those of ours that its readable texts show, scaled for print."""

import io
import logging
from collections.abc import Callable, Collection, Iterable
from itertools import batched

from django.core.files.storage import default_storage
from PIL import Image

from forum.models import Attachment, Placing
from forum.publishing.book import Picture
from forum.text.pictures import PLACE, names_in

log = logging.getLogger(__name__)

LONGEST_SIDE = 1600  # pixels: 300 to the inch on the width of a page of text
MOST_PICTURES = 400
MOST_BYTES = 60 * 2**20  # of all pictures of one book; what comes after is a link
AT_ONCE = 400  # names in one query


def pictures_in(
    texts: Iterable[str],
    *,
    placed: Collection[int] | None = None,
    digest: int | None = None,
    beat: Callable[[], None] = lambda: None,
) -> dict[str, Picture]:
    """Return the pictures that the HTML of the texts shows, by their src.

    Only those that a version of one of the posts `placed` shows by right, or the digest: a text that merely names the
    picture of somebody else shows nothing. One query for each AT_ONCE names. `beat` is called before each picture, for
    many of them take minutes, and may raise Cancelled.
    """
    names = dict.fromkeys(name for html in texts for name in sorted(names_in(html)))
    shown: dict[str, Picture] = {}
    size = 0
    for some in batched(list(names)[:MOST_PICTURES], AT_ONCE):
        for name in _placed(some, placed or (), digest):
            beat()
            picture = scaled(name)
            if picture is None or size + len(picture.data) > MOST_BYTES:
                continue
            size += len(picture.data)
            shown[f"{PLACE}{name}"] = picture
    return shown


def _placed(names: Collection[str], posts: Collection[int], digest: int | None) -> list[str]:
    rows = Placing.objects.filter(attachment__name__in=names)
    found = rows.values_list("attachment__name", "revision__post_id", "digest_id")
    known = {name for name, post, where in found if post in posts or (digest is not None and where == digest)}
    return [name for name in names if name in known]


def scaled(name: str) -> Picture | None:
    """Return the picture as a PNG or JPEG of at most LONGEST_SIDE pixels, None when its file is not there or broken."""
    try:
        with default_storage.open(Attachment(name=name).path) as file, Image.open(file) as image:
            image.seek(0)
            has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
            drawn = image.convert("RGBA" if has_alpha else "RGB")
            lossless = image.format == "PNG"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        log.warning("A picture could not be read: %s", name)
        return None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    written, kind = io.BytesIO(), "png" if has_alpha or lossless else "jpeg"
    drawn.save(written, kind, optimize=True, **({"quality": 85} if kind == "jpeg" else {}))
    stem = name.partition("-")[0]
    return Picture(f"{stem}.{'png' if kind == 'png' else 'jpg'}", f"image/{kind}", written.getvalue(), *drawn.size)
