"""Files that people uploaded: found by a name that no two contents share, so they may be kept for good."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from forum.queries.attachments import file_named
from forum.views.requests import viewer_of

ALONE = "default-src 'none'; sandbox"  # what was uploaded runs nothing and loads nothing
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
FOR_ALL, FOR_SOME = "private, max-age=604800, immutable", "private, no-cache"


@require_GET
def crest(request: HttpRequest, crest: str) -> FileResponse:
    """Send a crest. It was written by us as a PNG, and is sent as nothing else."""
    return _picture(f"crests/{crest}.png")


@require_GET
def avatar(request: HttpRequest, avatar: str) -> FileResponse:
    """Send a person's picture, which was written by us as a crest is."""
    return _picture(f"avatars/{avatar}.png")


def _picture(path: str) -> FileResponse:
    if not default_storage.exists(path):
        raise Http404("No such picture")
    response = FileResponse(default_storage.open(path), content_type="image/png")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = ALONE
    return response


@require_GET
def image(request: HttpRequest, image: str) -> HttpResponseBase:
    """Send a picture of a text to who may read the text; what is not for everybody is asked for every time."""
    shown, etag = file_named(viewer_of(request), image), f'"{image}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            file = default_storage.open(shown.attachment.path)
        except FileNotFoundError as problem:
            raise Http404("No such picture") from problem
        answer = FileResponse(file, content_type=TYPES[image.rpartition(".")[2]])
    answer.headers["Cache-Control"] = FOR_ALL if shown.is_open else FOR_SOME
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["ETag"] = etag
    return answer
