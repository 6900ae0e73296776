"""All that is mine, to take along."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.transfer.export import export_of
from forum.views.requests import user_of


@login_required
@limited("expensive")
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponseBase:
    """Say what the archive holds (GET), and hand it over (POST)."""
    if request.method == "GET":
        return render(request, "export/show.html")
    person = user_of(request)
    archive = export_of(person, address=request.build_absolute_uri)
    name = f"cityboards-{person.username}-{timezone.localdate().isoformat()}.zip"
    response = FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store"
    return response
