"""News in words: one sentence for each bundle of notifications. Output only, never a query."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.notifying.bundles import Bundle

register = template.Library()


@register.simple_tag
def news_words(bundle: Bundle) -> SafeString:
    """Return the sentence of a bundle as safe HTML; the name of what it is about is the link that opens it."""
    row = bundle.opened
    address = reverse("notification", args=[row.pk])
    title, city = row.thread.title if row.thread else "", row.event.city.name if row.event.city else ""
    language = row.thread.language if row.thread else ""
    places = {
        "account": format_html('<a href="{}">{}</a>', address, _("your account")),
        "appeal": format_html('<a href="{}">{}</a>', address, _("An appeal")),
        "who": _who([person.name for person in bundle.people]),
        "thread": format_html('<a href="{}"{}>{}</a>', address, _lang(language), title),
        **_of_messages(bundle, address),
        "city": conditional_escape(city) if row.thread else format_html('<a href="{}">{}</a>', address, city),
    }
    return mark_safe(str(conditional_escape(str(bundle.news.words))) % places)  # noqa: S308 - all parts are escaped


def _of_messages(bundle: Bundle, address: str) -> dict[str, SafeString]:
    """Return the links that news of private messages speak of; nothing of what is written in them."""
    number = len(bundle.rows)
    messages = ngettext("a private message", "%(count)s private messages", number) % {"count": number}
    words = {
        "messages": messages,
        "conversation": _("a conversation"),
        "reported": _("A private message that was reported"),
        "report": _("your report of a private message"),
    }
    return {name: format_html('<a href="{}">{}</a>', address, text) for name, text in words.items()}


def _lang(language: str) -> SafeString:
    return format_html(' lang="{}"', language) if language else SafeString()


def _who(names: list[str]) -> SafeString:
    """Return one name, two names, or two and how many others, as safe HTML."""
    bold = [format_html("<strong>{}</strong>", name) for name in names[:2]]
    if not bold:
        return conditional_escape(_("Somebody"))
    if len(bold) == 1:
        return bold[0]
    places = {"first": bold[0], "second": bold[1], "count": len(names) - 2}
    if not places["count"]:
        words = _("%(first)s and %(second)s")
    else:
        words = ngettext(
            "%(first)s, %(second)s and %(count)s other", "%(first)s, %(second)s and %(count)s others", len(names) - 2
        )
    return mark_safe(str(conditional_escape(words)) % places)  # noqa: S308 - all parts are escaped
