"""Bundles: news of what is written in one thread, or of one kind about one post or conversation, told in one line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from forum.models import Notification, Post
from forum.notifying.kinds import NEWS, News
from forum.queries.conversations import place_of_message
from forum.queries.posts import place_of


@dataclass(slots=True)
class Bundle:
    """Notifications that stand in one line, the newest first; most often it is one.

    Those of one thread may be of several kinds: the line says the strongest of what is unread.
    """

    rows: list[Notification] = field(default_factory=list)

    @property
    def news(self) -> News:
        """What they mean."""
        return NEWS[self.kind]

    @property
    def kind(self) -> str:
        """The strongest of their kinds: the table names them in that order."""
        kinds = {row.kind for row in self.rows if row.read_at is None} or {row.kind for row in self.rows}
        return next(kind for kind in NEWS if kind in kinds)

    @property
    def newest(self) -> Notification:
        """The one that gives the line its place and time."""
        return self.rows[0]

    @property
    def opened(self) -> Notification:
        """The one the line leads to: where reading goes on."""
        return next((row for row in reversed(self.rows) if row.read_at is None), self.newest)

    @property
    def is_unread(self) -> bool:
        """Whether one of them is unread."""
        return any(row.read_at is None for row in self.rows)

    @property
    def at(self) -> datetime:
        """When the last of it happened."""
        return self.newest.event.created_at

    @property
    def people(self) -> list[User]:
        """Who did what the line says, each once, the last first."""
        return list(dict.fromkeys(row.event.actor for row in self.rows if row.event.actor and row.kind == self.kind))

    @property
    def posts(self) -> int:
        """How many posts were written; 0 where it is not about writing."""
        return len(self.rows) if self.news.bundled == "thread" else 0

    @property
    def post(self) -> Post | None:
        """The post whose first words may stand in the line: one's own is known already."""
        is_shown = self.news.bundled == "thread" or self.kind in ("thread", "person_started")
        return self.opened.event.post if is_shown else None


def bundled(rows: Iterable[Notification]) -> list[Bundle]:
    """Return the notifications in bundles, in the order of the newest of each."""
    bundles: dict[tuple[str, str, int | None], Bundle] = {}
    for row in rows:
        by = NEWS[row.kind].bundled
        about = {"thread": row.thread_id, "post": row.event.post_id, "conversation": conversation_of(row)}.get(
            by, row.pk
        )
        kind = "" if by == "thread" else row.kind
        bundles.setdefault((kind, by, about), Bundle()).rows.append(row)
    return list(bundles.values())


def conversation_of(notification: Notification) -> int | None:
    """Return the id of the conversation that it is about, None for any other news."""
    found = notification.event.data.get("conversation")
    return found if isinstance(found, int) else None


def place_of_news(notification: Notification) -> str:
    """Return the address of what the notification is about; at most one query."""
    event, leads_to = notification.event, NEWS[notification.kind].leads_to
    if leads_to == "hold" and event.city and "hold" in event.data:
        return reverse("hall_held", args=[event.city.slug, event.data["hold"]])
    if leads_to == "post" and event.post:
        return place_of(event.post)
    if notification.thread_id:
        return reverse("thread", args=[notification.thread_id])
    own = {"reports": "me_reports", "decisions": "me_decisions", "drafts": "me_drafts"}
    if leads_to in own:
        return reverse(own[leads_to])
    if leads_to == "conversation":
        return place_of_message(event.data.get("conversation", 0), event.data.get("number", 1))
    if leads_to == "message_report":
        return reverse("site_message_report", args=[event.data.get("message_report", 0)])
    if event.city is None:
        return (
            reverse("site_appeal", args=[event.data.get("appeal", 0)])
            if leads_to == "appeal"
            else reverse("me_notifications")
        )
    if leads_to == "appeal":
        return reverse("hall_appeal", args=[event.city.slug, event.data.get("appeal", 0)])
    return _place_in_city(leads_to, event.city.slug, event.data)


def _place_in_city(leads_to: str, city: str, data: dict[str, Any]) -> str:
    """Return the address in the city that such news leads to."""
    if leads_to == "queue":
        return reverse("hall_item", args=[city, "report", data["case"]])
    if leads_to == "election":
        return reverse("election", args=[city, data["election"]])
    names = {"hall": "hall_applications", "handover": "handover", "succession": "hall_succession"}
    return reverse(names.get(leads_to, "city"), args=[city])
