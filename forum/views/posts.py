"""Views of posts: find one, reply, edit."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.limits import limited
from forum.actions.posts import add_reply, edit_post
from forum.actions.problems import Conflict
from forum.forms.posts import EditForm, ReplyForm
from forum.permissions.posts import can_edit_post
from forum.permissions.verdicts import Forbidden, require
from forum.queries.desks import desk_in_thread
from forum.queries.numbers import thread_to_answer
from forum.queries.posts import get_post, page_number_of, place_of, post_by_number, shown_posts
from forum.queries.threads import officers_of
from forum.text.diffs import differences, folded
from forum.text.languages import chosen
from forum.text.quotes import quote
from forum.views import drafting, writing
from forum.views.kept import login_required_to_write, take_kept
from forum.views.requests import announce, is_htmx, submission_of, user_of, viewer_of

QUOTE_LENGTH = 5000  # characters


@require_GET
def show(request: HttpRequest, post: int) -> HttpResponse:
    """Lead from a post's own address to its place in the thread."""
    return redirect(place_of(get_post(viewer_of(request), post, readable=False)))


def _reply_context(request: HttpRequest, thread: int, to: str | None) -> dict[str, Any]:
    number = int(to) if to and to.isascii() and to.isdigit() and len(to) < 10 else None
    found, addressed = thread_to_answer(viewer_of(request), thread, number)
    shown: dict[str, Any] = {"thread": found, "city": found.city, "addressed": addressed, "place": found}
    shown["desk"] = desk_in_thread(viewer_of(request), found)
    return {**shown, "page_number": request.GET.get("page", "")}


@require_http_methods(["GET", "POST"])
@login_required_to_write()
@limited("posting", has_drafts=True)
@drafting.unstored
def create(request: HttpRequest, thread: int) -> HttpResponseBase:
    """The form of a reply (GET), and replying (POST)."""
    if request.method == "POST":
        return _reply(request, thread)
    context = _reply_context(request, thread, request.GET.get("to"))
    require(context["desk"].verdict)
    draft = drafting.begun(request, context)
    if draft.get("to"):
        context["addressed"] = post_by_number(context["thread"], draft["to"])
    addressed, passage = context["addressed"], request.GET.get("quote", "")[:QUOTE_LENGTH].strip()
    initial: dict[str, Any] = {"to": addressed.number if addressed else None, **draft}
    if passage and addressed and not addressed.is_hidden:
        initial["body"] = quote(passage, addressed.author.name, addressed.number, reverse("post", args=[addressed.pk]))
    fresh = writing.fresh(take_kept(request), **initial)
    context["form"] = ReplyForm(initial=fresh, offices=context["desk"].offices, auto_id=_ids(request, addressed))
    return render(request, "posts/_reply.html" if is_htmx(request) else "posts/reply.html", context)


def _ids(request: HttpRequest, addressed: Any) -> str:
    """Return how the fields of a reply are called: below a post otherwise than at the foot of the same page."""
    return f"id_{addressed.number}_%s" if addressed and is_htmx(request) else "id_%s"


def _reply(request: HttpRequest, thread: int) -> HttpResponse:
    """Add a reply, or show what it would look like."""
    context = _reply_context(request, thread, request.POST.get("to"))
    context["page_number"] = request.POST.get("page", "")
    template = "posts/_reply.html" if is_htmx(request) else "posts/reply.html"
    ids = _ids(request, context["addressed"])
    form = context["form"] = ReplyForm(request.POST, offices=context["desk"].offices, auto_id=ids)
    if answer := writing.unsent(request, template, context, key=f"reply-{thread}"):
        return answer
    if not form.is_valid():
        return writing.incomplete(request, template, context)
    if answer := writing.later(request, template, context, key=f"reply-{thread}"):
        return answer
    data = form.to_send | {"submission": submission_of(request), "typed_in": drafting.open_form(request)}
    if context["addressed"]:  # its number is another one where its thread was merged meanwhile
        data["to"] = context["addressed"].number
    try:
        post = add_reply(context["thread"], by=user_of(request), **data)
    except (ValidationError, Forbidden) as problem:
        return writing.refused(request, template, context, problem)
    return _replied(request, post, f"reply-{thread}")


