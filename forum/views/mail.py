"""Views of mail: what comes by mail and how often, an address that takes mail again, and stopping it by a link."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import limited
from forum.forms.mail import MailForm
from forum.mailing.addresses import is_confirmed, lift_suppression, suppression_of
from forum.mailing.choices import choose_rhythms, rhythms_of
from forum.mailing.stopping import Stop, read_stop, stop_by_link
from forum.views.requests import answer, user_of


@login_required
@limited("acting")
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """What comes to me by mail, and how often."""
    person = user_of(request)
    form = MailForm(request.POST or None, rhythms=rhythms_of(person))
    if request.method == "POST" and form.is_valid():
        choose_rhythms(person, form.cleaned_data)
        return answer(request, None, reverse("me_mail"), _("Saved."))
    context = {"form": form, "suppression": suppression_of(person), "is_confirmed": is_confirmed(person)}
    return render(request, "me/mail.html", context, status=422 if form.is_bound else 200)


@login_required
@limited("acting")
@require_POST
def lift(request: HttpRequest) -> HttpResponse:
    """Send mail to my address again."""
    lift_suppression(user_of(request))
    return answer(request, None, reverse("me_mail"), _("Mail goes to your address again."))


@csrf_exempt  # a mail program has no token of ours; the signature in the address says for whom it acts
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, link: str) -> HttpResponseBase:
    """Stop mail by the link in it, without signing in: at once for a mail program (RFC 8058), else after a question.

    A GET changes nothing, because programs that look for evil open every link of a mail.
    """
    found = read_stop(link)
    if found is None:
        raise Http404("No such link")
    if request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click":
        stop_by_link(found)
        return HttpResponse(_("No more mail of this kind will come."), content_type="text/plain; charset=utf-8")
    return _asked(request, link, found)


@csrf_protect
@limited("acting")
def _asked(request: HttpRequest, link: str, found: Stop) -> HttpResponse:
    """Ask whether to stop; then stop, and show what has been stopped."""
    if request.method == "POST":
        stop_by_link(found)
        return redirect(f"{reverse('mail_stop', args=[link])}?done=1")
    context: dict[str, Any] = {"stop": found, "is_done": "done" in request.GET and found.is_stopped}
    return render(request, "mail/stop.html", context)
