"""Files that people uploaded: found by a name that no two contents share, so they may be kept for good."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET


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
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
