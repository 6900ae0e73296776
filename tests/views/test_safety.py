"""What every page owes its reader: no script of strangers, no frame, no trace."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings as site
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.actions.posts import edit_post
from tests.permissions.places import Places
from tests.permissions.table import Browser, path_of, read_table
from tests.world import World

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SCRIPTED = re.compile(r"\s*(javascript|vbscript|data):", re.I)


DATA_BLOCK = "application/ld+json"  # which browsers do not run


class Runnable(HTMLParser):
    """Collects whatever on a page could run or restyle it, except files of our own."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        is_data = values.get("type") == "application/ld+json"  # which browsers never run
        ours = is_data or values.get("src", "").startswith(site.STATIC_URL)
        if tag in {"style", "iframe", "object", "embed", "base"} or (
            tag == "script" and not ours and values.get("type") != DATA_BLOCK
        ):
            self.found.append(f"<{tag}>")
        for name, value in values.items():
            foreign = name.startswith(("hx-", "data-hx-")) and value.startswith(("//", "http"))
            if (
                foreign
                or name == "style"
                or name.startswith(("on", "hx-on", "data-hx-on", "hx-vals", "data-hx-vals", "srcdoc"))
                or SCRIPTED.match(value)
            ):
                self.found.append(f"<{tag} {name}={value[:40]}>")


def is_html(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def test_every_page_is_strict(world: World) -> None:
    places, mei = Places(world), Browser(world.mei)
    rows = [row.address for row in read_table()["as it is at first"] if row.verb == "GET"]
    pages = {address: mei.ask("GET", path_of(address, places)) for address in rows}
    for address, answer in pages.items():
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, address
        assert "camera=()" in answer.headers["Permissions-Policy"], address
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy or policy == "default-src 'none'; sandbox", address
        assert "unsafe" not in policy, address
        if is_html(answer) and answer.status_code == 200:
            assert Runnable(answer.content.decode()).found == [], address
            assert "private" in answer.headers["Cache-Control"], address
            assert "HX-Request" in answer.headers["Vary"], address
    assert sum(is_html(answer) and answer.status_code == 200 for answer in pages.values()) > 40


@pytest.mark.django_db
def test_pages_that_tell_of_errors_are_as_strict(client: Client) -> None:
    for answer in (client.get("/nowhere/"), client.post("/nowhere/", {"body": "<script>\n"}), client.get("/me/x/y/")):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
        assert Runnable(answer.content.decode()).found == []


def test_cookies_are_kept_from_scripts_and_other_sites(world: World, client: Client) -> None:
    client.post("/accounts/login/", {"login": "cai", "password": "correct-horse-battery"})
    client.post("/accounts/preferences/", {"size": "large", "theme": "dark", "language": "en"})
    cookies = dict(client.cookies.items())
    assert {"sessionid", "csrftoken", "size", "theme", site.LANGUAGE_COOKIE_NAME} <= cookies.keys()
    for name, cookie in cookies.items():
        if cookie.value:
            assert cookie["httponly"], name
            assert cookie["samesite"] == "Lax", name


# What people who want to do harm write, broken into pieces that fit together in any order; ~ stands for a space.
PIECES = st.sampled_from(
    """<script> </script> <img~src=x~onerror=alert(1)> [a]( javascript:alert(1) ) ![x]( data:text/html,<script>
    <a~href="javascript:alert(1)"> <svg/onload=alert(1)> <style>*{} </style> <iframe~src=//evil.example> " ' > <
    <https://evil.example/"onmouseover="alert(1)> jAvAsCrIpT: &#106;avascript: &lt;script&gt; ` ``` | - 1. # \\
    [^1] [^1]: **b** _i_ $x$ <!-- --> <![CDATA[ ]]> <?php <details~ontoggle=alert(1)~open> <base~href=//e> <object>
    <math><mtext></form><form><mglyph><style></math><img~src~onerror=alert(1)> \u202e 「 橋 」 {{ }} {% %}
    {{constructor.constructor('alert(1)')()}} <p~data-hx-on:click=alert(1)~data-hx-get=//e.x> <x~style=a>""".split()
)
HOSTILE = st.lists(st.one_of(PIECES, st.sampled_from([" ", "\n", "\n\n", "    ", ">"])), min_size=1, max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=HOSTILE)
def test_nothing_that_anybody_writes_can_run(world: World, pieces: list[str]) -> None:
    body = "x" + "".join(pieces).replace("~", " ")
    with transaction.atomic():
        edit_post(world.opener, by=world.cai, title=body[:200], body=body, source=body[:500], base=1)
        for path in (f"/t/{world.thread.pk}/", f"/p/{world.opener.pk}/history/", f"/p/{world.opener.pk}/print/"):
            assert Runnable(Client().get(path).content.decode()).found == []
        transaction.set_rollback(True)


def test_names_and_titles_cannot_run_either(world: World) -> None:
    harm = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    type(world.cai).objects.filter(pk=world.cai.pk).update(display_name=harm, about=harm)
    type(world.stoneferry).objects.filter(pk=world.stoneferry.pk).update(name=harm[:60], description=harm)
    type(world.general).objects.filter(pk=world.general.pk).update(name=harm[:60], description=harm)
    type(world.thread).objects.filter(pk=world.thread.pk).update(title=harm, excerpt=harm)
    places, mei = Places(world), Browser(world.mei)
    for row in read_table()["as it is at first"]:
        if row.verb == "GET":
            answer = mei.ask("GET", path_of(row.address, places))
            if is_html(answer):
                assert Runnable(answer.content.decode()).found == [], row.address
