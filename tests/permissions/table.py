"""Reads the table of answers, and asks the site for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.generic import RedirectView

from accounts.models import User
from tests.permissions.places import Places
from tests.world import ROLES

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# What the table calls an answer.
YES, SIGN_IN, NO, NOTHING = "yes", "in", "no", "--"

# Addresses that speak of somebody in their question mark.
QUERIES = {
    "report_person": "?city=stoneferry",
    "hall_deputy_dismiss": "?person=dan",
    "hall_sanction_new": "?person=coco",
    "site_sanction_new": "?person=coco",
    "search": "?q=bridge",
    "city_search": "?q=bridge",
    "feeds_search": "?q=bridge",
    "threads_similar": "?title=A+bridge+of+planks",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an address, a verb, and the answer to each role."""

    verb: str
    address: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.verb:<5}{self.address:<37}" + "".join(f"{answer:<9}" for answer in self.answers).rstrip()


def read_table() -> dict[str, list[Row]]:
    """Return the rows of the table by state."""
    states: dict[str, list[Row]] = {}
    for line in (Path(__file__).parent / "table.txt").read_text().splitlines():
        if line.startswith("== "):
            rows = states.setdefault(line.strip("= "), [])
        elif line.startswith(("GET ", "POST ")):
            verb, address, *answers = line.split()
            assert len(answers) == len(ROLES), line
            rows.append(Row(verb, address, tuple(answers)))
    return states


def addresses() -> dict[str, URLPattern]:
    """Return every address of the site by name, but the former ones of the account library, which only lead on."""
    found = _patterns(get_resolver())
    return {one.name or str(one.pattern): one for one in found if one.name or not _leads_on(one)}


def _leads_on(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "view_class", None) is RedirectView


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":  # which test_administration.py tries
                yield from _patterns(pattern)
        else:
            yield pattern


class Browser(RequestFactory):
    """A browser in which somebody may be signed in; it shows its token, and nothing it does lasts.

    It is Django's test client without what makes that slow: it does not remember what the templates were given.
    """

    def __init__(self, user: User | None) -> None:
        super().__init__()
        self.site = ClientHandler(enforce_csrf_checks=True)
        client = Client()
        if user:
            client.force_login(user)
        # A visitor's page holds a token only where they give something of their own.
        found = TOKEN.search(client.get("/accounts/nowhere/" if user else "/accounts/login/").content.decode())
        assert found
        self.token, self.cookies = found.group(1), client.cookies

    def request(self, **request: Any) -> Any:
        """Send the request to the site."""
        return self.site(self._base_environ(**request))

    def ask(self, verb: str, path: str, fields: dict[str, Any] | None = None) -> Any:
        """Return the answer, and undo what it changed."""
        with transaction.atomic():
            if verb == "GET":
                answer = self.get(path)
            else:
                answer = self.post(path, {"csrfmiddlewaretoken": self.token, **(fields or {})})
            transaction.set_rollback(True)
        return answer


def path_of(address: str, places: Places) -> str:
    """Return the path of an address in the world."""
    # What all parts of the address ask for, those of an included map too.
    _text, converters = get_resolver().reverse_dict.getlist(address)[0][0][0]
    known = places.arguments(address)
    path = reverse(address, kwargs={name: known[name] for name in converters if name in known})
    return path + QUERIES.get(address, "")


def word_for(answer: Any, verb: str) -> str:
    """Return what the table calls this answer; what it has no word for, as it is."""
    status = answer.status_code
    if answer.headers.get("Location", "").startswith("/accounts/login/?"):
        return SIGN_IN
    done = {200, 301, 302} if verb == "GET" else {301, 302}
    if status in done or "Content-Disposition" in answer.headers:
        return YES
    if status == 403:
        return "token" if "This form has expired" in answer.content.decode() else NO
    return {404: NOTHING}.get(status, str(status))
