"""My profile: what others read of me, who sees which part of it, my picture."""

from copy import copy

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.limits import limited
from forum.actions.profiles import change_profile, set_picture
from forum.forms.profiles import PictureForm, ProfileForm
from forum.permissions.people import can_change_profile
from forum.permissions.verdicts import require
from forum.views.requests import answer, user_of, viewer_of


def _form(request: HttpRequest, *, is_filled: bool) -> ProfileForm:
    # A copy, because checking a form changes what it is about.
    form = ProfileForm(request.POST if is_filled else None, instance=copy(user_of(request)))
    for name in () if can_change_profile(viewer_of(request)) else ProfileForm.WORDS:
        form.fields[name].disabled = True
    return form


def _page(request: HttpRequest, form: ProfileForm, picture_form: PictureForm) -> HttpResponse:
    status = 422 if form.errors or picture_form.errors else 200
    context = {"form": form, "picture_form": picture_form, "may_change": can_change_profile(viewer_of(request))}
    return render(request, "me/profile.html", context, status=status)


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show what others read of me and see of my page, and change it."""
    form = _form(request, is_filled=request.method == "POST")
    if request.method == "POST" and form.is_valid():
        change_profile(user_of(request), by=user_of(request), **form.cleaned_data)
        return answer(request, None, reverse("me_profile"), _("Saved."))
    return _page(request, form, PictureForm())


@login_required
@limited("expensive")
@require_http_methods(["GET", "POST"])
def picture(request: HttpRequest) -> HttpResponse:
    """Take a picture as mine, or give it up."""
    person, back = user_of(request), f"{reverse('me_profile')}#picture"
    if request.method == "GET":
        return redirect(back)
    if "remove" in request.POST:
        set_picture(person, by=person, picture=None)
        return answer(request, None, back, _("Your initial stands for you again."))
    require(can_change_profile(viewer_of(request)))  # before anything is done with the file
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        set_picture(person, by=person, picture=form.cleaned_data["picture"])
        return answer(request, None, back, _("The picture stands for you now."))
    return _page(request, _form(request, is_filled=False), form)