def _replied(request: HttpRequest, post: Any, key: str) -> HttpResponse:
    """Answer a reply: in its place when it belongs on the page that is open, else lead to it."""
    text = _("Your reply is number %(number)s.") % {"number": post.number}
    if post.is_held:
        text = _("Your reply waits for approval. Until then only you and the officers of the city see it.")
    if is_htmx(request) and request.POST.get("page") == str(page_number_of(post)):
        post = get_post(viewer_of(request), post.pk)
        shown = shown_posts(viewer_of(request), [post], officers_of(post.thread.city_id))[0]
        desk = desk_in_thread(viewer_of(request), post.thread)
        form = ReplyForm(initial=writing.fresh(), offices=desk.offices) if desk.verdict else None
        context = {"shown": shown, "thread": post.thread, "city": post.thread.city, "guard": key}
        context |= {"form": form, "desk": desk}
        return announce(render(request, "posts/_replied.html", {**context, "page_number": request.POST["page"]}), text)
    writing.sent(request, text, key=key)
    return HttpResponse(headers={"HX-Redirect": place_of(post)}) if is_htmx(request) else redirect(place_of(post))


@require_http_methods(["GET", "POST"])
@login_required_to_write()
@limited("posting", has_drafts=True)
@drafting.unstored
def edit(request: HttpRequest, post: int) -> HttpResponseBase:
    """The form of an edit (GET), and editing (POST)."""
    found = get_post(viewer_of(request), post)
    context: dict[str, Any] = {"post": found, "thread": found.thread, "city": found.thread.city, "place": found}
    if request.method == "POST":
        return _edit(request, context)
    require(can_edit_post(viewer_of(request), found))
    initial = {name: getattr(found, name) for name in ("title", "body", "source", "is_repost")}
    initial |= {"base": found.revision_number, "desk": uuid4()}
    initial |= {"language": chosen(found.language, found.body), "alias": found.thread.alias}
    if found.is_opener:  # a post that was split off opens a thread whose title an officer gave
        initial["title"] = found.thread.title
    initial |= drafting.begun(request, context) | (take_kept(request) or {})
    context["form"] = EditForm(initial=initial, is_opener=found.is_opener)
    return render(request, "posts/edit.html", context)


def _edit(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Edit the post, show what it would look like, or show both versions when it was edited meanwhile."""
    post = context["post"]
    form = context["form"] = EditForm(request.POST, is_opener=post.is_opener)
    if answer := writing.unsent(request, "posts/edit.html", context, key=f"edit-{post.pk}"):
        return answer
    if not form.is_valid():
        return writing.incomplete(request, "posts/edit.html", context)
    try:
        post = edit_post(post, by=user_of(request), typed_in=drafting.open_form(request), **form.to_send)
    except (ValidationError, Forbidden) as problem:
        return writing.refused(request, "posts/edit.html", context, problem)
    except Conflict as conflict:
        return _conflict(request, context, conflict)
    writing.sent(request, _("Your edit is saved; the earlier text is in the history."), key=f"edit-{post.pk}")
    return redirect(place_of(post))


def _conflict(request: HttpRequest, context: dict[str, Any], conflict: Conflict) -> HttpResponse:
    """Show the text that came first beside the one typed here; sending again builds on the newer one."""
    typed = EditForm(request.POST.copy(), is_opener=conflict.post.is_opener)
    typed.data["base"] = conflict.post.revision_number  # type: ignore[index]
    typed.add_error(None, _("The text was edited in another window. Both versions are below; nothing is lost."))
    changes = folded(differences(conflict.post.body, request.POST.get("body", "")))
    context |= {"form": typed, "conflict": conflict.post, "changes": changes}
    context["draft_note"] = drafting.note(request, context)
    return render(request, "posts/edit.html", context, status=409)
