"""Addresses inside imported posts: what pointed into the old forum points to the new place where it can."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from forum.text.foreign import with_scheme

_HOST_IN_AVATAR = re.compile(rb'"avatar_template"\s*:\s*"/user_avatar/([A-Za-z0-9.-]+)/')
_TOPIC = re.compile(r"/t/(?:([^/]*[^/\d][^/]*)/)?(\d+)(?:/(\d+))?(?:/.*)?")
_PERSON = re.compile(r"/(?:u|users)/([^/]+)(?:/.*)?")


def host_in(content: bytes) -> str:
    """Return the host of the forum a file came from, "" when it does not say."""
    found = _HOST_IN_AVATAR.search(content)
    return found[1].decode().lower() if found else ""


class Addresses:
    """Turns an address in a post into one that leads somewhere."""

    def __init__(self, host: str, username_for: Callable[[str], str]) -> None:
        """Take the old forum's host ("" when unknown) and what gives the new name of its people."""
        self.host = host.lower()
        self.username_for = username_for
        self.here = (0, "")

    def within(self, topic_id: int, slug: str) -> None:
        """Say in which topic the following addresses stand; quotations name their topic without its slug."""
        self.here = (topic_id, slug)

    def __call__(self, url: str) -> str:
        """Return the address to write instead of `url`: threads and people of the old forum are here now."""
        url = with_scheme(url)
        try:
            parts = urlsplit(url)
        except ValueError:
            return url
        if not parts.path.startswith("/") or (parts.netloc and parts.netloc.lower() != self.host):
            return url
        if topic := _TOPIC.fullmatch(parts.path):
            return self._topic(topic)
        if person := _PERSON.fullmatch(parts.path):
            return f"/u/{self.username_for(person[1])}/"
        return url if parts.netloc or not self.host else f"https://{self.host}{url}"

    def _topic(self, found: re.Match[str]) -> str:
        slug, topic, number = found.groups()
        if not slug or slug == "-":
            slug = self.here[1] if self.here[0] == int(topic) else ""
        return f"/t/{slug or '-'}/{topic}" + (f"/{number}" if number else "")
