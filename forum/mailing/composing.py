"""Composing: what a letter says at the moment it goes out, in plain text and HTML."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.dates import as_read_by, say_day
from accounts.mail import harmless, header
from forum.mailing.choices import ALL, Rhythms
from forum.mailing.days import bulletin_day, span
from forum.mailing.families import FAMILIES, family_of
from forum.mailing.items import Section, absolute, news_item, sections_of
from forum.mailing.marks import mail_domain, message_id, return_address, stop_token
from forum.mailing.messages import Mail
from forum.models import Letter, Notification, Rhythm
from forum.notifying.bundles import bundled
from forum.permissions.roles import Viewer
from forum.queries.bulletins import Bulletin, bulletin_of
from forum.queries.letters import news_in_letters


def news_of(letters: Sequence[Letter], rhythms: Rhythms) -> dict[int, list[Notification]]:
    """Return what each letter tells, by its id; never what its reader has stopped since it was put into the letter."""
    found = news_in_letters(letters, always=FAMILIES["decisions"].kinds, desk=FAMILIES["desk"].kinds)
    return {
        letter.pk: [
            row for row in found[letter.pk] if rhythms.of(letter.user_id, family_of(row.kind).name) != Rhythm.NONE
        ]
        for letter in letters
    }


def compose(letter: Letter, address: str, news: Sequence[Notification], rhythms: Rhythms) -> Mail | None:
    """Return the mail to an address, None when nothing is left to tell; in the reader's language, zone and calendar.

    The letter must come with its person. What is told is asked for anew, so a letter that is sent again tells only
    what may be told then, under the same Message-ID.
    """
    person = letter.user
    with as_read_by(person):
        items = [news_item(bundle) for bundle in bundled(news)]
        sections = [Section(_("What concerns me") if letter.rhythm != Rhythm.ONCE else "", items)] if items else []
        sections += sections_of(_best(letter, Viewer.of(person), rhythms))
        return _mail(letter, address, sections) if sections else None


def _best(letter: Letter, viewer: Viewer, rhythms: Rhythms) -> Bulletin:
    """Return the best of the reader's cities, if they want it in the rhythm of this letter."""
    if letter.rhythm == Rhythm.ONCE or rhythms.of(letter.user_id, "bulletin") != letter.rhythm:
        return Bulletin()
    return bulletin_of(viewer, *span(letter.rhythm, bulletin_day(letter.about), letter.user.time_zone))


def _mail(letter: Letter, address: str, sections: list[Section]) -> Mail:
    subject = header(_subject(letter, sections))
    stops = _stops(letter)
    context = {
        "subject": subject,
        "letter": letter,
        "sections": sections,
        "stops": stops,
        "site": settings.SITE_ADDRESS,
        "choose": absolute(reverse("me_mail")),
        "name": harmless(letter.user.name),
    }
    mail = Mail(
        subject,
        render_to_string("mail/letter.txt", context).strip() + "\n",
        return_address(letter),
        [address],
        headers=_headers(letter, stops),
    )
    mail.attach_alternative(render_to_string("mail/letter.html", context), "text/html")
    return mail


def _subject(letter: Letter, sections: list[Section]) -> str:
    if letter.rhythm == Rhythm.ONCE:
        return sections[0].items[0].sentence.rstrip(".。")
    day = {"day": say_day(bulletin_day(letter.about))}
    return (_("Daily bulletin · %(day)s") if letter.rhythm == Rhythm.DAILY else _("Weekly bulletin · %(day)s")) % day


def _stops(letter: Letter) -> dict[str, str]:
    """Return the links that stop mail like this and all mail; none in a decision, which everybody gets."""
    name = letter.family or letter.rhythm
    if letter.family and FAMILIES[letter.family].is_always:
        return {}
    one, everything = (absolute(reverse("mail_stop", args=[stop_token(letter.user_id, what)])) for what in (name, ALL))
    return {"one": one, "all": everything}


def _headers(letter: Letter, stops: dict[str, str]) -> dict[str, str]:
    """Return the headers that tell programs what this is: a list's mail (RFC 2919, 8058), by a program (RFC 3834)."""
    name = letter.family or letter.rhythm
    headers: dict[str, Any] = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(letter),
        "List-Id": f"Cityboards <{name}.{mail_domain()}>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "list" if letter.rhythm == Rhythm.ONCE else "bulk",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.about.startswith("thread:"):
        # Mail programs put together what answers the same message.
        headers["References"] = f"<{letter.about.replace(':', '.')}.{letter.user_id}@{mail_domain()}>"
    if stops:
        headers["List-Unsubscribe"] = f"<{stops['one']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
