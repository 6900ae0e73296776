"""The site as an application of one's device: its manifest, and what readers keep to read without a network."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

_SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
# The paper of both themes, as a browser paints it before the first page has come (tokens.css).
_PAPER = "#fcfaf6"


@require_safe
@cache_control(private=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """Answer with what a device wants to know in order to install the site, in the reader's language."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    icons.append({**icons[-1], "src": static("img/icon-maskable-512.png"), "purpose": "maskable"})
    about = {
        "id": "/",
        "name": _("Cityboards"),
        "short_name": _("Cityboards"),
        "description": _(
            "Cities of people who talk with each other: boards, threads and digests, in Chinese and English."
        ),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the script that shows kept pages; where that is switched off, with one that takes itself away."""
    name = "worker.js" if settings.OFFLINE_READING else "worker-off.js"
    return HttpResponse((_SCRIPTS / name).read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what this browser keeps for reading without a network; the list is made by the browser itself."""
    if not settings.OFFLINE_READING:
        raise Http404("Offline reading is switched off")
    response = render(request, "offline/index.html")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
