"""The poll of a thread as it stands in a book: its question, its options and, once it has closed, its result."""

from collections.abc import Iterator
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.dates import say_moment
from forum.models import Option, Poll, Thread
from forum.text.xhtml import plain_words


def options_of(thread: Thread) -> list[Option]:
    """Return the options of the thread's poll, each with the poll; none where there is no poll. One query."""
    rows = Option.objects.filter(poll__thread=thread).select_related("poll")
    return list(rows.order_by("position"))


def content_of_poll(thread: Thread) -> Iterator[Any]:
    """Give what a book says of the thread's poll. The votes count when it has closed: no vote makes a book anew."""
    for option in options_of(thread):
        poll = option.poll
        yield option.text, poll.question, poll.method, poll.max_choices, poll.is_secret, poll.voters
        yield poll.closes_at, poll.closed_at, poll.result, poll.closed_at and poll.ballots_count


def poll_html(thread: Thread) -> str:
    """Return the poll as a well-formed fragment, in the language that is active; empty where there is none."""
    options = options_of(thread)
    if not options:
        return ""
    poll = options[0].poll
    head = _("Poll: %(question)s") % {"question": plain_words(poll.question)}
    told = " · ".join(_facts(poll, len(options)))
    parts = [f"<h4>{escape(head)}</h4>", f"<p>{escape(told)}</p>"]
    if poll.closed_at is None:
        items = "".join(f"<li>{escape(plain_words(option.text))}</li>" for option in options)
        parts += [f"<ul>{items}</ul>", f"<p>{escape(_('The result is shown when the poll has closed.'))}</p>"]
    else:
        parts += [_table(poll, options), *(f"<p>{escape(words)}</p>" for words in _remarks(poll))]
    return "\n".join(parts) + "\n"


def _facts(poll: Poll, options: int) -> Iterator[str]:
    if poll.method == Poll.Method.SEVERAL and poll.max_choices < options:
        most = ngettext("At most %(number)s choice", "At most %(number)s choices", poll.max_choices)
        yield most % {"number": poll.max_choices}
    else:
        yield str(poll.get_method_display())
    yield _("Secret ballot") if poll.is_secret else _("Open ballot: everybody sees who chose what")
    yield str(poll.get_voters_display())
    if poll.closed_at:
        ballots = ngettext("%(number)s ballot", "%(number)s ballots", poll.ballots_count)
        yield ballots % {"number": f"{poll.ballots_count:,}"}
        yield _("Closed on %(moment)s") % {"moment": say_moment(poll.closed_at)}
    elif poll.closes_at:
        yield _("Closes on %(moment)s") % {"moment": say_moment(poll.closes_at)}


def _table(poll: Poll, options: list[Option]) -> str:
    result: dict[str, Any] = poll.result or {}
    votes, winners = result.get("counts") or poll.counts, result.get("winners", [])
    heads = pgettext("of a poll", "Option"), pgettext("of a poll", "Votes"), "%"
    rows = ""
    for option in options:
        count = votes.get(str(option.position), 0)
        share = round(100 * count / poll.ballots_count) if poll.ballots_count else 0
        name = escape(plain_words(option.text))
        if option.position in winners:
            name = f"<strong>{name}</strong> ({escape(pgettext('option of a poll', 'won'))})"
        rows += f'<tr><td>{name}</td><td class="right">{count:,}</td><td class="right">{share}</td></tr>'
    titles = "".join(f"<th>{escape(head)}</th>" for head in heads)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"


def _remarks(poll: Poll) -> Iterator[str]:
    if poll.method == Poll.Method.RANKED:
        yield _("The numbers are of first choices.")
    if not (poll.result or {}).get("winners"):
        yield _("Nobody voted.")
