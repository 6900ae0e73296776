"""Taking a name out of what the program wrote: ballots, outcomes, notices, the record; people's texts stay."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from forum.actions.erasing import erase_words
from forum.actions.proclaiming import in_one_line
from forum.actions.rerendering import render_anew
from forum.models import ArchivedAuthor, Election, Event, Mention, Notice, Option, Poll, Post
from forum.text.escapes import escape_markdown
from forum.text.markdown import render

HIDDEN = "closed:"
OF_OFFICES = Q(kind__startswith="mayor.") | Q(kind__startswith="officer.") | Q(kind__startswith="deputy.")


def forget_earlier_names(person: User) -> None:
    """Let the record of new names say no more than that there were some."""
    # They stand in no city, and so in no chain.
    Event.objects.filter(actor=person, city=None, kind="profile.renamed").update(data={}, reason="")


@transaction.atomic
def take_name_out(person: User, *, at: datetime) -> None:
    """Put "Former member" in the place of the person's names wherever the program wrote them down."""
    names = names_of(person)
    former = in_one_line(lambda: _("Former member"))
    Option.objects.filter(person=person).exclude(text__in=("yes", "no")).update(text=former)
    voted_on = Q(person=person) | Q(candidacies__user=person)
    elections = list(Election.objects.filter(voted_on).select_related("poll").distinct().order_by("pk"))
    for election in elections:
        _take_out_of_election(election, person, names, former)
    cities = {election.city_id for election in elections}
    cities |= set(Event.objects.filter(OF_OFFICES, person=person).values_list("city", flat=True))
    cities.discard(None)
    for notice in Notice.objects.filter(city__in=cities, author=None):
        _take_out_of_notice(notice, names, former)
    render_anew(Post.objects.filter(pk__in=Mention.objects.filter(user=person).values("post")))
    for author in ArchivedAuthor.objects.filter(user=person).exclude(source_name__startswith=HIDDEN):
        author.source_name = hidden_name(author.source_name)
        author.save(update_fields=["source_name"])
    # Recording comes last, after every other lock.
    for event in Event.objects.filter(city__in=cities, actor=None).order_by("city", "position").iterator():
        if any(_speaks_of(value, names) for value in event.data.values()):
            erase_words([event], by=person, at=at)


def names_of(person: User) -> list[str]:
    """Return every name the person has, and had as far as the record tells, the longest first."""
    renamed = Event.objects.filter(actor=person, city=None, kind="profile.renamed").values_list("data", flat=True)
    names = {person.username, person.display_name, *(data.get("old", "") for data in renamed)}
    return sorted(filter(None, names), key=len, reverse=True)


def hidden_name(source_name: str) -> str:
    """Return what stands for the name of an author of an archive who closed their account here.

    Nobody can read the name from it; but when the archive is brought in again, the name is known by it.
    """
    return HIDDEN + salted_hmac("archived author", source_name.lower(), algorithm="sha256").hexdigest()


def _take_out_of_election(election: Election, person: User, names: list[str], former: str) -> None:
    outcome = election.outcome
    if person.pk in outcome.get("people", ()):
        place = outcome["people"].index(person.pk)
        outcome["names"][place] = former
        election.save(update_fields=["outcome"])
    question = _without(election.poll.question, names, former)
    if election.person_id == person.pk and question != election.poll.question:
        Poll.objects.filter(pk=election.poll_id).update(question=question[:200])


def _take_out_of_notice(notice: Notice, names: list[str], former: str) -> None:
    title = _without(notice.title, names, former)[:120]
    body = _without(notice.body, [*names, *map(escape_markdown, names)], former)
    if (title, body) != (notice.title, notice.body):
        notice.title, notice.body, notice.html = title, body, render(body)
        notice.save(update_fields=["title", "body", "html"])


def _without(text: str, names: list[str], former: str) -> str:
    """Return the text with `former` in the place of each of the names, where they stand as words of their own."""
    for name in names:
        text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", lambda _found: former, text)
    return text


def _speaks_of(value: object, names: list[str]) -> bool:
    if isinstance(value, list):
        return any(_speaks_of(one, names) for one in value)
    return isinstance(value, str) and _without(value, names, "") != value
