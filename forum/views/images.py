"""One's own pictures: uploading one, the list, what one shows, deleting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.attachments import delete_image, describe_image, upload_image
from forum.forms.images import DescriptionForm, ImageForm
from forum.forms.problems import show_problems
from forum.permissions.attachments import can_upload_image
from forum.permissions.verdicts import Forbidden
from forum.queries.attachments import images_of, own_image, room_of
from forum.views.requests import in_dialog, is_htmx, user_of, viewer_of


@require_http_methods(["GET", "POST"])
@login_required
@limited("expensive")
def index(request: HttpRequest) -> HttpResponse:
    """My pictures (GET), and uploading one (POST); an editor that asks gets it alone, with its line for the text."""
    form, status = ImageForm(), 200
    if request.method == "POST":
        form = ImageForm(request.POST, request.FILES)
        try:
            if form.is_valid():
                data = form.cleaned_data
                return _uploaded(request, upload_image(data["image"], by=user_of(request), alt=data["alt"]))
            status = 422
        except ValidationError as problem:
            show_problems(form, problem)
            status = 422
        except Forbidden as problem:
            if not is_htmx(request):
                raise
            form.add_error(None, str(problem.reason))
            status = 403
    if is_htmx(request) and status != 200:
        return render(request, "images/_refused.html", {"form": form}, status=status)
    return _page(request, form, status)


def _page(request: HttpRequest, form: ImageForm, status: int) -> HttpResponse:
    viewer = viewer_of(request)
    context: dict[str, Any] = {"page": images_of(viewer, marks=request.GET), "room": room_of(user_of(request))}
    context |= {"form": form, "may_upload": can_upload_image(viewer)}
    return render(request, "images/index.html", context, status=status)


def _uploaded(request: HttpRequest, attachment: Any) -> HttpResponse:
    if is_htmx(request):
        return render(request, "images/_uploaded.html", {"attachment": attachment}, status=201)
    messages.success(request, _("The picture is here. Copy its line into your text."))
    return redirect("me_image", attachment.pk)


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def show(request: HttpRequest, image: int) -> HttpResponse:
    """One of my pictures with where it stands (GET), and saying what it shows (POST)."""
    found = own_image(viewer_of(request), image)
    form = DescriptionForm(request.POST or None, initial={"alt": found.attachment.alt})
    if request.method == "POST":
        form = DescriptionForm(request.POST)
        if form.is_valid():
            attachment = describe_image(found.attachment, by=user_of(request), alt=form.cleaned_data["alt"])
            if is_htmx(request):
                return render(request, "images/_uploaded.html", {"attachment": attachment})
            messages.success(request, _("The description is saved. Texts that show the picture keep theirs."))
            return redirect("me_image", image)
    return render(request, "images/show.html", {"image": found, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
@limited("acting")
def delete(request: HttpRequest, image: int) -> HttpResponse:
    """Ask, then delete a picture of mine for good."""
    found = own_image(viewer_of(request), image)
    if request.method == "GET":
        return in_dialog(request, "images/delete.html", {"image": found})
    try:
        delete_image(found.attachment, by=user_of(request))
    except ValidationError as problem:
        return in_dialog(request, "images/delete.html", {"image": found, "problem": problem.messages[0]}, status=422)
    messages.success(request, _("The picture is deleted."))
    return HttpResponse(headers={"HX-Redirect": reverse("me_images")}) if is_htmx(request) else redirect("me_images")
