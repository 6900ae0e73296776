"""Checks of `manage.py check`: what the system lacks to publish all that the site can."""

from typing import Any

from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from forum.publishing.cards import has_font


def a_typeface_for_cards(**_kwargs: Any) -> list[CheckMessage]:
    """Warn when no typeface with Chinese is there: shared links then show the picture of the site, without titles."""
    if has_font():
        return []
    words = "There is no serif typeface with Chinese: links that are shared show no title in their picture."
    return [CheckWarning(words, hint="Install fonts-noto-cjk, or name a file in CARD_FONT.", id="forum.W001")]
