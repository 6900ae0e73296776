"""Pages about the site itself."""

from django.test import Client

from forum.permissions.roles import DEPUTY, ROLES, TABLE


def test_the_page_of_rights_is_the_table_of_rights(db: None) -> None:
    page = Client().get("/rights/").content.decode()
    for ability in TABLE:
        row = page.split(str(ability.label).replace("'", "&#x27;"))[1].split("</tr>")[0]
        cells = row.split("<td>")[1:]
        ticked = [ability.granted and role == DEPUTY for role in ROLES]
        assert [">when the mayor ticks it<" in cell for cell in cells] == ticked
        assert [">yes<" in cell for cell in cells] == [
            role in ability.roles and not by_tick for role, by_tick in zip(ROLES, ticked, strict=True)
        ]


def test_health_is_plain_text(db: None) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok\n", "text/plain")


def test_robots_are_kept_from_verbs_and_private_pages(db: None) -> None:
    page = Client().get("/robots.txt").content.decode()
    assert page.startswith("User-agent: *\n")
    for path in ("/me/", "/accounts/", "/search/", "/c/*/search/", "/c/*/hall/"):
        assert f"Disallow: {path}\n" in page
