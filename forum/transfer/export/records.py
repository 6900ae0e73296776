"""What is no text of its own: profile, versions, recommendations, memberships, drafts, watches, searches."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from accounts.models import User
from forum.models import SavedSearch
from forum.models.drafts import place_name
from forum.queries.drafts import place_of_draft
from forum.queries.exports import (
    given_recommendations,
    own_applications,
    own_decisions,
    own_drafts,
    own_memberships,
    own_posts,
    own_reports,
    own_revisions,
    own_searches,
    own_watches,
)
from forum.transfer.export import posts, profile

type Rows = Iterator[dict[str, Any]]


def files(person: User, address: Callable[[str], str]) -> Iterator[tuple[str, dict[str, Any] | Rows]]:
    """Yield the name of each file and what is in it: one object, or a list to be written row by row."""
    yield "profile.json", profile.profile(person, address)
    yield "posts.json", posts.rows(own_posts(person), address)
    yield "revisions.json", revisions(person)
    yield "recommendations.json", recommendations(person, address)
    yield "memberships.json", memberships(person, address)
    yield "drafts.json", drafts(person)
    yield "watches.json", watches(person, address)
    yield "searches.json", searches(person)
    yield "decisions.json", decisions(person)
    yield "reports.json", reports(person)


def revisions(person: User) -> Rows:
    """Yield every version of every post, with its link of the chain."""
    for revision in own_revisions(person):
        yield {
            "thread": revision.post.thread_id,
            "number": revision.post.number,
            "version": revision.number,
            "author": revision.author.username,
            "post_id": revision.post_id,
            "author_id": revision.author_id,
            "written": revision.created_at.isoformat(),
            "reason": revision.reason,
            "title": revision.title,
            "body": revision.body,
            "salt": revision.salt,
            "content_hash": revision.content_hash,
            "chain_hash": revision.chain_hash,
        }


def recommendations(person: User, address: Callable[[str], str]) -> Rows:
    """Yield what the person recommended; of what they may not read now, only that there was something."""
    for given in given_recommendations(person):
        row, post = given.recommendation, given.recommendation.post
        values: dict[str, Any] = {"given": row.created_at.isoformat()}
        if given.is_readable:
            values |= {
                "title": post.title or post.thread.title,
                "author": post.author.name,
                "city": post.thread.city.name,
                "thread": post.thread_id,
                "number": post.number,
                "version": row.revision.number,
                "address": address(reverse("post", args=[post.pk])),
            }
        yield values


def memberships(person: User, address: Callable[[str], str]) -> Rows:
    """Yield the cities the person belongs to, then their applications."""
    for row in own_memberships(person):
        place = {"city": row.city.name, "address": address(reverse("city", args=[row.city.slug]))}
        yield {"kind": "membership", **place, "role": row.role, "joined": row.joined_at.isoformat()}
    for application in own_applications(person):
        yield {
            "kind": "application",
            "city": application.city.name,
            "address": address(reverse("city", args=[application.city.slug])),
            "statement": application.statement,
            "answers": application.answers,
            "state": application.state,
            "sent": application.created_at.isoformat(),
            "decided": application.decided_at.isoformat() if application.decided_at else None,
            "answer": application.answer,
        }


def drafts(person: User) -> Rows:
    """Yield what the person has written and not sent yet."""
    for draft in own_drafts(person):
        place = place_of_draft(draft)
        yield {
            "kind": draft.kind,
            place_name(place): place.pk,
            "in_reply_to": draft.addressed_number,
            "title": draft.title,
            "body": draft.body,
            "source": draft.source,
            "reason": draft.reason,
            "chosen_beside": draft.beside,
            "appears": draft.appears_at.isoformat() if draft.appears_at else None,
            "could_not_appear": draft.problem,
            "begun": draft.created_at.isoformat(),
            "changed": draft.changed_at.isoformat(),
        }


def watches(person: User, address: Callable[[str], str]) -> Rows:
    """Yield what the person watches, by its address alone: its name may not be theirs to read any more."""
    for watch in own_watches(person):
        if watch.thread:
            path = reverse("thread", args=[watch.thread.pk])
        elif watch.board:
            path = reverse("board", args=[watch.board.city.slug, watch.board.slug])
        elif watch.person:
            path = reverse("person", args=[watch.person.username])
        else:
            assert watch.city, "a constraint of the table"
            path = reverse("city", args=[watch.city.slug])
        yield {
            "what": watch.noun,
            "address": address(path),
            "level": watch.level,
            "since": watch.created_at.isoformat(),
        }


def searches(person: User) -> Rows:
    """Yield the searches the person saved, then those they made lately."""
    for search in own_searches(person):
        values = {"query": search.query, "in": search.scope}
        if isinstance(search, SavedSearch):
            yield {"kind": "saved", "name": search.name, **values, "at": search.created_at.isoformat()}
        else:
            yield {"kind": "recent", **values, "at": search.searched_at.isoformat()}


def decisions(person: User) -> Rows:
    """Yield what was decided about the person, and their appeals."""
    for event in own_decisions(person):
        appeal = getattr(event, "appeal", None)
        yield {
            "kind": event.kind,
            "city": event.city.name if event.city else None,
            "by": event.actor.username if event.actor else None,
            "decided": event.created_at.isoformat(),
            "reason": event.reason,
            "ground": event.data.get("why", ""),
            "until": event.data.get("until") or None,
            "appeal": appeal and {"words": appeal.words, "state": appeal.state, "answer": appeal.answer},
        }


def reports(person: User) -> Rows:
    """Yield what the person reported and how it was decided; of the thing itself only where it stands."""
    for report in own_reports(person):
        case = report.case
        yield {
            "city": case.city.name,
            "thread": case.post.thread_id if case.post else case.thread_id,
            "number": case.post.number if case.post else None,
            "person": case.person.username if case.person else None,
            "reason": report.reason,
            "words": report.words,
            "reported": report.created_at.isoformat(),
            "state": report.state,
            "answer": "" if report.state == report.State.WITHDRAWN else case.answer,
        }
