"""One's own drafts: all of them, one of them, and the last one for a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse

from forum.models import Board, City, Conversation, Draft, Post, Thread
from forum.models.drafts import Place
from forum.permissions.drafts import can_see_place, can_send_draft, visible_drafts
from forum.permissions.roles import Viewer
from forum.permissions.verdicts import Verdict
from forum.queries.paging import Slice, keyset
from forum.text.excerpts import excerpt

WORDS = ("title", "body", "source", "reason")


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft with its place as far as the viewer may see it; `address` is the form filled in with it.

    `heading` is its own title or the thread's; empty when the thread is not to be seen. A message has no city.
    """

    draft: Draft
    city: City | None
    heading: str
    excerpt: str
    address: str
    may_send: Verdict


def place_of_draft(draft: Draft) -> Place:
    """Return the thread, board, post or conversation the draft is for; for a new conversation one without an id."""
    place = draft.thread or draft.board or draft.post or draft.conversation
    assert place is not None or draft.kind == Draft.Kind.MESSAGE, "a constraint of the table"
    return place or Conversation()


def fields_of(draft: Draft) -> dict[str, Any]:
    """Return the values with which a form shows the draft."""
    words: dict[str, Any] = {**draft.beside, **{name: getattr(draft, name) for name in WORDS}}
    words |= {"to": draft.addressed_number or draft.beside.get("to"), "base": draft.base, "version": draft.version}
    return words | {"submission": draft.submission}


def form_address(place: Place, draft: int | None = None) -> str:
    """Return the address of the form of a place, filled in with the draft of that number if one is given."""
    query = {"draft": draft} if draft else None
    if isinstance(place, Conversation):
        return (
            reverse("message_write", args=[place.pk], query=query) if place.pk else reverse("message_new", query=query)
        )
    if isinstance(place, Thread):
        return reverse("reply", args=[place.pk], query=query)
    if isinstance(place, Post):
        return reverse("post_edit", args=[place.pk], query=query)
    return reverse("thread_new", args=[place.city.slug, place.slug], query=query)


def drafts_of(viewer: Viewer, *, marks: Mapping[str, Any]) -> Slice[ShownDraft]:
    """Return one page of the viewer's drafts, the last changed first; one query. Raises Http404 for a wrong mark.

    What waits for its time is not among them.
    """
    page = keyset(_rows(viewer).filter(appears_at=None), field="changed_at", marks=marks)
    return Slice([shown_draft(viewer, draft) for draft in page.items], page.older, page.newer)


def waiting_texts_of(viewer: Viewer) -> list[ShownDraft]:
    """Return the viewer's texts that wait for their time, the next first; one query."""
    rows = _rows(viewer).filter(appears_at__isnull=False).order_by("appears_at", "pk")
    return [shown_draft(viewer, draft) for draft in rows]


def get_draft(viewer: Viewer, pk: int) -> Draft:
    """Return a draft of the viewer with its place; raise Http404 when they have none of that number."""
    draft = _rows(viewer).filter(pk=pk).first()
    if draft is None:
        raise Http404("No such draft")
    return draft


def draft_at(viewer: Viewer, place: Place, pk: str) -> Draft:
    """Return the viewer's draft of that number for the place; raise Http404 for anything else."""
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
    draft = visible_drafts(viewer, Draft.objects.open().at(place)).filter(pk=number).first()
    if draft is None:
        raise Http404("No such draft")
    return draft


def last_draft_at(viewer: Viewer, place: Place) -> Draft | None:
    """Return the draft for the place that the viewer changed last; one query."""
    return visible_drafts(viewer, Draft.objects.open().at(place)).order_by("-changed_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Offer:
    """A draft that may be continued in a place."""

    pk: int
    changed_at: datetime
    submission: UUID | None


def with_offer(viewer: Viewer, threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Return the threads, each with the draft of a reply that the viewer changed last, for `offer_in`."""
    if not viewer.is_signed_in:
        return threads
    last = visible_drafts(viewer, Draft.objects.open().filter(thread=OuterRef("pk"))).order_by("-changed_at", "-pk")
    found = {f"draft_{name}": Subquery(last.values(name)[:1]) for name in ("pk", "changed_at", "submission")}
    return threads.annotate(**found)


def offer_in(thread: Thread) -> Offer | None:
    """Return the draft that came along with a thread of `with_offer`."""
    if not (pk := getattr(thread, "draft_pk", None)):
        return None
    return Offer(pk, getattr(thread, "draft_changed_at"), getattr(thread, "draft_submission"))  # noqa: B009


def shown_draft(viewer: Viewer, draft: Draft) -> ShownDraft:
    """Return the draft as its author may see it: their own words always, the place only while they may read it."""
    place = place_of_draft(draft)
    thread = place.thread if isinstance(place, Post) else place if isinstance(place, Thread) else None
    if thread:
        thread.board.city = thread.city  # the same row, so that asking the board costs no query
    title = thread.title if thread and can_see_place(viewer, place) else ""
    if isinstance(place, Conversation):
        title = place.subject
    return ShownDraft(
        draft=draft,
        city=place.city if isinstance(place, Board) else thread.city if thread else None,
        heading=draft.title or title,
        excerpt=excerpt(draft.body),
        address=form_address(place, draft.pk),
        may_send=can_send_draft(viewer, place),
    )


def _rows(viewer: Viewer) -> QuerySet[Draft]:
    rows = Draft.objects.select_related("conversation", "thread__board", "thread__city", "board__city")
    return visible_drafts(viewer, rows.select_related("post__thread__board", "post__thread__city"))
