"""Pages about the site itself."""

from django.test import Client

from forum.permissions.roles import ROLES, TABLE


def test_the_page_of_rights_is_the_table_of_rights(db: None) -> None:
    page = Client().get("/rights/").content.decode()
    for ability in TABLE:
        row = page.split(str(ability.label).replace("'", "&#x27;"))[1].split("</tr>")[0]
        said = [">yes<" in cell for cell in row.split("<td>")[1:]]
        assert said == [role in ability.roles for role in ROLES]


def test_health_is_plain_text(db: None) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok\n", "text/plain")


def test_robots_are_kept_from_verbs_and_private_pages(db: None) -> None:
    page = Client().get("/robots.txt").content.decode()
    assert page.startswith("User-agent: *\n")
    for path in ("/me/", "/accounts/", "/c/*/hall/"):
        assert f"Disallow: {path}\n" in page
