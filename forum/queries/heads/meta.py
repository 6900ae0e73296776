"""PageMeta: what one page says of itself in its head; layout/_meta.html writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language

# The languages of the pages, as `hreflang` and as Open Graph name them.
HREFLANG: Final = {"zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "en": "en"}
LOCALES: Final = {"zh-hant": "zh_TW", "zh-hans": "zh_CN", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What a page says of itself. Paths begin with a slash; `origin` is what stands before them.

    `chosen` is the language that the address asks for (?hl=), of a page that is `in_each_language`: then each has an
    address of its own. `card` is the path of the picture, without one it is that of the site. `data` is JSON-LD, or
    what makes it when the page writes it.
    """

    origin: str
    path: str
    title: str
    description: str = ""
    kind: str = "website"
    card: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    language: str = ""
    previous: str = ""
    next: str = ""
    is_indexed: bool = True
    in_each_language: bool = False
    chosen: str = ""
    data: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None

    @property
    def canonical(self) -> str:
        """The one address of the page."""
        asked = self.chosen if self.in_each_language else ""
        return f"{self.origin}{self.path}{f'?hl={asked}' if asked else ''}"

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """The address in each language, for a page whose words are the site's own; the plain one chooses by itself."""
        if not self.in_each_language or not self.is_indexed:
            return []
        plain = f"{self.origin}{self.path}"
        known = [(HREFLANG[code], f"{plain}?hl={code}") for code, _label in settings.LANGUAGES]
        return [*known, ("x-default", plain)]

    @property
    def picture(self) -> str:
        """The whole address of the picture shown where the page is shared."""
        path = self.card or static("img/card.png")
        return path if path.startswith("http") else self.origin + path

    @property
    def times(self) -> list[tuple[str, str]]:
        """When the text was published and changed, as Open Graph names and writes it."""
        known = (("published_time", self.published), ("modified_time", self.modified))
        return [(name, at.isoformat(timespec="seconds")) for name, at in known if at]

    @property
    def locale(self) -> str:
        """The language of the text, else of the page, as Open Graph writes it."""
        return LOCALES.get(self.language.lower()) or LOCALES.get(get_language() or "", "zh_TW")
